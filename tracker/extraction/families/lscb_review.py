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
    r"^(?P<above>.*?)\s*review of the effectiveness of the (?:local safeguarding children board|lscb"
    r"|(?P<inner>.{3,50}? safeguarding children board))",
    re.IGNORECASE,
)


def recognises(lines: Sequence[Line]) -> bool:
    """By its title; a report of the council's services with the board's review in it is asked about before."""
    return HEAD.search(head(lines)) is not None


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts and the board's list, all of it addressed to the board."""
    provider = found_in_head(lines, HEAD, "above") or found_in_head(lines, HEAD, "inner")
    found = read_report(lines, sif.LIST, provider=provider, title=TITLE, grades=True)
    return replace(found, recommendations=tuple(replace(item, addressee="LSCB") for item in found.recommendations))
