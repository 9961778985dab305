"""A table as a sheet: a native table with filters, or, where it is long, a plain sheet with a filter that streams."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from tracker.exports.columns import Cell, Column, Look, headings
from tracker.exports.workbook.book import add_sheet
from tracker.exports.workbook.cells import putters
from tracker.exports.workbook.heights import heading_height, height, room
from tracker.exports.workbook.looks import Looks
from tracker.exports.workbook.overflow import Overflow
from tracker.exports.workbook.paper import set_up
from tracker.exports.workbook.writer import Workbook, Worksheet
from tracker.rules.pack import MOST_IN_A_TABLE, Cover

Cells = Sequence[Cell]
MOST_ROWS = 1_048_575  # a sheet holds one more, its heading


@dataclass(frozen=True)
class Desk:
    """What every sheet is written with."""

    book: Workbook
    looks: Looks
    overflow: Overflow
    cover: Cover


def write_table(desk: Desk, title: str, columns: Sequence[Column], rows: Iterable[Any], empty: str) -> int:
    """Write a table to a sheet of its own, and on to further sheets where it is longer than one; how many rows."""
    reads = [column.read for column in columns]
    ahead = Ahead([read(row) for read in reads] for row in rows)
    native = ahead.is_short
    count = _write_sheet(desk, title, columns, ahead.up_to(MOST_ROWS), native)
    if count == 0:
        desk.book.get_worksheet_by_name(title).write_string(1, 0, empty, desk.looks.small)
    written, part = count, 1
    while not ahead.is_over:
        part += 1
        written += _write_sheet(desk, f"{title} {part}", columns, ahead.up_to(MOST_ROWS), native=False)
    return written


class Ahead:
    """Rows of cells, the first of them read ahead to see whether there are few."""

    def __init__(self, rows: Iterable[Cells]) -> None:
        self._rest = iter(rows)
        self._read = deque(islice(self._rest, MOST_IN_A_TABLE + 1))
        self.is_short = len(self._read) <= MOST_IN_A_TABLE

    def up_to(self, most: int) -> Iterator[Cells]:
        """The next rows, at most so many; none is kept."""
        return islice(chain(self._let_go(), self._rest), most)

    @property
    def is_over(self) -> bool:
        """Whether there is no further row."""
        if not self._read:
            self._read.extend(islice(self._rest, 1))
        return not self._read

    def _let_go(self) -> Iterator[Cells]:
        while self._read:
            yield self._read.popleft()


def _write_sheet(desk: Desk, name: str, columns: Sequence[Column], rows: Iterable[Cells], native: bool) -> int:
    sheet = add_sheet(desk.book, name, streamed=not native)
    _lay_out(sheet, desk, columns)
    for col, heading in enumerate(headings(columns)):
        sheet.write_string(0, col, heading, desk.looks.heading)
    count = _write_rows(sheet, desk, columns, rows)
    if native and count:
        sheet.add_table(0, 0, count, len(columns) - 1, _as_table(name, columns, desk.looks))
    elif count:
        sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _lay_out(sheet: Worksheet, desk: Desk, columns: Sequence[Column]) -> None:
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
    sheet.set_row(0, heading_height(columns))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    rated = any(column.look is not Look.PLAIN for column in columns)
    set_up(sheet, desk.cover, width=sum(column.width for column in columns), rated=rated)


def _write_rows(sheet: Worksheet, desk: Desk, columns: Sequence[Column], rows: Iterable[Cells]) -> int:
    puts = putters(sheet, columns, desk.looks, desk.overflow)
    blank, rooms = desk.looks.words, room(columns)
    number = 0
    for number, cells in enumerate(rows, 1):
        if sheet.constant_memory:
            _forget(sheet, number - 2)
        if high := height(cells, rooms):
            sheet.set_row(number, high)
        for col, value in enumerate(cells):
            if value is None or value == "":
                sheet.write_blank(number, col, None, blank)
            else:
                puts[col](number, col, value)
    return number


def _forget(sheet: Worksheet, row: int) -> None:
    """Let go of what a streamed sheet knows of a row that it has written: it would fill the memory, row by row."""
    sheet.row_info.pop(row, None)
    sheet.row_sizes.pop(row, None)


def _as_table(name: str, columns: Sequence[Column], looks: Looks) -> dict[str, Any]:
    return {
        "name": f"{name.replace(' ', '_')}_table",
        "style": None,
        "columns": [{"header": heading, "header_format": looks.heading} for heading in headings(columns)],
    }
