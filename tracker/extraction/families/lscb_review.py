"""Review of the effectiveness of a local safeguarding children board (2013 to 2018), printed on its own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.families import sif
from tracker.extraction.fronts import found_in_head, head, read_report
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Findings

NAME = "lscb_review"
TITLE = "Review of the effectiveness of the Local Safeguarding Children Board"
HEAD = re.compile(
    r"^(?P<above>.*?)\s*review of the effectiveness of the (?:local safeguarding children board|lscb)", re.IGNORECASE
)


def recognises(lines: Sequence[Line]) -> bool:
    """By its title; a report of the council's services with the board's review in it is asked about before."""
    return HEAD.search(head(lines)) is not None


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts and the board's list, all of it addressed to the board."""
    found = read_report(lines, sif.LIST, provider=found_in_head(lines, HEAD, "above"), title=TITLE, grades=True)
    return replace(found, recommendations=tuple(replace(item, addressee="LSCB") for item in found.recommendations))
