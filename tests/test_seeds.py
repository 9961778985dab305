"""The seed reports are the bytes they came as, and their provenance page says so."""

import hashlib
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
PROVENANCE = (SEEDS / "PROVENANCE.md").read_text(encoding="utf-8")


def rows_of_the_page():
    lines = [line for line in PROVENANCE.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


ROWS = rows_of_the_page()


def in_one_line(text):
    return " ".join(text.split())


def test_every_seed_has_a_row_and_every_row_a_seed():
    assert sorted(row["file"] for row in ROWS) == sorted(path.name for path in SEEDS.glob("*.txt"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_seed_has_the_sha256_that_its_provenance_states(row):
    assert hashlib.sha256((SEEDS / row["file"]).read_bytes()).hexdigest() == row["sha256"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
@pytest.mark.parametrize("column", ["title", "body", "inspection dates", "publication date printed"])
def test_what_the_provenance_states_stands_in_the_seed(row, column):
    stated = row[column].removesuffix(" (the letter's date)")
    text = in_one_line((SEEDS / row["file"]).read_text(encoding="utf-8"))
    assert stated == "none" or stated in text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_the_licence_line_is_quoted_exactly_where_the_seed_prints_one(row):
    text = (SEEDS / row["file"]).read_text(encoding="utf-8")
    notice = next(line.removeprefix("> ") for line in PROVENANCE.splitlines() if line.startswith("> "))
    copyright_line = row["licence line"].split(",")[0]
    assert (copyright_line in text and notice in text) or (copyright_line == "none" and "©" not in text)
