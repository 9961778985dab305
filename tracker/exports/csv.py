"""CSV: UTF-8 with a mark that spreadsheets know, dates in ISO form, and no cell that a spreadsheet would run.

As RFC 4180 sets it out: a comma between cells, lines that end in CR LF, quotation marks where they are needed. Lines
within a cell stay as they are, and nothing is cut.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TextIO

from tracker.exports.columns import Cell, Column, Kind, Row, headings
from tracker.exports.inert import inert, is_plain, visible
from tracker.rules.london import LONDON

# What to open a file with, for `write`: a mark at its beginning, and no other ends of line than written.
OPENED = {"encoding": "utf-8-sig", "newline": ""}


def write(file: TextIO, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write the heading and each row as it comes; how many rows there were. Open the file with OPENED."""
    writer = csv.writer(file)
    writer.writerow(headings(columns))
    readers = [(AS_TEXT[column.kind], column.read) for column in columns]
    count = 0
    for row in rows:
        writer.writerow([words(read(row)) for words, read in readers])
        count += 1
    return count


def cell(value: Cell) -> str:
    """A cell as text, whatever it is."""
    return AS_TEXT[_kind(value)](value)


def _kind(value: Cell) -> Kind:
    if isinstance(value, bool):
        return Kind.FLAG
    if isinstance(value, datetime):
        return Kind.MOMENT
    return Kind.DATE if isinstance(value, date) else Kind.TEXT


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    words = str(value)
    return words if is_plain(words) else inert(visible(words))


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _moment(value: Any) -> str:
    """In London's time, to the minute."""
    return value.astimezone(LONDON).replace(tzinfo=None).isoformat(" ", "minutes") if value else ""


def _number(value: Any) -> str:
    return "" if value is None else str(value)


def _flag(value: Any) -> str:
    return "" if value is None else "Yes" if value else "No"


AS_TEXT: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _text,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
}
