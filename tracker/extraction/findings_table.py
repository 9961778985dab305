"""The "Record of main findings", the table of grades at the end of reports of 2009 to 2013."""

import re
from collections.abc import Sequence

from tracker.extraction.fields import GRADE
from tracker.extraction.joining import join
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Doubt, Found, Judgement, source_of

TABLE = re.compile(r"record of main findings:?", re.IGNORECASE)
LENGTH = 60  # lines of the table
GRADED = re.compile(rf"(.+?)\s+({GRADE})\b\.?", re.IGNORECASE)
CAPTION = re.compile(r"^.*?(?:services for looked.after children|safeguarding services|services)\s+(?=[A-Z])")


def record_of_findings(
    lines: Sequence[Line],
) -> tuple[Found[str] | None, tuple[Judgement, ...], tuple[Doubt, ...]]:
    """The overall grade with its line, the rows of the table, and a doubt where no overall grade is found or two
    parts of one report are graded differently."""
    place = next((i for i in range(len(lines) - 1, -1, -1) if TABLE.fullmatch(lines[i].text)), None)
    table = lines[place + 1 : place + 1 + LENGTH] if place is not None else []
    rows = tuple(
        Judgement(CAPTION.sub("", match[1]).strip(), match[2].capitalize())
        for match in GRADED.finditer(join([line.text for line in table]))
    )
    whole = [row.grade for row in rows if row.name.lower().endswith("overall effectiveness")]
    where = next((line for line in table if line.text.lower().startswith("overall effectiveness")), None)
    if not whole or where is None:
        return None, rows, (Doubt("No grade for overall effectiveness was found."),)
    doubts = (Doubt(f"Overall effectiveness is graded differently in two parts: {', '.join(whole)}."),)
    return Found(whole[0], source_of([where])), rows, doubts if len(set(whole)) > 1 else ()
