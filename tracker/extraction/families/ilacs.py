"""Inspection of local authority children's services (ILACS, from 2018): bullets under "What needs to improve"."""

import re
from collections.abc import Sequence

from tracker.extraction.fronts import found_in_head, heads, read_report
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings

NAME = "ilacs"
TITLE = "Inspection of local authority children’s services"
HEAD = re.compile(
    r"^(?:inspection of (?!children|local authority|services)(?P<inner>.+?)(?: local authority)?(?: children.s(?: social care)? services)"
    r"|(?P<above>.*?)\s*\b(?:re-?)?inspection of (?:local authority )?children.s (?:social care )?services"
    r"|inspection of (?P<trust>.+? (?:children.s trust|children first)|achieving for children)"
    r"|inspection of (?:local authority )?children.s (?:social care )?services(?: (?:in|of|for|at))?\s+(?P<below>.+?))\s*$",
    re.IGNORECASE,
)
LIST = Shape(
    starts=re.compile(
        r"what (?:.{2,60} )?needs? to (?:be )?improved?(?: (?:in|across) .{2,40})?\??|areas for priority action",
        re.IGNORECASE,
    ),
    ends=re.compile(
        r"(?:the )?(?:experiences? and progress of|impact of leaders|overall effectiveness)\b|main findings\b|[a-z ]*contents$|(?:key |main )?strengths\b"
        r"|what (?:is working|works) well|summary for children|information about this inspection",
        re.IGNORECASE,
    ),
    divided=True,
    inline=True,
)


def recognises(lines: Sequence[Line]) -> bool:
    """By the title on its cover."""
    return any(HEAD.search(text) for text in heads(lines))


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts and grades, and the list; these reports print neither timescales nor a publication date."""
    named = (found_in_head(lines, HEAD, group) for group in ("inner", "above", "trust", "below"))
    provider = next(filter(None, named), None)
    return read_report(lines, LIST, provider=provider, title=TITLE, grades=True)
