"""The top of a new page: whether a list's heading printed there goes on with the list, or begins another."""

from collections.abc import Sequence

from tracker.extraction.listing import Reading, Shape, title_of
from tracker.extraction.paper import Line, Mark
from tracker.extraction.taking import FINAL, ITEM_MARKS, POINTS_BACK, SKIPPED


def repeats(reading: Reading, lines: Sequence[Line], start: int, place: int, shape: Shape) -> bool:
    """Whether the heading at `place` is the one at `start` again, over what goes on of the open list.

    A list that is begun anew would lose its deadline and the second half of an item that the page cuts in two.
    """
    above = next(line for line in reversed(lines[:place]) if line.mark not in SKIPPED)
    if not reading.is_open or above != reading.last or above.page >= lines[place].page:
        return False
    after = next((line for line in lines[place + 1 :] if line.mark not in SKIPPED), None)
    return after is not None and title_of(lines[place]) == title_of(lines[start]) and _goes_on(reading, after, shape)


def _goes_on(reading: Reading, line: Line, shape: Shape) -> bool:
    if line.mark in ITEM_MARKS:
        follows = not line.ref or int(line.ref) == int(reading.items[-1][0].ref or 0) + 1
        return line.mark is reading.kind and follows
    unfinished = not FINAL.search(reading.last.text) and not (shape.rows or shape.paragraphs)
    return line.mark is Mark.PLAIN and (line.text[:1].islower() or bool(POINTS_BACK.match(line.text)) or unfinished)
