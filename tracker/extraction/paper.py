"""What a reader makes of a file, whatever its format: pages, and their printed lines with looks and place."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Box = tuple[
    int, int, int, int, int
]  # page, left, top, right, bottom: tenths of a point from the page's top left corner


class Mark(StrEnum):
    """What a line is, as far as its own looks tell."""

    PLAIN = "plain"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBER = "number"
    CONTENTS = "contents"
    NOTE = "note"


class Line(NamedTuple):
    """One printed line. `raw` is as it stands; `text` is without marks. Numbers count from 1.

    `number` counts through the whole file. `gap` says that a blank line, a wide space or a page break stands before
    it, `ruled` that a drawn rule does. `indent` is in characters, `size` (of the type, 0 where unknown) in points.
    A tuple and not a dataclass, because a report has thousands and each is copied as it is marked.
    `part` numbers the tagged element the line stands in (0 where the file tells none) and `tag` is its kind.
    """

    page: int
    number: int
    raw: str
    text: str = ""
    mark: Mark = Mark.PLAIN
    ref: str | None = None
    gap: bool = False
    ruled: bool = False
    indent: float = 0.0
    size: float = 0.0
    bold: bool = False
    slanted: bool = False
    box: Box | None = None
    part: int = 0
    tag: str = ""


@dataclass(frozen=True)
class Page:
    """A page and its lines, blank ones left out. `near` says that the looks of its lines are known or do not exist;
    where it is False only the words are, because nothing on the page calls for more. `paper` is the width and height
    of what is shown, in tenths of a point; 0 where that is not known or there is no paper."""

    number: int
    lines: tuple[Line, ...]
    near: bool = True
    paper: tuple[int, int] = (0, 0)


class Unreadable(Exception):
    """Why a file cannot be read, in a sentence for a council officer."""


def check_page(number: int, pages: int) -> None:
    """Raises Unreadable where a file of so many pages has no page of that number, counted from 1."""
    if not 1 <= number <= pages:
        held = "1 page" if pages == 1 else f"{pages:,} pages"
        raise Unreadable(f"This file has {held}: there is no page {number:,}.")
