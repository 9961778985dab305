"""Letters after a monitoring visit (from 2015) to a council judged inadequate; many list nothing to improve."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.families.ilacs_focused_visit import LIST
from tracker.extraction.letters import greeting, opening, read_letter, subject
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings

NAME = "ilacs_monitoring_visit"
LISTS_NOTHING = True  # a letter without a list is as it should be, and no reason for doubt
SUBJECT = re.compile(r"monitoring visit", re.IGNORECASE)


def recognises(lines: Sequence[Line]) -> bool:
    """By the letter's subject or opening."""
    named = subject(lines) if greeting(lines) is not None else None
    return bool(named and (SUBJECT.search(named.value) or SUBJECT.search(opening(lines))))


def read(lines: Sequence[Line]) -> Findings:
    """The letter's head and, where it has one, its list."""
    return read_letter(lines, replace(LIST, must=False))
