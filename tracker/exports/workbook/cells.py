"""How a value is put into a cell, one way for each kind of column. Nothing is ever written as a formula or an address."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from tracker.exports.columns import Column, Kind, Look
from tracker.exports.inert import is_plain, runs, visible
from tracker.exports.workbook.looks import Looks
from tracker.exports.workbook.overflow import MOST, Overflow, fits
from tracker.exports.workbook.writer import Format, Worksheet
from tracker.rules.london import LONDON

Put = Callable[[int, int, Any], Any]  # row and column from 0, and a value that is not empty

BEFORE_1900 = date(1899, 12, 30).toordinal()  # spreadsheets count days from here (right from March 1900 on)
DAY = 86_400
MOST_DIGITS = 10**15  # a longer number would lose its last digits


def putters(sheet: Worksheet, columns: Sequence[Column], looks: Looks, overflow: Overflow) -> list[Put]:
    """For each column, what puts a value into a cell of this sheet."""
    return [_putter(sheet, column, looks, overflow) for column in columns]


def _putter(sheet: Worksheet, column: Column, looks: Looks, overflow: Overflow) -> Put:
    if column.look is not Look.PLAIN:
        return _rating(sheet, looks.rated[column.look], looks.kinds[Kind.TEXT])
    if column.kind is Kind.TEXT:
        return _text(sheet, column.heading, looks, overflow)
    return WAYS[column.kind](sheet, looks.kinds[column.kind])


def _text(sheet: Worksheet, heading: str, looks: Looks, overflow: Overflow) -> Put:
    write, look, short = sheet.write_string, looks.kinds[Kind.TEXT], MOST // 2

    def put(row: int, col: int, value: str) -> Any:
        if len(value) <= short and is_plain(value) and "_x" not in value:
            return write(row, col, value, look)
        words = shown(value)
        if not fits(words):
            words = overflow.take(sheet.name, row + 1, heading, words)
        return write_words(sheet, row, col, words, looks)

    return put


def shown(text: str) -> str:
    """The words as a cell holds them: every character to be seen, lines ended as spreadsheets end them."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def write_words(sheet: Worksheet, row: int, col: int, words: str, looks: Looks) -> None:
    """Write words that may look like a formula, or like marks of the file itself."""
    look = looks.quoted if runs(words) else looks.kinds[Kind.TEXT]
    parts = MARKS.split(words)
    if len(parts) == 1:
        sheet.write_string(row, col, words, look)
    else:
        runs_of_words = [each for part in parts for each in (look, part)]
        sheet.write_rich_string(row, col, *runs_of_words[1:], look)


# Between these, words are given in two runs. At their beginning "<r>" would be taken for words that are marked up
# already, and not be escaped; "_x0041_" stands for a character, and readers differ in how they undo its escape.
MARKS = re.compile(r"(?<=\A<)(?=r>)|(?<=_)(?=x[0-9A-Fa-f]{4}_)")


def _rating(sheet: Worksheet, words: dict[str, Format], otherwise: Format) -> Put:
    write, look = sheet.write_string, words.get

    def put(row: int, col: int, value: str) -> Any:
        return write(row, col, value, look(value, otherwise))

    return put


def _day(sheet: Worksheet, look: Format) -> Put:
    write = sheet.write_number

    def put(row: int, col: int, value: date) -> Any:
        return write(row, col, value.toordinal() - BEFORE_1900, look)

    return put


def _moment(sheet: Worksheet, look: Format) -> Put:
    write = sheet.write_number

    def put(row: int, col: int, value: datetime) -> Any:
        return write(row, col, serial(value), look)

    return put


def serial(at: datetime) -> float:
    """A moment as spreadsheets count: days since the end of 1899, by London's clock, to the second."""
    there = at.astimezone(LONDON)
    seconds = there.hour * 3600 + there.minute * 60 + there.second
    return there.toordinal() - BEFORE_1900 + seconds / DAY


def _number(sheet: Worksheet, look: Format) -> Put:
    def put(row: int, col: int, value: int) -> Any:
        if abs(value) < MOST_DIGITS:
            return sheet.write_number(row, col, value, look)
        return sheet.write_string(row, col, str(value), look)

    return put


def _flag(sheet: Worksheet, look: Format) -> Put:
    write = sheet.write_string

    def put(row: int, col: int, value: bool) -> Any:
        return write(row, col, "Yes" if value else "No", look)

    return put


WAYS: dict[Kind, Callable[[Worksheet, Format], Put]] = {
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
}
