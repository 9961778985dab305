"""PDF files become pages of lines. Every page gives its words; looks and places are taken only where a list may stand,
because asking for them costs more than the words themselves."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from tracker.extraction.glyphs import Glyphs
from tracker.extraction.paper import Line, Page, Unreadable
from tracker.extraction.strokes import drawn_rules
from tracker.extraction.tags import tagged_parts

MOST_PAGES = 1000
FEWEST_LETTERS = 12  # a page, on average; fewer, and the pages are pictures
TAIL = 4096  # bytes at the end of a file in which a whole PDF says that it is complete
FILL = b"\0\r\n\t "
CUT_SHORT = "This PDF is cut short: its end is missing. Fetch the file again."
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


def pdf_pages(data: bytes) -> list[Page]:
    """The pages of a PDF. Raises Unreadable with a sentence where it is locked, cut short, damaged, too long or has
    no words in it."""
    document = _opened(data)
    try:
        if b"%%EOF" not in data.rstrip(FILL)[-TAIL:]:
            raise Unreadable(CUT_SHORT)  # what is left may well open, and then pages would be missing in silence
        count = len(document)
        if count > MOST_PAGES:
            raise Unreadable(f"This PDF has {count:,} pages, and at most {MOST_PAGES:,} can be read.")
        pages = list(_pages(document, count))
    except PdfiumError:
        raise Unreadable("This PDF is damaged: a page of it cannot be opened.") from None
    finally:
        document.close()
    letters = sum(len(line.raw) for page in pages for line in page.lines)
    if letters < FEWEST_LETTERS * max(1, count):
        raise Unreadable(
            "This PDF has no words in it, only pictures of pages: it seems to be a scan. Ask for the original file."
        )
    return pages


def _opened(data: bytes) -> PdfDocument:
    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Unreadable("This PDF is locked with a password. Save a copy without one and try again.") from None
        if b"%%EOF" not in data.rstrip(FILL)[-TAIL:]:
            raise Unreadable(CUT_SHORT) from None
        raise Unreadable("This PDF is damaged and cannot be opened. Fetch the file again.") from None


def _pages(document: PdfDocument, count: int) -> Iterator[Page]:
    number, closely, after = 0, 1, AFTER
    for place in range(count):
        page = document[place]
        words = page.get_textpage()
        text = words.get_text_range()
        after = IN_LETTERS if place < 2 and LETTER.search(text) else after
        listed = LISTED.search(text) is not None
        closely = after + 1 if listed else closely
        if closely > 0:
            cover = not place and not listed  # its title is looked at; no list stands there
            lines = _near_lines(page, Glyphs(words, page), text, place + 1, number, cover=cover)
        else:
            lines = _far_lines(text, place + 1, number)
        yield Page(place + 1, tuple(lines), near=closely > 0)
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


def _far_lines(text: str, page: int, before: int) -> list[Line]:
    printed = [(raw, " ".join(raw.split())) for _, raw in _printed(text)]
    return [Line(page, before + place, raw, words) for place, (raw, words) in enumerate(printed, 1)]


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
