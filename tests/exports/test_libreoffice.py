"""The workbook as another program reads it: it opens without repair, and every cell holds what the columns say."""

import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest

from tests.exports import contents
from tests.exports.test_xlsx import AWKWARD, differences
from tracker.exports import xlsx
from tracker.exports.workbook import sheet

LONG = "\U0001f642long " * 8_000


@pytest.fixture(scope="module")
def soffice():
    found = shutil.which("soffice")
    if not found:
        pytest.skip("there is no soffice here (LibreOffice Calc)")
    return found


def awkward():
    """The small plan with words that are hard to carry, and one text too long for a cell."""
    notes = [AWKWARD, "<r>1</r>", "_x0042_x0041_", "=HYPERLINK(1)", "+44 1709", LONG]
    return replace(
        contents.contents(),
        updates=contents.again([{**contents.updates()[1], "note": {"text": text}} for text in notes]),
    )


def test_libreoffice_opens_tables_and_streamed_sheets_and_keeps_every_cell(soffice, tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_IN_A_TABLE", 6)  # the actions stream, the updates are a table
    made = awkward()
    with (tmp_path / "actions.xlsx").open("wb") as file:
        xlsx.write(file, made)
    again = tmp_path / "again"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", again, tmp_path / "actions.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(again / "actions.xlsx")
    different = [found[:3] for found in differences(book, made)]
    pieces = "".join(row[4] for row in book["Overflow"].iter_rows(min_row=2, values_only=True))
    assert different == [("Updates", 7, "Update")] and pieces == LONG
    assert (len(book["Updates"].tables), len(book["Summary"]._charts)) == (1, 2)
