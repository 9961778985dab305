"""What stands in a pack: each paper with the words said while it is written. One table, in the order of the making."""

from collections.abc import Callable
from pathlib import Path

from tracker.exports import csv, docx, pdf, xlsx
from tracker.exports.tables import tables
from tracker.exports.verifying import how_to_verify, script
from tracker.rules.chain import canonical
from tracker.rules.pack import Contents, Cover, Name

Paper = Callable[[Path, Contents], None]


def sheets(folder: Path, contents: Contents) -> None:
    """The tables as CSV."""
    for table in tables(contents):
        if table.file:
            with (folder / table.file).open("w", encoding="utf-8-sig", newline="") as file:
                csv.write(file, table.columns, table.rows())


def workbook(folder: Path, contents: Contents) -> None:
    """All tables as one workbook."""
    with (folder / Name.WORKBOOK).open("wb") as file:
        xlsx.write(file, contents)


def trail(folder: Path, contents: Contents) -> None:
    """The trail, one event a line."""
    with (folder / Name.TRAIL).open("wb") as file:
        file.writelines(canonical(event) + b"\n" for event in contents.events())


# What the page that asks for a pack says of its files.
LISTED: tuple[tuple[str, str], ...] = (
    (Name.REPORT, "the report to read and print: totals, tables, and a section for each action"),
    (Name.DOCUMENT, "the same as a Word document, to paste from"),
    (Name.WORKBOOK, "all tables as a workbook, with charts"),
    ("CSV files", "the same tables, one a file: actions, updates, evidence, extensions, recommendations and more"),
    (Name.TRAIL, "the trail: every event up to that moment, each bound to the one before"),
    (Name.HOW_TO, "how anybody can verify the pack, with a script that needs no installation"),
)

PAPERS: tuple[tuple[str, Paper], ...] = (
    ("Writing the tables", sheets),
    ("Writing the trail", trail),
    ("Writing the workbook", workbook),
    ("Setting the report", pdf.write),
    ("Setting the report as a Word document", docx.write),
)


def explained(cover: Cover, names: list[str], *, withheld: int, erased: int) -> dict[str, bytes]:
    """The files that say how a pack of these files is verified, by their names."""
    page = how_to_verify(cover, names=names, withheld=withheld, erased=erased)
    return {Name.HOW_TO: page.encode(), Name.VERIFIER: script()}
