"""CSV: all rows whole, as they come, and no cell is run by a spreadsheet."""

import csv as standard
import io
from datetime import UTC, date, datetime

import pytest

from tests.exports import contents
from tracker.exports import columns, csv
from tracker.exports.columns import Column, Kind
from tracker.exports.tables import tables

FULL = contents.action(2)


@pytest.mark.parametrize("text", ["=1+1", "+44 1709", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", " =1", "\ufeff=1"])
def test_a_cell_that_could_be_a_formula_is_made_inert(text):
    assert csv.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "see every child", "5 = five", "a\n=b", "'quoted", "70%"])
def test_other_words_are_left_as_they_are(text):
    assert csv.cell(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (7, "7"),
        (True, "Yes"),
        (False, "No"),
        (date(2012, 8, 10), "2012-08-10"),
        (datetime(2012, 8, 10, 9, 30, tzinfo=UTC), "2012-08-10 10:30"),
        (datetime(2012, 12, 10, 9, 30, tzinfo=UTC), "2012-12-10 09:30"),
    ],
)
def test_a_cell_is_text_with_days_in_iso_form_and_moments_in_london(value, text):
    assert csv.cell(value) == text


def test_a_character_that_nobody_sees_is_shown():
    assert csv.cell("be\x07ll \x00 \x7f \ud800") == "be␇ll ␀ ␡ \\ud800"


def written(rows, of=columns.ACTIONS):
    file = io.StringIO(newline="")
    count = csv.write(file, of, rows)
    return count, list(standard.reader(io.StringIO(file.getvalue(), newline="")))


def test_the_rows_are_counted_and_headed():
    count, lines = written([FULL, FULL])
    assert (count, len(lines), lines[0]) == (2, 3, [column.heading for column in columns.ACTIONS])


def test_no_rows_leave_the_heading():
    count, lines = written([])
    assert (count, len(lines)) == (0, 1)


def test_long_and_many_lined_words_come_back_whole():
    text = 'He said "now";\nthen, later.' + "x" * 40_000
    _, lines = written([{"a": {"t": text}}], [Column("Text", lambda row: row["a"]["t"])])
    assert lines[1] == [text]


def test_rows_are_written_as_they_come():
    file, seen = io.StringIO(newline=""), []

    def rows():
        for number in (1, 2):
            seen.append(file.getvalue().count("\n"))
            yield {"n": number}

    csv.write(file, [Column("Number", lambda row: row["n"], Kind.NUMBER)], rows())
    assert seen == [1, 2]


def test_a_row_with_a_character_that_nobody_sees_shows_it_and_stays_inert():
    _, lines = written([{"t": "\t=1\x07"}], [Column("Text", lambda row: row["t"])])
    assert lines[1] == ["'\t=1␇"]


def test_lines_end_as_the_standard_says_and_those_within_a_cell_stay_as_they_are():
    file = io.StringIO(newline="")
    csv.write(file, [Column("Text", lambda row: row["t"])], [{"t": 'one\ntwo\r\n"three"'}])
    assert file.getvalue() == 'Text\r\n"one\ntwo\r\n""three"""\r\n'


def test_a_file_begins_with_the_mark_of_its_encoding(tmp_path):
    with (tmp_path / "t.csv").open("w", **csv.OPENED) as file:
        csv.write(file, columns.ACTIONS, [])
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbfReference,")


def test_every_table_with_a_file_is_written_whole():
    found = {}
    for table in tables(contents.contents()):
        if table.file:
            count, lines = written(table.rows(), table.columns)
            found[table.file] = (count, {len(line) for line in lines} == {len(table.columns)})
    assert found == {
        "actions.csv": (8, True),
        "updates.csv": (2, True),
        "evidence.csv": (2, True),
        "extensions.csv": (2, True),
        "recommendations.csv": (8, True),
        "statutory-steps.csv": (1, True),
        "movement.csv": (1, True),
    }


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Status", "In progress"),
        ("Basis of the date", "Chosen by a person"),
        ("Delivery rating", "Overdue"),
        ("Due date", "2013-02-15"),
        ("Latest update on", "2013-02-25 16:45"),
        ("Page", "3"),
        ("Overdue against the original date", "Yes"),
        ("Themes", "Assessment; Voice of the child"),
    ],
)
def test_a_stored_word_is_exported_as_people_read_it(heading, cell):
    _, lines = written([FULL])
    assert lines[1][lines[0].index(heading)] == cell
