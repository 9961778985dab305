"""The "Record of main findings", the table of grades at the end of reports of 2009 to 2013."""

import re
from collections.abc import Sequence

from tracker.extraction.fields import GRADE
from tracker.extraction.joining import join
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Doubt, Found, Judgement, source_of

TABLE = re.compile(r"record of main findings\b.{0,60}(?<!\d)", re.IGNORECASE)  # a council's name may follow
LENGTH = 60  # lines of the table
GRADED = re.compile(rf"(.+?)\s+(?:grade \d\s*\()?({GRADE})\b[.)]?", re.IGNORECASE)  # also "Grade 2 (good)"
CAPTION = re.compile(
    r"^.+(?=Overall effectiveness$)|^.*?(?:services for looked.after children|safeguarding services)\s+(?=[A-Z])"
)


def recorded_rows(lines: Sequence[Line]) -> list[Found[Judgement]]:
    """The rows of the table, however their lines are broken, each with the lines of the table it stands in."""
    place = next((i for i in range(len(lines) - 1, -1, -1) if TABLE.fullmatch(lines[i].text)), None)
    table = [] if place is None else lines[place + 1 : place + 1 + LENGTH]
    return [
        Found(Judgement(CAPTION.sub("", match[1]).strip(), match[2].capitalize()), source_of(_around(table, match[1])))
        for match in GRADED.finditer(join([line.text for line in table]))
    ]


def _around(table: Sequence[Line], name: str) -> Sequence[Line]:
    """The line that the name of a row ends with, or the whole table."""
    ending = name.split()[-1].lower()
    start = " ".join(name.split()[:2]).lower()
    found = [line for line in table if start in line.text.lower() or line.text.lower().startswith(ending)]
    return found[:1] or table


def record_of_findings(
    lines: Sequence[Line],
) -> tuple[Found[str] | None, tuple[Judgement, ...], tuple[Doubt, ...]]:
    """The overall grade with its line, the rows of the table, and a doubt where no overall grade is found or two
    parts of one report are graded differently."""
    rows = recorded_rows(lines)
    judgements = tuple(row.value for row in rows)
    whole = [row for row in rows if row.value.name.lower().endswith("overall effectiveness")]
    if not whole:
        return None, judgements, (Doubt("No grade for overall effectiveness was found."),)
    grades = list(dict.fromkeys(row.value.grade for row in whole))
    doubts = (Doubt(f"Overall effectiveness is graded differently in two parts: {', '.join(grades)}."),)
    return Found(grades[0], whole[0].source), judgements, doubts if len(grades) > 1 else ()
