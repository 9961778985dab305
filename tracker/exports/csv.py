"""CSV: UTF-8 with a mark that spreadsheets know, dates in ISO form, and no cell that a spreadsheet would run.

As RFC 4180 sets it out: a comma between cells, lines that end in CR LF, quotation marks where they are needed. Lines
within a cell stay as they are, and nothing is cut.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TextIO

from tracker.exports.columns import Cell, Column, Kind, Row, headings
from tracker.exports.inert import LOOK_CLOSER, inert, is_seen, visible
from tracker.rules.london import LONDON

# What to open a file with, for `write`: a mark at its beginning, and no other ends of line than written.
OPENED = {"encoding": "utf-8-sig", "newline": ""}


class _Line:
    """A file that hands back the line it is given, so that the line can be looked at before it is written."""

    def write(self, line: str) -> str:
        return line


def write(file: TextIO, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write the heading and each row as it comes; how many rows there were. Open the file with OPENED."""
    writer: Any = csv.writer(_Line())
    file.write(writer.writerow(headings(columns)))
    readers = [(AS_TEXT[column.kind], column.read) for column in columns]
    count = 0
    for row in rows:
        # In place for the many cells that are plain words or empty: a call for each would cost as much as writing them.
        cells = [
            (inert(value) if value and value[0] in LOOK_CLOSER else value)
            if (value := read(row)).__class__ is str
            else ""
            if value is None
            else as_text(value)
            for as_text, read in readers
        ]
        line = writer.writerow(cells)
        file.write(line if is_seen(line) else writer.writerow([visible(words) for words in cells]))
        count += 1
    return count


def cell(value: Cell) -> str:
    """A cell as text, whatever it is."""
    return "" if value is None else AS_TEXT[_kind(value)](value)


def _kind(value: Cell) -> Kind:
    if isinstance(value, bool):
        return Kind.FLAG
    if isinstance(value, datetime):
        return Kind.MOMENT
    if isinstance(value, int):
        return Kind.NUMBER
    return Kind.DATE if isinstance(value, date) else Kind.TEXT


def _words(text: str) -> str:
    return visible(inert(text))


def _moment(at: datetime) -> str:
    """In London's time, to the minute."""
    return at.astimezone(LONDON).isoformat(" ", "minutes")[:16]


# How a cell of each kind that is not empty is written.
AS_TEXT: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _words,
    Kind.DATE: date.isoformat,
    Kind.MOMENT: _moment,
    Kind.NUMBER: str,
    Kind.FLAG: {True: "Yes", False: "No"}.__getitem__,
}
