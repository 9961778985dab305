"""Inspection of services for looked after children (2013): bullets under "Immediately", "Within three months" …"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.covers import FRONT, titled
from tracker.extraction.findings_table import record_of_findings
from tracker.extraction.fronts import found_in_head, head, read_report
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings

NAME = "looked_after_children"
TITLE = "Inspection of looked after children services"
HEAD = re.compile(
    r"^(?:\W*ofsted\W*)?inspection of (?:local authority )?(?:services for )?looked.after children(?:.s)?(?: services)?\s+(?P<below>.+)",
    re.IGNORECASE,
)
LIST = Shape(
    starts=re.compile(r"(?:areas for improvement|recommendations?)(?: for (?:the )?local authority)?", re.IGNORECASE),
    ends=re.compile(
        r"(?:about this inspection|service information|overall effectiveness|capacity (?:to|for) improve|outcomes for|"
        r"the effectiveness of|quality of (?:provision|practice)|leadership and management|record of main findings)\b",
        re.IGNORECASE,
    ),
    divided=True,
)


def recognises(lines: Sequence[Line]) -> bool:
    """By its title, at the start of a line of the front or in other words on the cover."""
    return titled(lines[:FRONT], TITLE) is not None or HEAD.search(head(lines)) is not None


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts, the list with its deadlines, and the record of main findings at the end."""
    found = read_report(lines, LIST, provider=found_in_head(lines, HEAD, "below"), title=TITLE, grades=False)
    whole, rows, doubts = record_of_findings(lines)
    return replace(found, overall=whole, judgements=rows, doubts=(*found.doubts, *doubts))
