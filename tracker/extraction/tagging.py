"""A second opinion on a list: the tags of the file, where it has them. Where they and the lines disagree, doubt."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.extraction.paper import Line, Mark
from tracker.extraction.shapes import Doubt, source_of


def disagreements(items: Sequence[Sequence[Line]]) -> Iterator[Doubt]:
    """A doubt for each item that the tags divide, or join to the one before it."""
    for above, item in pairwise(items):
        if _same_part(above[-1], item[0]) and item[0].tag == "LI":
            yield Doubt("The file's own tags make one item of two: check where it ends.", source=source_of(item))
    for item in items:
        if any(_torn(item[0], above, line) for above, line in pairwise(item)):
            yield Doubt("The file's own tags make two items of one: check where it ends.", source=source_of(item))


def _same_part(one: Line, other: Line) -> bool:
    return one.page == other.page and one.part == other.part != 0


def _torn(first: Line, above: Line, line: Line) -> bool:
    """Whether two lines of an item that begins as a list item of the tags, none a nested bullet, stand in two
    elements of them."""
    known = above.tag == first.tag == "LI" and line.part != 0
    return known and above.page == line.page and above.part != line.part and line.mark is not Mark.BULLET
