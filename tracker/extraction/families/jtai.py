"""Joint targeted area inspections (from 2016): letters to several bodies.

Until 2020 paragraphs or bullets of findings under "Areas for improvement", divided by theme; later bullets under
"What needs to improve?". "Next steps" prints the day on which the written statement is due, and to whom.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.letters import addressees, greeting, opening, read_letter, subject
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.plans import plan_due
from tracker.extraction.shapes import Findings

NAME = "jtai"
SUBJECT = re.compile(r"joint targeted area inspection|JTAI\b", re.IGNORECASE)
BOARD = re.compile(r"(?:the )?(?:local safeguarding children board|lscb)(?: \(lscb\))?", re.IGNORECASE)
LIST = Shape(
    starts=re.compile(
        r"areas? for (?:improvement|priority actions?)|what needs to improve\??|priority actions?", re.IGNORECASE
    ),
    ends=re.compile(
        r"next steps|yours (?:sincerely|faithfully)|key strengths|strengths|headline findings|main findings",
        re.IGNORECASE,
    ),
    divided=True,
    paragraphs=True,
    asides=re.compile(r"(?:case|practice) study\b", re.IGNORECASE),
)


def recognises(lines: Sequence[Line]) -> bool:
    """By the letter's subject or, where the front is broken up, its opening."""
    named = subject(lines) if greeting(lines) is not None else None
    return bool((named and SUBJECT.match(named.value)) or SUBJECT.search(opening(lines)))


def read(lines: Sequence[Line]) -> Findings:
    """The letter's head, its lists, and the day on which the written statement is due.

    Directors of the inspectorates sign; who led the inspection is not printed."""
    found = read_letter(lines, LIST)
    due, receiver = plan_due(lines)
    everybody = addressees(lines) or found.addressed_to
    items = tuple(replace(each, addressee=_board(each.heading)) for each in found.recommendations)
    found = replace(found, recommendations=items, lead_inspector=None)
    return replace(found, plan_due=due, plan_due_to=receiver, addressed_to=everybody)


def _board(heading: str | None) -> str | None:
    """The board, as "LSCB", for what stands under the heading of the safeguarding board; the other themes name no body."""
    return "LSCB" if heading and BOARD.fullmatch(heading) else None
