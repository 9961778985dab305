"""Joint local area SEND inspections of 2016 to 2022: letters of bullets on strengths and areas for development.

Where the letter asks for a written statement, "areas of significant weakness" are what must improve.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.letters import greeting, opening, read_letter, subject
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.plans import plan_due
from tracker.extraction.shapes import Doubt, Findings

NAME = "area_send_2016"
SUBJECT = re.compile(
    r"joint (?:local )?area (?:send|special educational needs)|local area send inspection", re.IGNORECASE
)
UNSETTLED = "Letters of this kind name what must improve in more than one place: check that nothing is missing."
LIST = Shape(
    starts=re.compile(
        r"areas? (?:for (?:development|improvement)|of significant (?:weakness|concern))|"
        r"the inspection raised significant concerns.{0,80}|the local area is required to .{0,90}",
        re.IGNORECASE,
    ),
    ends=re.compile(
        r"yours (?:sincerely|faithfully)|strengths|main findings|the (?:effectiveness|inspection)\b", re.IGNORECASE
    ),
    divided=True,
)


def recognises(lines: Sequence[Line]) -> bool:
    """By the letter's subject or opening."""
    named = subject(lines) if greeting(lines) is not None else None
    return bool(
        (named and SUBJECT.search(named.value)) or (greeting(lines) is not None and SUBJECT.search(opening(lines)))
    )


def read(lines: Sequence[Line]) -> Findings:
    """The letter's head, its lists, and the day on which a written statement is due."""
    due, receiver = plan_due(lines)
    found = read_letter(lines, LIST)
    return replace(found, plan_due=due, plan_due_to=receiver, doubts=(*found.doubts, Doubt(UNSETTLED)))
