"""How high a row stands so that its wrapped words show: reckoned, because not every program does so when it opens a file."""

from collections.abc import Sequence

from tracker.exports.columns import Cell, Column, Kind, Look

LINE = 12.75  # points of one line of the workbook's font
HIGHEST = 409.0  # no row can be higher
BUTTON = 4  # characters that the button of a filter takes
PREFIX = 4  # characters that a rating's letter adds


def room(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Where words may wrap: the place of each such column, and how many characters of them fit on a line."""
    return [(place, _line(column)) for place, column in enumerate(columns) if column.kind is Kind.TEXT]


def _line(column: Column) -> int:
    taken = 0 if column.look is Look.PLAIN else PREFIX
    return max(int(column.width * 0.95) - 2 - taken, 4)


def heading_height(columns: Sequence[Column]) -> float:
    """The height of the headings, each beside the button of its filter."""
    most = max(lines(column.heading, max(column.width - BUTTON, 4)) for column in columns)
    return max(most, 2) * LINE + 8


def height(cells: Sequence[Cell], rooms: Sequence[tuple[int, int]]) -> float | None:
    """The height of a row in points; None where each cell has one line."""
    most = 1
    for place, line in rooms:
        words = cells[place]
        if isinstance(words, str) and (len(words) > line or "\n" in words):
            most = max(most, lines(words, line))
    return min(most * LINE + 2, HIGHEST) if most > 1 else None


def lines(words: str, line: int) -> int:
    """How many lines the words take, each paragraph on lines of its own."""
    return sum(-(-len(paragraph) // line) or 1 for paragraph in words.split("\n"))
