"""Pages become marked lines: running heads off, Markdown and bullets taken from the text, headings told."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from tracker.extraction.paper import Line, Mark, Page

# "-", "*", "+" and dashes are bullets only before a space; the rest are bullets wherever they begin a line. Word's
# symbol fonts leave private-use characters; broken conversions leave U+0083 and U+0336.
BULLET = re.compile(r"\s*(?:[-–—−*+](?=\s|$)|o(?=\t|\s{2})|[•◦▪▫■□◼●○·∙‣⁃❖➢➤►\u0083\u0336\ue000-\uf8ff])\s*")
NUMBER = re.compile(r"\s*(\d{1,3})[.)](?:\s+|$)")
UNPRINTED = re.compile(r"[\u0083\u0336\ue000-\uf8ff]|o\s")  # bullets that no other type shows as one
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
HASHES = re.compile(r"\s*#{1,6}(?:\s+|$)")
BOLD_LINE = re.compile(r"\s*(\*\*|__)(?=\S).+?(?<=\S)\1:?\s*$")
INLINE = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|\[\^\d+\]|</?sup>|[\u00ad\u200b\u2060\ufeff\ufffe]")
ESCAPED = re.compile(r"\\([-.#*_\[\]()&+!])")
FOOTNOTE = re.compile(r"(?<=[^\W\d])[\u00b9\u00b2\u00b3\u2070-\u2079]+|(?<=[.,;:])[\u00b9\u00b2\u00b3\u2070-\u2079]+")
CONTENTS_ROW = re.compile(r"\S.*?(?:\t+|\.{3,}\s*|\s{3,})\d{1,3}\s*$")
PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?\s*", re.IGNORECASE)
CELLS = re.compile(r"\t+|\s{3,}|\s*\|\s*")
LONGEST_HEADING = 14  # words
LONGEST_ROW = 300  # characters; a longer line is no row of a contents page
FEWEST_PAGES = 3  # with fewer, what stands twice may as well be meant
NOTE_SIZE = 0.9  # of the body's size; smaller lines are footnotes
HEADING_SIZE = 1.08
HEADING_TAGS = {"H", "H1", "H2", "H3", "H4", "H5", "H6"}
TITLE_SIZE = 11  # points; running heads are smaller, titles on covers greater
EDGE = 3  # lines at a page's head and foot that may be running ones


def mark_lines(pages: Sequence[Page]) -> list[Line]:
    """All lines of all pages in order, with text, mark and printed number, without running heads and page numbers."""
    kept = _without_running_heads(pages)
    near = {page.number for page in pages if page.near}
    body = body_size(kept)
    return [
        _marked(line, after is None or after.gap, body) if line.page in near else line
        for line, after in zip_longest(kept, kept[1:])
        if line
    ]


def body_size(lines: Sequence[Line]) -> float:
    """The size of type most of the words are printed in, in points; 0 where the file tells none."""
    seen: Counter[float] = Counter()
    for line in lines:
        if line.size:
            seen[line.size] += len(line.raw)
    return seen.most_common(1)[0][0] if seen else 0.0


def cells(line: Line) -> list[str]:
    """The cells of a table's row, as far as tabs, wide blanks or bars divide them, cleaned."""
    return [clean(cell) for cell in CELLS.split(line.raw.strip()) if cell.strip()]


def clean(raw: str) -> str:
    """Words without Markdown, footnote marks and soft hyphens, each run of white space made one space."""
    bare = FOOTNOTE.sub("", INLINE.sub("", ESCAPED.sub(r"\1", raw)))
    return " ".join(bare.split())


def shown(raw: str) -> str:
    """A printed line as a person reads it: Markdown off, one space between words, a bullet that every type can show."""
    hashes, bullet = HASHES.match(raw), BULLET.match(raw)
    if hashes or not bullet:
        return clean(CONTROL.sub("", raw[hashes.end() :] if hashes else raw))
    mark = "•" if UNPRINTED.match(bullet[0].lstrip()) else bullet[0].strip()
    return f"{mark} {clean(CONTROL.sub('', raw[bullet.end() :]))}".strip()


def without_marks(raw: str, *, numbered: bool) -> str:
    """A printed line's words without heading marks and bullet and, where it is `numbered`, without its number."""
    hashes, bullet = HASHES.match(raw), BULLET.match(raw)
    mark = hashes or bullet
    rest = raw[mark.end() :] if mark else raw
    number = NUMBER.match(rest) if numbered and not hashes else None
    return clean(rest[number.end() :] if number else rest)


def _marked(line: Line, alone_below: bool, body: float) -> Line:
    raw = line.raw
    if hashes := HASHES.match(raw):
        return line._replace(text=clean(raw[hashes.end() :]), mark=Mark.HEADING)
    if line.size and line.size < body * NOTE_SIZE:
        return line._replace(text=clean(raw), mark=Mark.NOTE)
    bullet = BULLET.match(raw)
    if not bullet and len(raw) <= LONGEST_ROW and CONTENTS_ROW.fullmatch(raw.strip(" ")):
        return line._replace(text=clean(raw), mark=Mark.CONTENTS)
    rest = raw[bullet.end() :] if bullet else raw
    if number := NUMBER.match(rest):
        return line._replace(text=clean(rest[number.end() :]), mark=Mark.NUMBER, ref=number[1])
    if bullet:
        return line._replace(text=clean(rest), mark=Mark.BULLET)
    bold = line.bold or bool(BOLD_LINE.fullmatch(raw))
    text = clean(raw)
    heading = looks_like_a_heading(text) and _stands_out(line, bold, alone_below, body)
    return line._replace(text=text, bold=bold, mark=Mark.HEADING if heading else Mark.PLAIN)


def _stands_out(line: Line, bold: bool, alone_below: bool, body: float) -> bool:
    if line.tag in HEADING_TAGS:
        return True
    if line.size:
        return bold or line.slanted or line.size > body * HEADING_SIZE
    return bold or (line.gap and alone_below)


def looks_like_a_heading(text: str) -> bool:
    """Whether words are short, begin with a capital and do not end as a sentence does."""
    return text[:1].isupper() and text[-1] not in ".,;" and len(text.split()) <= LONGEST_HEADING


def _without_running_heads(pages: Sequence[Page]) -> list[Line]:
    running = _running(pages)
    kept: list[Line] = []
    for page in pages:
        edges = {*range(EDGE), *range(len(page.lines) - EDGE, len(page.lines))}
        for place, line in enumerate(page.lines):
            if place in edges and len(pages) > 1 and _runs(line, running):
                continue
            turned = bool(kept) and kept[-1].page != line.page and not line.gap
            kept.append(line._replace(gap=True) if turned else line)
    return kept


def _runs(line: Line, running: set[str]) -> bool:
    """Whether a line at a page's edge is a running head or a page number; a cover's title, which the other pages
    repeat, is neither."""
    if line.page == 1 and line.size >= TITLE_SIZE:
        return False
    return bool(PAGE_NUMBER.fullmatch(line.raw)) or _folded(line) in running


def _running(pages: Sequence[Page]) -> set[str]:
    if len(pages) < FEWEST_PAGES:
        return set()
    seen = Counter(words for page in pages for words in {_folded(line) for line in _edge_lines(page)})
    return {words for words, times in seen.items() if times * 2 > len(pages)}


def _edge_lines(page: Page) -> tuple[Line, ...]:
    return page.lines[:EDGE] + page.lines[-EDGE:]


def _folded(line: Line) -> str:
    return re.sub(r"\d+", "", " ".join(line.raw.split())).lower()
