"""PDF files become pages of lines. Every page gives its words; looks and places are taken only where a list may stand,
because asking for them costs more than the words themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

from tracker.extraction.glyphs import Glyphs
from tracker.extraction.paper import Line, Page, Unreadable, check_page
from tracker.extraction.pdf_file import opened
from tracker.extraction.strokes import drawn_rules
from tracker.extraction.tags import tagged_parts

FEWEST_LETTERS = 12  # a page, on average; fewer, and the pages are pictures
BROKEN_WORD = "\ufffe"  # what PDFium gives for a hyphen at a line's end, joining the two lines
ENDINGS = re.compile(r"\r\n|\r|\n")
AFTER = 3  # pages looked at closely after one on which a heading may stand: lists of a report run over four at most
IN_LETTERS = 12  # the same in a letter, whose findings themselves are the list
LETTER = re.compile(r"^Dear\s", re.MULTILINE)
CLOSES = re.compile(
    r"^(?:Yours sincerely|Yours faithfully|Next steps|Summary for children|Information about (?:this|the) |"
    r"(?:Inspection )?[Jj]udge?ments? about|(?:The )?[Ee]xperiences? and progress of)(?!.* \d{1,3}\s*$)",
    re.MULTILINE,
)
WIDE = 1.22  # times the usual distance of two lines, and a paragraph begins
SAME_ROW = 0.5  # of a line's height: closer than this, two pieces stand on one printed line
TOUCHING = 14.0  # points between two pieces of one printed line; cells of a table stand further apart

# Words that may be the heading of a list, or of its table, wherever they begin a line.
LISTED = re.compile(
    r"^[^\w\n(]{0,4}(?:\d{1,3}\.?\s+)?(?:(?:Key areas?|Main areas?|Areas?) (?:for|of|which)|What needs to|What .{0,60} needs? (?:to|improv)|Recommendations?\W*$"
    r"|Priority (?:and|actions?)|Responsible body|(?:Key |Main |Summary of )?[Rr]ecommendations?(?: for .{0,60})?\W*$"
    r"|Immediately|Within (?:the next )?\w+ (?:weeks?|months?)|Required actions?|Actions? (?:required|needed)"
    r"|AREAS? FOR|RECOMMENDATIONS?\W*$)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class PlacedPage:
    """One page whose lines all have boxes, and how many pages the file has."""

    page: Page
    pages: int


def pdf_pages(data: bytes) -> list[Page]:
    """The pages of a PDF. Raises Unreadable with a sentence where it is locked, cut short, damaged, too long or has
    no words in it."""
    pages = every_page(data)
    letters = sum(len(line.raw) for page in pages for line in page.lines)
    if letters < FEWEST_LETTERS * max(1, len(pages)):
        raise Unreadable(
            "This PDF has no words in it, only pictures of pages: it seems to be a scan. Ask for the original file."
        )
    return pages


def every_page(data: bytes) -> list[Page]:
    """The same, whether or not there are words on the pages."""
    with opened(data) as document:
        return list(_pages(document, len(document)))


def placed_page(data: bytes, number: int) -> PlacedPage:
    """Page `number` (from 1) with its lines numbered as pdf_pages numbers them; a scanned page has none. Raises
    Unreadable as pdf_pages does, and where there is no such page."""
    with opened(data) as document:
        check_page(number, len(document))
        for page in _pages(document, number, placed=True):
            last = page  # those before are only counted
        return PlacedPage(last, len(document))


def _pages(document: PdfDocument, until: int, *, placed: bool = False) -> Iterator[Page]:
    """The first `until` pages. `placed` asks for boxes on the last of them, whether or not a list may stand there."""
    number, closely, after = 0, 1, AFTER
    for place in range(until):
        page = document[place]
        words = page.get_textpage()
        text = words.get_text_range()
        after = IN_LETTERS if place < 2 and LETTER.search(text) else after
        listed = LISTED.search(text) is not None
        closely = after + 1 if listed else closely
        glyphs = Glyphs(words, page) if closely > 0 or (placed and place + 1 == until) else None
        if glyphs and closely > 0:
            cover = not place and not listed  # its title is looked at; no list stands there
            lines = _near_lines(page, glyphs, text, place + 1, number, cover=cover)
        else:
            lines = _far_lines(text, place + 1, number, glyphs)
        yield Page(place + 1, tuple(lines), near=closely > 0, paper=glyphs.paper if glyphs else (0, 0))
        number += len(lines)
        closely = 0 if closely > 0 and _last_of(text) else closely - 1
        words.close()
        page.close()


def _last_of(text: str) -> bool:
    """Whether a page's words end every list that may have begun on it or before."""
    closing = max((match.start() for match in CLOSES.finditer(text)), default=-1)
    return closing > max((match.start() for match in LISTED.finditer(text)), default=-1)


def _printed(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the place of its first letter, blank ones left out; a broken word's hyphen ends its line."""
    start = 0
    for ending in [*ENDINGS.finditer(text), None]:
        stop = ending.start() if ending else len(text)
        begin = start
        for part in text[start:stop].split(BROKEN_WORD):
            if part.strip():
                yield begin, part if begin + len(part) >= stop else part + "-"
            begin += len(part) + 1
        start = ending.end() if ending else stop


def _far_lines(text: str, page: int, before: int, glyphs: Glyphs | None) -> list[Line]:
    printed = [(start, raw, " ".join(raw.split())) for start, raw in _printed(text)]
    return [
        Line(page, before + place, raw, words, box=glyphs.box(page, start, raw) if glyphs else None)
        for place, (start, raw, words) in enumerate(printed, 1)
    ]


def _near_lines(page: PdfPage, glyphs: Glyphs, text: str, number: int, before: int, *, cover: bool) -> list[Line]:
    parts = {} if cover else tagged_parts(page)
    lines = [glyphs.line(number, start, raw, parts) for start, raw in _cells(glyphs, text)]
    joined = _joined(lines)
    rules = [] if cover else drawn_rules(page)
    leading = _leading(joined)
    spaced = [_spaced(line, above, leading, rules) for above, line in pairwise([None, *joined]) if line]
    return [line._replace(number=before + place) for place, line in enumerate(spaced, 1)]


def _cells(glyphs: Glyphs, text: str) -> Iterator[tuple[int, str]]:
    """The printed lines, those of a page with a table of two columns divided where a wide space stands."""
    for start, raw in _printed(text):
        yield from glyphs.divided(start, raw) if "Responsible body" in text else [(start, raw)]


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one printed line made one: a bullet and its words, a word and what a change of type tore off."""
    made: list[Line] = []
    for line in lines:
        if made and _on_one_row(made[-1], line):
            made[-1] = _glued(made[-1], line)
        else:
            made.append(line)
    return made


def _on_one_row(left: Line, right: Line) -> bool:
    if not left.box or not right.box:
        return False
    _, _, top, end, bottom = left.box
    height = max(1, min(bottom - top, right.box[4] - right.box[2]))
    shared = min(bottom, right.box[4]) - max(top, right.box[2])
    distance = (right.box[1] - end) / 10
    alone = len(left.raw.strip()) == 1
    return shared >= height * SAME_ROW and -2 <= distance <= (TOUCHING * 2 if alone else TOUCHING)


def _glued(left: Line, right: Line) -> Line:
    if left.box is None or right.box is None:
        return left
    far = right.box[1] - left.box[3] > 15 and not left.raw.endswith(" ")
    page, start, top, _, bottom = left.box
    box = (page, start, min(top, right.box[2]), right.box[3], max(bottom, right.box[4]))
    main = right if len(right.raw) > len(left.raw) else left
    raw = f"{left.raw}{' ' if far else ''}{right.raw}"
    return main._replace(raw=raw, indent=left.indent, box=box, part=left.part or right.part, tag=left.tag or right.tag)


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next, in tenths of a point; 0 where there are none. Most lines of a
    list of short items begin an item, so that the lower quarter is asked and not the middle."""
    below = sorted(b.box[4] - a.box[4] for a, b in pairwise(lines) if a.box and b.box and b.box[4] > a.box[4] + 80)
    return float(below[len(below) // 4]) if below else 0.0


def _spaced(line: Line, above: Line | None, leading: float, rules: Sequence[tuple[int, int, int]]) -> Line:
    """The line with what stands between it and the one above: a wide space, or a drawn rule."""
    if not line.box or not above or not above.box:
        return line._replace(gap=True)
    down = line.box[4] - above.box[4]
    gap = down < 0 or down > max(leading * WIDE, line.size * 13)
    middle = (line.box[1] + line.box[3]) // 2
    above_middle = (above.box[2] + above.box[4]) // 2
    below_middle = (line.box[2] + line.box[4]) // 2
    ruled = any(left <= middle <= right and above_middle < at <= below_middle for left, right, at in rules)
    return line._replace(gap=gap, ruled=ruled)
