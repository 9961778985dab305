"""Lists of recommendations: found by their heading, read item by item, ended where the report goes on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.extraction.fields import closing_timescale, opening_timescale
from tracker.extraction.joining import join, vocabulary
from tracker.extraction.listing import Reading, Shape, rank, title_of
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Doubt, ExtractedRecommendation, source_of
from tracker.extraction.tagging import disagreements
from tracker.extraction.taking import AHEAD, OPEN_END, begins, ends, take
from tracker.extraction.turning import repeats

__all__ = ["Shape", "begins", "read_lists"]

FIRST = 20  # lines of a file, whose looks are known where any are
SHORTEST = 3  # words; a shorter item is more likely a piece of one
LIKELY = re.compile(  # how a list may be headed where it is not headed as its family does
    r"(?!.*[.,;]$)(?:(?:[\w’']+ ){0,4}(?:areas? (?:for|of) (?:[\w-]+ )?(?:improvement|development|action)|recommendations?"
    r"|(?:required|recommended|priority|immediate) actions?|actions? (?:required|needed))(?:[:,]? (?:for|and|in) .{2,60})?"
    r"|what .{0,60}(?:needs?|must|should) .{0,30}improv\w+.{0,40})",
    re.IGNORECASE,
)
LONGEST = 300  # words; a longer one is more likely several
# "The inspection did not find any areas for priority and immediate action." is printed where an item would be.
NONE_FOUND = re.compile(
    r"(?:(?:(?:The|This) (?:inspection|report|review|visit)|Inspectors|We|Ofsted) "
    r"(?:(?:did not|has not|have not) (?:find|found|identify|identified|make|made) any|(?:found|identified|made) no)"
    r"|There (?:are|were) no) (?:[\w’']+ ){0,6}?(?:areas?|actions?|recommendations?)(?: [\w’']+){0,10}\.?",
    re.IGNORECASE,
)


def read_lists(lines: Sequence[Line], shape: Shape) -> tuple[tuple[ExtractedRecommendation, ...], tuple[Doubt, ...]]:
    """Every list under a heading of the shape, in order, an item printed twice given once, with what is in doubt.

    Where there is none, the likeliest list under another heading is read, and doubted."""
    items, doubts = _read_under(lines, shape)
    other = _read_under(lines, replace(shape, starts=LIKELY)) if shape.must and not items else ((), ())
    if not other[0]:
        return items, doubts
    unusual = f"The list stands under “{other[0][0].heading}”, and reports of this kind head it otherwise: check it."
    return other[0], (Doubt(unusual, source=other[0][0].source), *other[1])


def _read_under(lines: Sequence[Line], shape: Shape) -> tuple[tuple[ExtractedRecommendation, ...], tuple[Doubt, ...]]:
    printed = [place for place, line in enumerate(lines) if begins(line, shape)]
    starts = [place for place in printed if lines[place].size or not any(line.size for line in lines[:FIRST])]
    readings: list[Reading] = []
    for place in starts:
        if not any(place in reading.repeated for reading in readings):
            readings.append(_read_one(lines, place, shape))
    known = _words_of(lines, readings)
    items = _once(item for reading in readings for item in _recommendations(reading, known, shape))
    doubts = [_not_looked_at(lines[place]) for place in printed if place not in starts]
    doubts += [doubt for reading in readings for doubt in (*reading.doubts, *disagreements(reading.items))]
    if not items and starts:
        first = lines[starts[0]]
        doubts.append(Doubt(f"The heading “{first.text}” stands without a list under it.", source=source_of([first])))
    return tuple(items), (*doubts, *_oddly_cut(items))


def _not_looked_at(line: Line) -> Doubt:
    words = f"“{line.text}” stands on a page that was not looked at closely: check whether a list follows it."
    return Doubt(words, source=source_of([line]))


def _read_one(lines: Sequence[Line], start: int, shape: Shape) -> Reading:
    reading = Reading(heading=title_of(lines[start]), rank=rank(lines[start]), heading_line=lines[start])
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if begins(line, shape) and repeats(reading, lines, start, place, shape):
            reading.repeated.add(place)
            continue
        if ends(line, shape) or begins(line, shape):
            reading.ended_by = line.text
            break
        if lines[start].size and not line.size:
            if reading.is_open:
                reading.doubt("The list may run on over more pages than were looked at closely: check its end.", line)
            break
        if not take(reading, line, lines[place + 1 : place + 1 + AHEAD], shape):
            break
    return reading


def _words_of(lines: Sequence[Line], readings: Sequence[Reading]) -> frozenset[str]:
    """The document's words, where an item has a word broken by a line's end; else none are needed."""
    broken = any(
        line.text.endswith(("-", "\u2010", "\u2011")) for each in readings for item in each.items for line in item
    )
    return vocabulary(lines) if broken else frozenset()


def _recommendations(reading: Reading, known: frozenset[str], shape: Shape) -> Iterator[ExtractedRecommendation]:
    for lines, (heading, due) in zip(reading.items, reading.under, strict=True):
        text = join([line.text for line in lines], known)
        after = reading.ended_by
        if after and text.endswith(after):
            text = text.removesuffix(after).rstrip()
            reading.doubt(f"The heading “{after}” is printed at the end of this item too: check it.", lines[-1])
        if NONE_FOUND.fullmatch(text):
            reading.doubt(f"“{text}” is taken for the sentence that nothing is asked there.", lines[0], serious=False)
        elif text:
            when = due or opening_timescale(text) or (closing_timescale(text) if shape.inline else None)
            yield ExtractedRecommendation(text, source_of(lines), heading, when, ref=lines[0].ref)


def _once(items: Iterable[ExtractedRecommendation]) -> list[ExtractedRecommendation]:
    first: dict[str, ExtractedRecommendation] = {}
    for item in items:
        first.setdefault(" ".join(re.findall(r"\w+", item.text.lower())), item)
    return list(first.values())


def _oddly_cut(items: Sequence[ExtractedRecommendation]) -> list[Doubt]:
    return [
        Doubt(f"An item seems to be cut off: “…{item.text[-60:]}”.", source=item.source)
        for item in items
        if OPEN_END.search(item.text) or not SHORTEST <= len(item.text.split()) <= LONGEST
    ]
