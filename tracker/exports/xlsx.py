"""The workbook of a pack: a summary with charts, a sheet for each table, and what did not fit into a cell.

No cell is a formula. The same contents give the same bytes, whenever they are written.
"""

from contextlib import closing
from typing import IO

from tracker.exports.tables import tables
from tracker.exports.workbook import overflow
from tracker.exports.workbook.book import opened
from tracker.exports.workbook.looks import looks
from tracker.exports.workbook.overflow import Overflow
from tracker.exports.workbook.sheet import Desk, write_table
from tracker.exports.workbook.summary import write_summary
from tracker.rules.pack import Contents


def write(file: IO[bytes], contents: Contents) -> dict[str, int]:
    """Write the workbook to a file opened for bytes; how many rows stand on which sheet."""
    with closing(Overflow()) as long, opened(file, contents.cover) as book:
        desk = Desk(book, looks(book), long, contents.cover)
        write_summary(desk, contents)
        counts = {
            table.title: write_table(desk, table.title, table.columns, table.rows(), table.empty)
            for table in tables(contents)
        }
        if long.count:
            write_table(desk, overflow.TITLE, overflow.COLUMNS, long.rows(), "")
        return counts
