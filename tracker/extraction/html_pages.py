"""Web pages become one page of lines: an element that stands on its own is a line; navigation is left out."""

from collections.abc import Iterator

from lxml import html  # type: ignore[import-untyped]
from lxml.etree import LxmlError, iterwalk  # type: ignore[import-untyped]

from tracker.extraction.paper import Line, Page, Unreadable

BLOCKS = {"p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "blockquote", "pre", "address", "div", "section"}
BLOCKS |= {"article", "main", "body", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "header", "center"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
UNSEEN = {
    "script",
    "style",
    "head",
    "nav",
    "noscript",
    "template",
    "svg",
    "form",
    "button",
    "footer",
    "iframe",
    "select",
}
BOLD = {"b", "strong"}


def html_pages(text: str) -> list[Page]:
    """The words of a decoded web page as one page. Raises Unreadable where there is nothing to read."""
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
        lines = tuple(_Walk().lines(root))
    except (LxmlError, ValueError, AssertionError, RecursionError):
        raise Unreadable("This is a web page (HTML) that cannot be read.") from None
    if not lines:
        raise Unreadable("This is a web page (HTML) with no words in it.")
    return [Page(1, lines)]


class _Walk:
    """The way through a page's elements, and the words gathered since the last line."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.bold = True
        self.mark = ""
        self.tag = ""
        self.lists: list[int | None] = []  # for each list we are in: the last number, or None for bullets
        self.strong = 0
        self.number = 0
        self.fresh_row = False

    def lines(self, root: html.HtmlElement) -> Iterator[Line]:
        """Every line of the page in order."""
        unseen = 0
        for event, element in iterwalk(root, events=("start", "end", "comment", "pi")):
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                unseen += name in UNSEEN
                if not unseen:
                    yield from self._enter(name, element.text)
                continue
            if event == "end":
                if not unseen:
                    yield from self._leave(name)
                unseen -= name in UNSEEN
            if not unseen:
                self._add(element.tail)

    def _enter(self, name: str, text: str | None) -> Iterator[Line]:
        if name in BLOCKS or name == "br":
            yield from self._flush()
        if name in ("ul", "ol"):
            self.lists.append(0 if name == "ol" else None)
        if name == "li":
            self.mark = self._next_mark()
        if name in HEADINGS:
            self.tag = "H"
        self.fresh_row = self.fresh_row or name == "tr"
        self.strong += name in BOLD
        self._add(text)

    def _leave(self, name: str) -> Iterator[Line]:
        if name in BLOCKS:
            yield from self._flush()
        if name in ("ul", "ol") and self.lists:
            self.lists.pop()
        self.strong -= name in BOLD

    def _next_mark(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "• "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def _add(self, text: str | None) -> None:
        if text:
            self.words.append(text)
            self.bold = self.bold and (self.strong > 0 or not text.strip())

    def _flush(self) -> Iterator[Line]:
        words = " ".join("".join(self.words).split())
        if words:
            self.number += 1
            indent = 3.0 * max(0, len(self.lists) - 1)
            bold = self.bold and not self.mark
            raw = f"{self.mark}{words}"
            yield Line(1, self.number, raw, gap=True, ruled=self.fresh_row, indent=indent, bold=bold, tag=self.tag)
            self.mark, self.fresh_row, self.tag = "", False, ""
        self.words, self.bold = [], True
