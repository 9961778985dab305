"""Area SEND inspections (from 2023): boxed tables, one row or paragraph an item.

"Areas for improvement" has one column. "Areas for priority action" has two, the first naming the responsible body.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.extraction.covers import FRONT
from tracker.extraction.fields import acting_body
from tracker.extraction.fronts import found_in_head, head, read_report
from tracker.extraction.joining import join
from tracker.extraction.letters import greeting
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line, Mark
from tracker.extraction.shapes import ExtractedRecommendation, Findings

NAME = "area_send"
TITLE = "Area SEND inspection"
HEAD = re.compile(
    r"area (?:send|special educational needs and(?:/or)? disabilit(?:y|ies)(?: \(send\))?) (?:\w+ )?inspection of "
    r"(?:the )?(?P<area>.+)",
    re.IGNORECASE,
)
CAPTION = re.compile(r"responsible bod(?:y|ies)", re.IGNORECASE)
LIST = Shape(
    starts=re.compile(r"areas? for (?:improvement|priority actions?)", re.IGNORECASE),
    ends=re.compile(
        r"local area partnership details|information about this inspection|local authority\b.*\bboard", re.IGNORECASE
    ),
    rows=True,
)
CLOSE = 2.0  # columns a cell's text may stand off its caption


def recognises(lines: Sequence[Line]) -> bool:
    """By the title on its cover; a letter of 2016 to 2022 may bear the same words."""
    return greeting(lines[:FRONT]) is None and HEAD.search(head(lines)) is not None


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts and the rows of its tables, each with the body that must act. No grade, no date, no deadline."""
    rows, bodies = _without_bodies(lines)
    found = read_report(rows, LIST, provider=found_in_head(lines, HEAD, "area"), title=TITLE, grades=False)
    return replace(found, recommendations=tuple(_addressed(item, bodies) for item in found.recommendations))


def _addressed(item: ExtractedRecommendation, bodies: Sequence[tuple[int, str]]) -> ExtractedRecommendation:
    first, _ = item.source.lines
    above = [name for number, name in bodies if 0 < number <= first]
    priority = above and "priority" in (item.heading or "").lower()
    return replace(item, addressee=above[-1] if priority else acting_body(item.text))


def _without_bodies(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[int, str]]]:
    """The lines without the first column of tables of two, and each row's body by the number of its first line."""
    kept: list[Line] = []
    bodies: list[tuple[int, str]] = []
    for cell, line in _cells(lines):
        if cell and bodies and (not bodies[-1][0] or not (line.ruled or line.gap)):
            bodies[-1] = (bodies[-1][0], join([bodies[-1][1], line.text]))  # also where both columns' lines alternate
        elif cell:
            bodies.append((0, line.text))
        elif bodies and not bodies[-1][0]:
            bodies[-1] = (line.number, bodies[-1][1])
            kept.append(line._replace(ruled=True))
        else:
            kept.append(line)
    return kept, bodies


def _cells(lines: Sequence[Line]) -> Iterator[tuple[bool, Line]]:
    """Each line, and whether it stands in the first column of a table of two."""
    column: float | None = None
    for line in lines:
        if CAPTION.fullmatch(line.text):
            column = line.indent
        elif CAPTION.match(line.text) and line.size:
            column = line.indent
            yield False, line
        elif column is not None and not line.size:
            column = None if line.tag else column  # a heading of a format without places ends the table
            yield column is not None and line.ruled, line
        elif column is not None and (line.mark is Mark.HEADING and abs(line.indent - column) < CLOSE):
            column = None
            yield False, line
        else:
            yield column is not None and abs(line.indent - column) < CLOSE and bool(line.size), line
