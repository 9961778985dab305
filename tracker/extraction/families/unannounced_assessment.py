"""Letters after an annual unannounced inspection of contact, referral and assessment arrangements (2009 to 2011).

Bullets under "Areas for development" and, in serious cases, "Areas for priority action"; strengths and
satisfactory practice stand above them in the same dress and are no recommendations.
"""

import re
from collections.abc import Sequence

from tracker.extraction.covers import FRONT
from tracker.extraction.letters import greeting, read_letter, subject
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings

NAME = "unannounced_assessment"
SUBJECT = re.compile(r"unannounced inspection of (?:the )?contact, referral and assessment", re.IGNORECASE)
LIST = Shape(
    starts=re.compile(r"areas? for (?:development|priority action)", re.IGNORECASE),
    ends=re.compile(r"any areas? for|the areas? for|strengths?$|satisfactory practice|yours sincerely", re.IGNORECASE),
)


def recognises(lines: Sequence[Line]) -> bool:
    """By the letter's subject."""
    named = subject(lines[:FRONT]) if greeting(lines[:FRONT]) is not None else None
    return bool(named and SUBJECT.search(named.value))


def read(lines: Sequence[Line]) -> Findings:
    """The letter's head and its lists; these letters grade nothing and print no timescale."""
    return read_letter(lines, LIST)
