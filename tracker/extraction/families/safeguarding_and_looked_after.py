"""Inspection of safeguarding and looked after children services (2009 to 2012): two parts, each with its own grades
and its own bullets under "Immediately", "Within three months" and "Within six months"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.covers import FRONT, titled
from tracker.extraction.findings_table import record_of_findings
from tracker.extraction.fronts import found_in_head, head, read_report
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings

NAME = "safeguarding_and_looked_after"
TITLE = "Inspection of safeguarding and looked after children services"
HEAD = re.compile(
    r"inspection of safeguarding and (?:services for )?looked.after children(?:.s)?(?: services)?\s+(?P<below>.+)",
    re.IGNORECASE,
)
LIST = Shape(
    starts=re.compile(r"areas for improvement|recommendations?", re.IGNORECASE),
    ends=re.compile(
        r"(?:about this inspection|service information|overall effectiveness|capacity (?:to|for) improve|outcomes for"
        r"|(?:safeguarding|looked after children) outcomes|services for looked after|safeguarding (?:outcomes|services)"
        r"|the (?:effectiveness|inspection)|quality of (?:provision|practice)|leadership and management|record of main)\b",
        re.IGNORECASE,
    ),
    divided=True,
)


def recognises(lines: Sequence[Line]) -> bool:
    """By its title, at the start of a line of the front or in other words on the cover."""
    return titled(lines[:FRONT], TITLE) is not None or HEAD.search(head(lines)) is not None


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts, the lists of both parts, and the record of main findings at the end."""
    found = read_report(lines, LIST, provider=found_in_head(lines, HEAD, "below"), title=TITLE, grades=False)
    whole, rows, doubts = record_of_findings(lines)
    return replace(found, overall=whole, judgements=rows, doubts=(*found.doubts, *doubts))
