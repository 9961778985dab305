"""Lists of recommendations: found by their heading, read item by item, ended where the report goes on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from tracker.extraction.fields import opening_timescale, whole_timescale
from tracker.extraction.joining import join, vocabulary
from tracker.extraction.lines import PAGE_NUMBER
from tracker.extraction.shapes import Doubt, ExtractedRecommendation, Line, Mark, source_of

ITEM_MARKS = (Mark.BULLET, Mark.NUMBER)
LEAD_IN = re.compile(r":$|\bfollowing (?:action|areas?|steps?|recommendations?)s?\b.*\.$|\bshould[:.]?$", re.IGNORECASE)
OPEN_END = re.compile(r"(?:[-\u2010,(]|(?<![;,])\s(?:and|or|the|an?|of|which|their|its))$")
FINAL = re.compile(r"[.!?;:]['’\")]*$|[;,]\s(?:and|or)$")
DEEPER = 2  # columns further in than its item makes a bullet a nested one
AHEAD = 12  # lines looked at below one, to see how a paragraph or the list goes on
SHORTEST = 3  # words; a shorter item is more likely a piece of one


@dataclass(frozen=True)
class Shape:
    """How a family prints its lists: the heading that begins one, and the words known to follow the last item."""

    starts: re.Pattern[str]
    ends: re.Pattern[str]
    any_end: bool = False  # the layout is not known, so any heading ends a list without a doubt


@dataclass
class Reading:
    """A list while it is being read."""

    heading: str
    timescale: str | None = None
    items: list[list[Line]] = field(default_factory=list)
    under: list[tuple[str, str | None]] = field(default_factory=list)
    kind: Mark | None = None
    is_open: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    def begin(self, line: Line) -> None:
        """A new item under the heading of the moment."""
        self.items.append([line])
        self.under.append((self.heading, self.timescale))
        self.is_open = True

    def doubt(self, sentence: str, line: Line, *, serious: bool = True) -> None:
        """Something for a person to look at, with the line it stands on."""
        self.doubts.append(Doubt(sentence, serious, source_of([line])))


def read_lists(lines: Sequence[Line], shape: Shape) -> tuple[tuple[ExtractedRecommendation, ...], tuple[Doubt, ...]]:
    """Every list under a heading of the shape, in order, an item printed twice given once, with what is in doubt."""
    known = vocabulary(lines)
    starts = [place for place, line in enumerate(lines) if begins(line, shape)]
    readings = [_read_one(lines, place, shape) for place in starts]
    items = _once(item for reading in readings for item in _recommendations(reading, known))
    doubts = [doubt for reading in readings for doubt in reading.doubts]
    if not items and starts:
        first = lines[starts[0]]
        doubts.append(Doubt(f"The heading “{first.text}” stands without a list under it.", source=source_of([first])))
    return tuple(items), (*doubts, *_oddly_cut(items))


def begins(line: Line, shape: Shape) -> bool:
    """Whether a line is the heading of a list; a row of the contents page never is."""
    if line.mark not in (Mark.PLAIN, Mark.HEADING, Mark.NUMBER) or not line.text[:1].isupper():
        return False
    return bool(shape.starts.fullmatch(line.text.rstrip(":")))


def _ends(line: Line, shape: Shape) -> bool:
    """Whether words known to follow a list begin here; a wrapped line of an item never does."""
    if line.mark is Mark.BULLET or not line.text[:1].isupper():
        return False
    apart = line.mark is Mark.HEADING or (line.mark is Mark.PLAIN and line.gap)
    return bool(shape.ends.fullmatch(line.text) or (apart and shape.ends.match(line.text)))


def _read_one(lines: Sequence[Line], start: int, shape: Shape) -> Reading:
    reading = Reading(heading=lines[start].text.rstrip(": "))
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if _ends(line, shape) or begins(line, shape):
            break
        if not _take(reading, line, lines[place + 1 : place + 1 + AHEAD], shape):
            break
    return reading


def _take(reading: Reading, line: Line, rest: Sequence[Line], shape: Shape) -> bool:
    """Add a line to the reading; False where the list has ended before it."""
    wrapped = reading.is_open and line.mark not in ITEM_MARKS and (not line.gap or line.text[:1].islower())
    if (line.mark is Mark.CONTENTS and not wrapped) or (line.gap and PAGE_NUMBER.fullmatch(line.raw)):
        return True
    due = whole_timescale(line.text)
    if due and (not wrapped or line.text[:1].isupper()):
        reading.heading, reading.timescale, reading.is_open = line.text.rstrip(": "), due, False
        return True
    leads_in = not reading.is_open and bool(LEAD_IN.search(_paragraph(line, rest)))
    if line.mark in ITEM_MARKS:
        return _take_marked(reading, line, leads_in)
    if not reading.is_open:
        return _take_unmarked(reading, line, rest, leads_in)
    return _take_words(reading, line, rest, shape)


def _paragraph(line: Line, rest: Sequence[Line]) -> str:
    more = takewhile(lambda each: each.mark is Mark.PLAIN and not each.gap, rest)
    return join([line.text, *(each.text for each in more)])


def _take_marked(reading: Reading, line: Line, leads_in: bool) -> bool:
    if _nested(reading, line):
        reading.items[-1].append(line)
        return True
    if reading.kind is None and line.mark is Mark.NUMBER and leads_in:
        return True
    if reading.kind in (None, line.mark):
        reading.kind = line.mark
        reading.begin(line)
        return True
    return False


def _nested(reading: Reading, line: Line) -> bool:
    if not reading.is_open or line.mark is not Mark.BULLET:
        return False
    return reading.kind is Mark.NUMBER or line.indent >= reading.items[-1][0].indent + DEEPER


def _take_words(reading: Reading, line: Line, rest: Sequence[Line], shape: Shape) -> bool:
    if _continues(reading.items[-1][-1], line):
        if line.gap and FINAL.search(reading.items[-1][-1].text):
            reading.doubt("An item seems to be cut by the page: check where it ends.", line)
        reading.items[-1].append(line)
        return True
    if line.mark is Mark.HEADING or not _resumes(rest, shape):
        if line.mark is Mark.HEADING and not shape.any_end:
            reading.doubt(f"The list is taken to end before “{line.text}”: check that no item follows.", line)
        return False
    reading.doubt("A paragraph stands between two items and is read as part of the first: check it.", line)
    reading.items[-1].append(line)
    return True


def _take_unmarked(reading: Reading, line: Line, rest: Sequence[Line], leads_in: bool) -> bool:
    """Words under the heading before any item: a lead-in, another heading, or an item whose mark was lost."""
    if leads_in or (line.mark is Mark.PLAIN and reading.timescale is None):
        return True
    if line.mark is Mark.HEADING:
        return False
    reading.kind = reading.kind or Mark.BULLET
    reading.begin(line)
    clear = FINAL.search(_paragraph(line, rest)) and _heading_follows(rest)
    reading.doubt("An item has no bullet mark: check where it begins and ends.", line, serious=not clear)
    return True


def _heading_follows(rest: Sequence[Line]) -> bool:
    """Whether a paragraph stands alone under its heading, so that it can only be one item."""
    after = next((each for each in rest if each.gap or each.mark is not Mark.PLAIN), None)
    return after is not None and (after.mark is Mark.HEADING or whole_timescale(after.text) is not None)


def _continues(before: Line, line: Line) -> bool:
    if not line.gap or not before.text:
        return line.mark is not Mark.HEADING or not before.text
    return line.text[:1].islower() or bool(OPEN_END.search(before.text))


def _resumes(rest: Sequence[Line], shape: Shape) -> bool:
    """Whether the list goes on: an item comes before any heading or known end."""
    for line in rest:
        if line.mark in ITEM_MARKS:
            return line.mark is Mark.BULLET
        if line.mark is Mark.HEADING or _ends(line, shape) or begins(line, shape):
            return False
    return False


def _recommendations(reading: Reading, known: frozenset[str]) -> Iterator[ExtractedRecommendation]:
    for lines, (heading, due) in zip(reading.items, reading.under, strict=True):
        text = join([line.text for line in lines], known)
        if text:
            when = due or opening_timescale(text)
            yield ExtractedRecommendation(text, source_of(lines), heading, when, ref=lines[0].ref)


def _once(items: Iterator[ExtractedRecommendation]) -> list[ExtractedRecommendation]:
    first: dict[str, ExtractedRecommendation] = {}
    for item in items:
        first.setdefault(" ".join(re.findall(r"\w+", item.text.lower())), item)
    return list(first.values())


def _oddly_cut(items: Sequence[ExtractedRecommendation]) -> list[Doubt]:
    return [
        Doubt(f"An item seems to be cut off: “…{item.text[-60:]}”.", source=item.source)
        for item in items
        if OPEN_END.search(item.text) or len(item.text.split()) < SHORTEST
    ]
