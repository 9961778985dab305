"""A PDF file opened and closed again, with a sentence for each way in which that fails."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import PdfDocument, PdfiumError

from tracker.extraction.paper import Unreadable

MOST_PAGES = 1000
TAIL = 4096  # bytes at the end of a file in which a whole PDF says that it is complete
FILL = b"\0\r\n\t "
CUT_SHORT = "This PDF is cut short: its end is missing. Fetch the file again."


@contextmanager
def opened(data: bytes) -> Iterator[PdfDocument]:
    """The document, to be used within a `with`. Raises Unreadable with a sentence where it is locked, cut short,
    damaged or too long, and where one of its pages turns out to be damaged while it is used."""
    document = _document(data)
    try:
        if _is_cut_short(data):
            raise Unreadable(CUT_SHORT)  # what is left may well open, and then pages would be missing in silence
        if len(document) > MOST_PAGES:
            raise Unreadable(f"This PDF has {len(document):,} pages, and at most {MOST_PAGES:,} can be read.")
        yield document
    except PdfiumError:
        raise Unreadable("This PDF is damaged: a page of it cannot be opened.") from None
    finally:
        document.close()


def _document(data: bytes) -> PdfDocument:
    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Unreadable("This PDF is locked with a password. Save a copy without one and try again.") from None
        if _is_cut_short(data):
            raise Unreadable(CUT_SHORT) from None
        raise Unreadable("This PDF is damaged and cannot be opened. Fetch the file again.") from None


def _is_cut_short(data: bytes) -> bool:
    return b"%%EOF" not in data.rstrip(FILL)[-TAIL:]
