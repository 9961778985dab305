"""Bytes become pages of lines. Every format joins here; nothing above this file knows them."""

import re

from tracker.extraction.docx_pages import docx_pages
from tracker.extraction.formats import PDF, WEB_PAGE, WORD, decode, kind_of
from tracker.extraction.html_pages import html_pages
from tracker.extraction.paper import Line, Page, Unreadable
from tracker.extraction.pdf_pages import pdf_pages

NEWLINE = re.compile(r"\r\n|\r|\n")
TAB = 4  # columns a tab counts for, when lines are compared by their indent
INVISIBLE = "\ufeff\u200b\u2060"


def read_pages(data: bytes, *, size: int) -> list[Page]:
    """The pages of a file of at most `size` bytes, told by its content. Raises Unreadable with a sentence."""
    check_size(data, size)
    kind = kind_of(data)
    if kind == PDF:
        return pdf_pages(data)
    if kind == WORD:
        return docx_pages(data)
    if kind and kind != WEB_PAGE:
        raise Unreadable(f"This is {kind}; files of this kind cannot be read. Save it as a PDF, Word or text file.")
    text = decode(data)
    if text is None:
        raise Unreadable("This is not a text: its bytes are no letters that can be read.")
    if not text.strip().strip(INVISIBLE):
        raise Unreadable("This file has no words in it, only blank space.")
    return html_pages(text) if kind == WEB_PAGE else text_pages(text)


def text_pages(text: str) -> list[Page]:
    """Pages of plain text: a form feed begins a new page; lines are counted through the whole file."""
    pages: list[list[Line]] = [[]]
    gap = True
    for number, printed in enumerate(NEWLINE.split(text), 1):
        for place, raw in enumerate(printed.split("\f")):
            if place:
                pages.append([])
                gap = True
            if not raw.strip():
                gap = gap or not place
                continue
            pages[-1].append(Line(len(pages), number, raw, gap=gap, indent=_indent(raw)))
            gap = False
    return [Page(number, tuple(lines)) for number, lines in enumerate(pages, 1)]


def check_size(data: bytes, size: int) -> None:
    """Raises Unreadable where a file is empty or has more bytes than `size`; looks at none of them."""
    if not data:
        raise Unreadable("This file is empty.")
    if len(data) > size:
        raise Unreadable(f"This file is too large: {_size(len(data))}, and at most {_size(size)} can be read.")


def _size(count: int) -> str:
    return f"{count / 1024**2:.1f} MB" if count >= 1024**2 else f"{count:,} bytes"


def _indent(raw: str) -> float:
    spread = raw.expandtabs(TAB)
    return float(len(spread) - len(spread.lstrip()))
