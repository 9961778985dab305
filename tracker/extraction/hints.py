"""Where the day a report was published may be found, when it is not printed: the file's name, and its own record."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import islice

from pypdfium2 import PdfDocument, PdfiumError  # type: ignore[import-untyped]

from tracker.extraction.formats import PDF, WEB_PAGE, WORD, decode, kind_of
from tracker.extraction.shapes import ExtractedReport, Hint
from tracker.extraction.stamps import day_of_stamp, days_in

MOST = 10  # hints; a file with more days in its head says nothing by them
LONGEST_NAME = 100  # characters of a name that are repeated
LONGEST_HEAD = 100_000  # characters of a web page in which its own record may stand
LONGEST_CORE = 1024**2  # bytes of a Word document's own record
STAMPS = (("CreationDate", "created", "made"), ("ModDate", "modified", "last changed"))  # PDF's word, Word's, ours
CORE = "docProps/core.xml"
META = re.compile(r"<meta\b[^<>]{1,1000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
NAMES = ("name", "property", "itemprop", "http-equiv")
OF_A_DAY = re.compile(r"date|publi|issued|modified|updated|created", re.IGNORECASE)


def with_hints(report: ExtractedReport, data: bytes, name: str) -> ExtractedReport:
    """The report with the days that may be its publication date, where none was read; one that prints its date needs
    no guesses.

    They are hints for a person and never the date itself. Each day is given once, from the file's name before the
    file's own record. A day before the inspection's end is listed and marked: it cannot be the publication date,
    unless the inspection's dates were misread, and a person who looks for it sees why it is not offered.
    """
    if report.publication_date:
        return report
    found: dict[date, str] = {}
    for day, source in islice(_found(data, name), MOST):
        found.setdefault(day, source)
    end = report.inspection_end
    hints = tuple(Hint(day, source, bool(end and day < end)) for day, source in found.items())
    return replace(report, hints=hints)


def _found(data: bytes, name: str) -> Iterator[tuple[date, str]]:
    yield from _in_name(re.split(r"[\\/]", name)[-1])
    kind = kind_of(data)
    if kind == PDF:
        yield from _days(_pdf_stamps(data))
    elif kind == WORD:
        yield from _days(_word_stamps(data))
    elif kind == WEB_PAGE:
        yield from _days(_web_stamps(decode(data) or ""))


def _in_name(name: str) -> Iterator[tuple[date, str]]:
    short = name if len(name) <= LONGEST_NAME else f"…{name[-LONGEST_NAME:]}"
    for day in days_in(name):
        yield day, f"the file’s name (“{short}”)"


def _days(stamps: Iterable[tuple[str, str]]) -> Iterator[tuple[date, str]]:
    for stamp, source in stamps:
        if day := day_of_stamp(stamp):
            yield day, source


def _pdf_stamps(data: bytes) -> Iterator[tuple[str, str]]:
    with suppress(PdfiumError, UnicodeDecodeError):
        document = PdfDocument(data)
        try:
            for key, _, when in STAMPS:
                yield document.get_metadata_value(key), f"the PDF’s own record of when it was {when}"
        finally:
            document.close()


def _word_stamps(data: bytes) -> Iterator[tuple[str, str]]:
    with suppress(
        KeyError, ValueError, OSError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error
    ):
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(CORE) as member:
            core = member.read(LONGEST_CORE).decode("utf-8", "replace")
        for _, key, when in STAMPS:
            match = re.search(rf"<(?:\w+:)?{key}\b[^<>]*>([^<]{{1,100}})<", core)
            if match:
                yield match[1], f"the Word document’s own record of when it was {when}"


def _web_stamps(text: str) -> Iterator[tuple[str, str]]:
    for tag in META.findall(text[:LONGEST_HEAD]):
        given = {found[0].lower(): html.unescape("".join(found[1:])) for found in ATTRIBUTE.findall(tag)}
        name = next((given[key] for key in NAMES if key in given), "")
        if OF_A_DAY.search(name) and "content" in given:
            yield given["content"], f"the web page’s own record (“{name[:LONGEST_NAME]}”)"
