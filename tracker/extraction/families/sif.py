"""The single inspection framework (2013 to 2018): numbered items, one list for the council and one for the board.

The lists stand under "Priority and immediate action", "Areas for improvement" or "Recommendations", often divided
by theme; numbering runs straight on into the findings.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.extraction.fronts import found_in_head, head, read_report
from tracker.extraction.lists import Shape
from tracker.extraction.paper import Line
from tracker.extraction.shapes import ExtractedRecommendation, Findings

NAME = "sif"
TITLE = "Inspection of services for children in need of help and protection, children looked after and care leavers"
HEAD = re.compile(
    r"^(?P<above>.*?)\s*(?:re-?)?inspection of services for children in need of help and protection", re.IGNORECASE
)
BOARD = re.compile(
    r"(?:the )?(?:local safeguarding children board|lscb)(?: \(lscb\))?|what does the lscb need to improve\??|"
    r"what does the .{0,40}safeguarding children board.{0,12} need to improve\??|"
    r"the effectiveness of (?:the )?(?:lscb|local safeguarding|.{0,40}safeguarding children board).*",
    re.IGNORECASE,
)
LIST = Shape(
    starts=re.compile(
        r"priority (?:and|or) immediate actions?|(?:areas for )?priority actions?"
        r"|(?:(?:key|main|summary of) )?(?:areas (?:for|of) improvement|recommendations?)"
        r"(?: for (?:the )?(?:local authority|council|lscb|board))?",
        re.IGNORECASE,
    ),
    ends=re.compile(
        r"(?:the (?:local authority|lscb|board)|key|main).{0,4} strengths|.*\bstrengths\b|progress since|summary (?:for|of)\b"
        r"|information about|inspection (?:judge?ments?|findings?)|findings\b|key judgements|what does|how well|the experiences and progress",
        re.IGNORECASE,
    ),
    divided=True,
    inline=True,
)


def recognises(lines: Sequence[Line]) -> bool:
    """By the title on its cover."""
    return HEAD.search(head(lines)) is not None


def read(lines: Sequence[Line]) -> Findings:
    """The cover's facts and grades, and both lists, each item with the body whose part of the report it stands in."""
    found = read_report(lines, LIST, provider=found_in_head(lines, HEAD, "above"), title=TITLE, grades=True)
    items = found.recommendations
    after = items[0].source.lines[0] if items else 0  # the contents and the cover name the board as well
    begins = (line.number for line in lines if line.number > after and _begins_the_board(line))
    return replace(found, recommendations=_addressed(items, next(begins, None)))


def _begins_the_board(line: Line) -> bool:
    return line.text[:1].isupper() and bool(BOARD.fullmatch(line.text))


def _addressed(items: Sequence[ExtractedRecommendation], board: int | None) -> tuple[ExtractedRecommendation, ...]:
    if board is None:
        return tuple(items)
    return tuple(
        replace(item, addressee="LSCB" if item.source.lines[0] > board else "Local authority") for item in items
    )
