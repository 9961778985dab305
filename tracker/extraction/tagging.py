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
        if any(_torn(first, second) for first, second in pairwise(item)):
            yield Doubt("The file's own tags make two items of one: check where it ends.", source=source_of(item))


def _same_part(one: Line, other: Line) -> bool:
    return one.page == other.page and one.part == other.part != 0


def _torn(above: Line, line: Line) -> bool:
    """Whether two lines of an item, neither a nested bullet, stand in two list items of the tags."""
    both = above.tag == line.tag == "LI" and above.page == line.page
    return both and above.part != line.part and line.mark is not Mark.BULLET
