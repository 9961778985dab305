"""One page of a file for a person to read beside the findings, in this process."""

from collections.abc import Callable, Sequence

from tracker.extraction.formats import PDF, kind_of
from tracker.extraction.joining import broken_end, vocabulary
from tracker.extraction.lines import mark_lines, shown
from tracker.extraction.pages import check_size, read_pages
from tracker.extraction.paper import Line, Page, Unreadable, check_page
from tracker.extraction.pdf_pages import every_page, placed_page
from tracker.extraction.views import PageView, ShownLine


def show_here(data: bytes, *, number: int, size: int) -> PageView:
    """Page `number` (from 1) of a file of at most `size` bytes.

    Never raises for what the bytes hold: where there is nothing to show, the view has `error`, a sentence. A scanned
    page of a PDF has no lines and no error: it can be drawn.
    """
    try:
        check_size(data, size)
        return _pdf_view(data, number) if kind_of(data) == PDF else _plain_view(data, number, size)
    except Unreadable as refusal:
        return PageView(number, error=str(refusal))


def _pdf_view(data: bytes, number: int) -> PageView:
    placed = placed_page(data, number)
    lines = placed.page.lines
    known = _known(lines, lambda: every_page(data))
    return PageView(number, placed.pages, *placed.page.paper, _shown(lines), known)


def _plain_view(data: bytes, number: int, size: int) -> PageView:
    pages = read_pages(data, size=size)
    check_page(number, len(pages))
    lines = pages[number - 1].lines
    return PageView(number, len(pages), lines=_shown(lines), known=_known(lines, lambda: pages))


def _shown(lines: tuple[Line, ...]) -> tuple[ShownLine, ...]:
    made = (ShownLine(line.number, shown(line.raw), line.box) for line in lines)
    return tuple(line for line in made if line.text)


def _known(lines: tuple[Line, ...], whole: Callable[[], Sequence[Page]]) -> tuple[str, ...]:
    """The file's words that begin as one of the lines breaks off. The rest of the file is read only if one does."""
    ends = tuple({end.lower() for line in lines if (end := broken_end(shown(line.raw)))})
    if not ends:
        return ()
    words = vocabulary(mark_lines(whole()))
    return tuple(sorted(word for word in words if word.startswith(ends)))
