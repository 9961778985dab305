"""Letters after an ILACS focused visit (from 2018): bullets under "What needs to improve in this area of … practice"."""

import re
from collections.abc import Sequence

from tracker.extraction.covers import FRONT
from tracker.extraction.letters import greeting, read_letter, subject
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings

NAME = "ilacs_focused_visit"
SUBJECT = re.compile(r"(?:[\w-]+ ){0,2}focused visit(?: (?:to|of)\b|:)", re.IGNORECASE)
LIST = Shape(
    starts=re.compile(
        r"what needs to improve(?: (?:in|about|within|for) .{0,80}?)?\??|areas? for (?:priority action|improvement)",
        re.IGNORECASE,
    ),
    ends=re.compile(r"(?:main |summary of |headline )?findings\b|yours sincerely|ofsted will take", re.IGNORECASE),
)


def recognises(lines: Sequence[Line]) -> bool:
    """By the letter's subject."""
    named = subject(lines[:FRONT]) if greeting(lines[:FRONT]) is not None else None
    return bool(named and SUBJECT.match(named.value))


def read(lines: Sequence[Line]) -> Findings:
    """The letter's head and its list; a visit is not graded and prints no timescale."""
    return read_letter(lines, LIST)
