"""Word documents become pages of lines: one paragraph a line, tables row by row, numbers where the style gives them.

A Word file has no pages of its own; a page break begins a new one. What it unpacks to is checked before it is read.
"""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from tracker.extraction.paper import Line, Page, Unreadable

MOST_UNPACKED = 200 * 1024**2  # bytes of all members together
MOST_MEMBERS = 5000
MOST_RATIO = 200  # unpacked to packed; text packs ten times, bombs a thousand times
SMALL = 1024**2  # bytes; below this a high ratio harms nobody
CHUNK = 1024**2
INDENT = 76200  # English metric units counted as one character of indent
DAMAGED = "This Word document is damaged and cannot be opened. Save it again and try once more."
BOMB = "This Word document unpacks to far more than a report needs, as a harmful file would; it was not opened."
LOCKED = "This Word document is locked with a password. Save a copy without one and try again."
BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, LxmlError, zipfile.BadZipFile, zlib.error)


def docx_pages(data: bytes) -> list[Page]:
    """The pages of a Word document. Raises Unreadable with a sentence where it is damaged or no document."""
    check_archive(data)
    try:
        lines = list(_lines(Document(io.BytesIO(data))))
    except (*BROKEN, OSError, NotImplementedError, EOFError, RuntimeError):
        raise Unreadable(DAMAGED) from None
    if not lines:
        raise Unreadable("This Word document has no words in it.")
    last = max(line.page for line in lines)
    return [Page(number, tuple(line for line in lines if line.page == number)) for number in range(1, last + 1)]


def check_archive(data: bytes) -> None:
    """Refuse an archive that says, or turns out, to unpack to more than a report needs. Nothing is kept of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable(LOCKED)
            declared = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS or _too_much(declared, len(data)):
                raise Unreadable(BOMB)
            unpacked = sum(_counted(archive, member, len(data)) for member in members)
            if _too_much(unpacked, len(data)):
                raise Unreadable(BOMB)
    except (*BROKEN, NotImplementedError, EOFError, OSError, RuntimeError):
        raise Unreadable(DAMAGED) from None


def _counted(archive: zipfile.ZipFile, member: zipfile.ZipInfo, packed: int) -> int:
    """The true size of a member, as far as it matters: what the archive declares may be a lie."""
    size = 0
    with archive.open(member) as stream:
        while part := stream.read(CHUNK):
            size += len(part)
            if _too_much(size, packed):
                raise Unreadable(BOMB)
    return size


def _too_much(unpacked: int, packed: int) -> bool:
    return unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > packed * MOST_RATIO)


def _lines(document: WordDocument) -> Iterator[Line]:
    page, number = 1, 0
    counters: Counter[tuple[str, int]] = Counter()
    for kind, paragraph in _paragraphs(document):
        page += _breaks(paragraph)
        for place, words in enumerate(paragraph.text.splitlines()):
            number += 1
            if words.strip():
                yield _line(paragraph, kind, page, number, words, "" if place else _mark(paragraph, counters))


def _paragraphs(document: WordDocument) -> Iterator[tuple[str, Paragraph]]:
    """Every paragraph in order, and "row" for the first of a table's row, "cell" for the others of it."""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _of_table(block)
        else:
            yield "", block


def _of_table(table: Table) -> Iterator[tuple[str, Paragraph]]:
    for row in table.rows:
        seen: list[BaseOxmlElement] = []
        for cell in row.cells:
            if cell._tc in seen:  # a cell that spans columns is given once for each of them
                continue
            seen.append(cell._tc)
            yield from _of_cell(cell, first=len(seen) == 1)


def _of_cell(cell: _Cell, *, first: bool) -> Iterator[tuple[str, Paragraph]]:
    for place, paragraph in enumerate(cell.paragraphs):
        yield "row" if first and not place else "cell", paragraph


def _line(paragraph: Paragraph, kind: str, page: int, number: int, words: str, mark: str) -> Line:
    runs = [run for run in paragraph.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold or (run.bold is None and _style_is_bold(paragraph)) for run in runs)
    name = _style(paragraph)
    heading = name.startswith(("heading", "title"))
    indent = paragraph.paragraph_format.left_indent
    return Line(
        page,
        number,
        f"{mark}{words}",
        gap=True,
        ruled=kind == "row",
        indent=(indent or 0) / INDENT + _level(paragraph) * 3,
        bold=bold,
        tag="H" if heading and not mark else "",
    )


def _style(paragraph: Paragraph) -> str:
    style = paragraph.style
    return str(style.name or "").lower() if style is not None else ""


def _style_is_bold(paragraph: Paragraph) -> bool:
    style = paragraph.style
    return bool(style is not None and style.font.bold)


def _breaks(paragraph: Paragraph) -> int:
    kinds = [found.get(qn("w:type")) for found in paragraph._p.iter(qn("w:br"))]
    return kinds.count("page") + bool(paragraph.paragraph_format.page_break_before)


def _mark(paragraph: Paragraph, counters: Counter[tuple[str, int]]) -> str:
    """The bullet or the number that Word prints before a paragraph and does not keep in its words.

    It comes from the paragraph or, as in "List Number", from its style; the library gives neither.
    """
    name, level = _style(paragraph), _level(paragraph)
    listed = _numbering(paragraph)
    if name.startswith("list bullet") or (listed and _is_bullet(paragraph, listed, level)):
        return "• "
    if not listed and not name.startswith("list number"):
        return ""
    counters[(listed or name, level)] += 1
    return f"{counters[(listed or name, level)]}. "


def _numbering(paragraph: Paragraph) -> str:
    """The id of the list a paragraph is in, by itself or by its style; "" where it is in none."""
    style = paragraph.style
    own = paragraph._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")
    by_style = style.element.xpath("./w:pPr/w:numPr/w:numId/@w:val") if style is not None else []
    number = str(next(iter([*own, *by_style]), ""))
    return number if number.isdigit() and number != "0" else ""


def _level(paragraph: Paragraph) -> int:
    own = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
    if own:
        return int(own[0]) if str(own[0]).isdigit() else 0
    name = _style(paragraph)  # "List Bullet 2" is one level in
    return max(0, int(name[-1]) - 1) if name.startswith("list") and name[-1:].isdigit() else 0


def _is_bullet(paragraph: Paragraph, listed: str, level: int) -> bool:
    parts = [relation.target_part for relation in paragraph.part.rels.values() if relation.reltype == RT.NUMBERING]
    numbering = getattr(parts[0], "element", None) if parts else None
    if numbering is None:
        return True
    chosen = numbering.xpath(f"./w:num[@w:numId='{int(listed)}']/w:abstractNumId/@w:val")
    path = "./w:abstractNum[@w:abstractNumId='{}']/w:lvl[@w:ilvl='{}']/w:numFmt/@w:val"
    formats = numbering.xpath(path.format(int(chosen[0]), level)) if chosen else []
    return not formats or formats[0] == "bullet"
