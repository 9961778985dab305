"""CSV: UTF-8 with a mark that spreadsheets know, dates in ISO form, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TextIO

from tracker.exports.columns import Cell, Column, Row
from tracker.rules.london import LONDON

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str) -> str:
    """The text so that a spreadsheet shows it and never runs it: an apostrophe before what could be a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def cell(value: Cell) -> str:
    """A cell as text; moments are given in London's time, to the minute."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return inert(str(value))


def write(file: TextIO, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write the heading and each row as it comes; how many rows there were. Open the file with newline=""."""
    writer = csv.writer(file)
    writer.writerow([column.heading for column in columns])
    count = 0
    for row in rows:
        writer.writerow([cell(column.read(row)) for column in columns])
        count += 1
    return count
