"""The day by which a written statement or plan is due, as the report prints it, and who is to receive it."""

import re
from collections.abc import Sequence
from datetime import date

from tracker.extraction.dates import first_run
from tracker.extraction.joining import join
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Found, source_of

ASKED = re.compile(
    r"\b(?:statement of (?:proposed )?action|action plan|improvement plan|priority action plan)\b", re.IGNORECASE
)
SENT = re.compile(
    r"\bshould (?:be )?(?:sen[dt]|submit(?:ted)?)\b.{0,200}? to (?P<to>[^\s,]+@[^\s,]+|Ofsted)\b.{0,60}?\bby (?P<by>.{6,40}\d{4})"
)
AROUND = 4  # lines the sentence may run over


def plan_due(lines: Sequence[Line]) -> tuple[Found[date] | None, Found[str] | None]:
    """The printed day and the receiver, with their lines; None for what is not printed."""
    for place in range(len(lines) - 1, -1, -1):
        if " should" not in lines[place].text:
            continue
        near = lines[place : place + AROUND]
        text = join([line.text for line in near])
        match = SENT.search(text)
        days = first_run(match["by"]) if match and ASKED.search(text) else None
        if match and days:
            return Found(days.first, source_of(near)), Found(match["to"], source_of(near))
    return None, None
