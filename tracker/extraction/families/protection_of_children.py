"""Inspection of local authority arrangements for the protection of children (2012 and 2013).

Bullets under "Immediately", "Within three months" and "Within six months", all under "Areas for improvement".
"""

import re
from collections.abc import Sequence

from tracker.extraction.covers import FRONT, body_under, cover_of, titled
from tracker.extraction.fields import graded_rows, judged_in_a_sentence
from tracker.extraction.findings_table import recorded_rows
from tracker.extraction.lists import Shape, read_lists
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Doubt, Findings, Found, Judgement

NAME = "protection_of_children"
TITLE = "Inspection of local authority arrangements for the protection of children"
OVERALL = "overall effectiveness"
LIST = Shape(
    starts=re.compile(r"areas for improvement", re.IGNORECASE),
    ends=re.compile(
        r"(?:about this inspection|service information|overall effectiveness|the effectiveness of the help"
        r"|the quality of practice|leadership and governance|record of main findings)\b",
        re.IGNORECASE,
    ),
)


def recognises(lines: Sequence[Line]) -> bool:
    """By its title, at the start of a line of the front."""
    return titled(lines[:FRONT], TITLE) is not None


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts, the list, and the table of judgements at the end."""
    cover = cover_of(lines)
    items, doubts = read_lists(lines, LIST)
    rows = graded_rows(lines) or recorded_rows(lines)
    overall, unsure = _overall(lines, rows)
    return Findings(
        recommendations=items,
        doubts=(*cover.doubts, *doubts, *unsure),
        provider=body_under(lines[:FRONT], TITLE),
        title=titled(lines[:FRONT], TITLE),
        inspection=cover.inspection,
        published=cover.published,
        overall=overall,
        judgements=tuple(row.value for row in rows),
        lead_inspector=cover.lead_inspector,
        urn=cover.urn,
    )


def _overall(lines: Sequence[Line], rows: Sequence[Found[Judgement]]) -> tuple[Found[str] | None, tuple[Doubt, ...]]:
    """The overall grade from the table, or from the sentence in the body; a doubt where the two disagree."""
    table = next((Found(row.value.grade, row.source) for row in rows if row.value.name.lower() == OVERALL), None)
    sentence = judged_in_a_sentence(lines)
    if not table and not sentence:
        return None, (Doubt("No grade for overall effectiveness was found."),)
    if table and sentence and table.value != sentence.value:
        words = (
            f"The table of judgements says “{table.value}” and the text “{sentence.value}” for overall effectiveness."
        )
        return table, (Doubt(words, source=table.source),)
    return table or sentence, ()
