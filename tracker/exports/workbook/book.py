"""The workbook as a file: what it says of itself, and sheets that are either whole in memory or written as they stream."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from tempfile import TemporaryDirectory
from typing import IO

from tracker.exports.inert import visible
from tracker.exports.workbook.looks import FONT
from tracker.exports.workbook.telling import as_at, secrecy
from tracker.exports.workbook.writer import Workbook, Worksheet
from tracker.rules.pack import Cover

SETTINGS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@contextmanager
def opened(file: IO[bytes], cover: Cover) -> Iterator[Workbook]:
    """A workbook to be filled; it is written to the file at the end, and not at all where something failed.

    What streams is kept in a folder of its own until then, which goes in any case.
    """
    with TemporaryDirectory(prefix="workbook-") as folder:
        # The library writes into the properties it is given, so each workbook gets a copy.
        book = Workbook(file, {**SETTINGS, "default_format_properties": dict(FONT), "tmpdir": folder})
        book.use_zip64()
        try:
            _describe(book, cover)
            yield book
            book.close()
        finally:
            _let_go(book)


def add_sheet(book: Workbook, name: str, *, streamed: bool) -> Worksheet:
    """A sheet. A streamed one holds one row in memory, must be written in the order of its rows, and has no table."""
    book.constant_memory = streamed  # each sheet keeps what it was when the sheet was added
    sheet: Worksheet = book.add_worksheet(name)
    book.constant_memory = False
    return sheet


def _describe(book: Workbook, cover: Cover) -> None:
    """What the file says of itself: nothing of the moment at which it was written, so that its bytes can be repeated."""
    book.set_size(2400, 1400)
    book.set_properties(
        {
            "title": visible(f"{cover.authority}: improvement plan. {as_at(cover)}"),
            "subject": "What was asked, what was done, by whom, on what evidence, late or in time",
            "author": "Improvement tracker",
            "company": visible(cover.authority),
            "category": secrecy(cover),
            "comments": f"Rebuilt from the trail: {cover.chain}, event {cover.sequence}, {cover.head}",
            "created": cover.scope.as_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    book.set_custom_property("Chain", cover.chain)
    book.set_custom_property("Event", str(cover.sequence))
    book.set_custom_property("Head", cover.head)


def _let_go(book: Workbook) -> None:
    """Close what streamed sheets hold open; after a workbook was written, nothing is."""
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
            sheet.row_data_fh.close()
