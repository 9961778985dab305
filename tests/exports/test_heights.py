"""Rows high enough for their wrapped words, and no higher than a row can be."""

import pytest

from tracker.exports.columns import Column, Kind, Look
from tracker.exports.workbook.heights import HIGHEST, LINE, height, lines, room

COLUMNS = (
    Column("Day", lambda row: None, Kind.DATE, 10),
    Column("Text", lambda row: None, width=24),
    Column("Rating", lambda row: None, width=24, look=Look.DELIVERY),
)


@pytest.mark.parametrize(
    ("words", "count"), [("", 1), ("a" * 20, 1), ("a" * 21, 2), ("a\n\nb", 3), ("a" * 41 + "\nb", 4)]
)
def test_lines_are_counted_paragraph_by_paragraph(words, count):
    assert lines(words, 20) == count


@pytest.mark.parametrize(
    ("cells", "high"),
    [
        ((None, "short", "Overdue"), None),
        ((None, "one\ntwo", ""), 2 * LINE + 2),
        ((None, "a" * 30, "Not yet due to start, or no date"), 2 * LINE + 2),
        ((None, "a" * 5000, ""), HIGHEST),
    ],
)
def test_a_row_is_as_high_as_its_longest_cell(cells, high):
    assert height(cells, room(COLUMNS)) == high
