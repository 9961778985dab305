"""One sheet of a spreadsheet as rows of words, in this process: an Excel workbook by its values, CSV by its own marks."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from tracker.extraction.pages import check_size
from tracker.extraction.paper import Unreadable
from tracker.extraction.shapes import Json

ROWS, COLUMNS = 3000, 100  # the largest plan seen has some hundred rows and some thirty columns
CHARACTERS = 10_000  # in one cell
UNPACKED = 300 * 1024 * 1024  # bytes that a workbook may unpack to; a plan unpacks to a few million
DELIMITERS = ",;\t|"
SAMPLE = 64 * 1024
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ZIP = b"PK\x03\x04"
TOO_MANY = (
    f"This sheet has more than {ROWS:,} rows. A plan is far shorter: copy the plan’s rows into a file of their own."
)
TOO_WIDE = f"This sheet has more than {COLUMNS} columns. Copy the plan’s columns into a file of their own."
DAMAGED = "This workbook is damaged. Open it in Excel, save it under another name and bring that."
LOCKED = "This workbook is locked with a password. Save it without one and bring that."
BOMB = "This workbook unpacks to far more than a plan ever needs, so it was not opened."

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One sheet. `sheets` are the names of all; `number` counts from 1; `rows` have all the same width, a day in a
    cell is YYYY-MM-DD, and what merged cells say stands in each row they cover. `error` is a sentence where there is
    nothing to show.
    """

    number: int = 1
    sheets: tuple[str, ...] = ()
    rows: tuple[Cells, ...] = ()
    error: str | None = None

    def to_json(self) -> Json:
        """Plain values for JSON."""
        rows = [list(row) for row in self.rows]
        return {"number": self.number, "sheets": list(self.sheets), "rows": rows, "error": self.error}

    @classmethod
    def from_json(cls, row: Json) -> "Table":
        """The way back from to_json; raises KeyError or TypeError on anything else."""
        return cls(row["number"], tuple(row["sheets"]), tuple(map(tuple, row["rows"])), row["error"])


def tabulate_here(data: bytes, *, number: int, size: int) -> Table:
    """Sheet `number` (from 1) of a file of at most `size` bytes; never raises for what the bytes hold."""
    try:
        check_size(data, size)
        return _workbook(data, number) if data.startswith(ZIP) else _text(data)
    except Unreadable as refusal:
        return Table(number, error=str(refusal))


def _workbook(data: bytes, number: int) -> Table:
    _check_unpacked(data)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = tuple(book.sheet_names)
            if not 1 <= number <= len(names):
                raise Unreadable("This workbook has no such sheet.")
            sheet = book.get_sheet_by_index(number - 1)
            return Table(number, names, _square(_filled(sheet)))
    except calamine.PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


def _check_unpacked(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            whole = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error
    if whole > UNPACKED:
        raise Unreadable(BOMB)


def _filled(sheet: calamine.CalamineSheet) -> list[list[str]]:
    """The rows from the first, with the words of a merged cell in every row it covers."""
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= ROWS:
        raise Unreadable(TOO_MANY)
    if last_column >= COLUMNS:
        raise Unreadable(TOO_WIDE)
    rows = [[_words(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and left < len(rows[top]):
                row[left] = rows[top][left]
    return rows


def _words(value: Any) -> str:
    """A cell as words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else _clean(str(value))


def _clean(words: str) -> str:
    """Without the characters that nothing can keep, and no longer than a cell of a plan."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\xa0", " ")
    return lines.replace("_x000D_", "").strip()[: CHARACTERS + 1]


def _square(rows: Sequence[Sequence[str]]) -> tuple[Cells, ...]:
    """All rows of one width; empty ones at the end, and empty columns on the right, are left off."""
    last = max((n for n, row in enumerate(rows, 1) if any(row)), default=0)
    kept = rows[:last]
    width = max((n for row in kept for n, cell in enumerate(row, 1) if cell), default=0)
    if not width:
        raise Unreadable("This sheet is empty. Choose the file, or the sheet, that holds the plan.")
    return tuple((*row[:width], *[""] * (width - len(row))) for row in kept)


def _text(data: bytes) -> Table:
    text = _decoded(data)
    try:
        rows = _limited(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))
    except csv.Error as error:
        raise Unreadable("This file cannot be read as CSV. Open it in Excel, save it as a workbook (xlsx).") from error
    return Table(1, ("",), _square(rows))


def _limited(read: Iterable[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in read:
        if len(rows) >= ROWS:
            raise Unreadable(TOO_MANY)
        if len(row) > COLUMNS and any(row[COLUMNS:]):
            raise Unreadable(TOO_WIDE)
        rows.append([_clean(cell) for cell in row[:COLUMNS]])
    return rows


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or the Windows-1252 of older Excel."""
    named = next((encoding for bom, encoding in BOMS if data.startswith(bom)), None)
    for encoding in (named,) if named else ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("The letters of this file cannot be told. Save it as CSV UTF-8, or as a workbook (xlsx).")


def _delimiter(text: str) -> str:
    """The mark between cells: the one that parts the file's beginning most often into rows of the same width."""
    if text.startswith("sep=") and text[4:5] in DELIMITERS:
        return text[4]

    def fits(mark: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=mark) if any(row)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=fits)
