"""CSV: every column reads from a row, and no cell is run by a spreadsheet."""

import csv as standard
import io
from datetime import UTC, date, datetime

import pytest

from tracker.exports import columns, csv
from tracker.exports.columns import Column

EMPTY = {
    "authority": {},
    "action": {},
    "recommendation": {},
    "report": {},
    "owner": {},
    "accountable": {},
    "computed": {},
}
FULL = {
    "action": {
        "reference": "RTH-2012-01",
        "what": "see every child alone",
        "outcome": "children are heard",
        "priority": "immediate",
        "start_on": "2012-09-01",
        "original_due": "2012-12-03",
        "agreed_due": "2013-02-01",
        "due_basis": "chosen",
        "due_explanation": "Monday 3 December 2012, chosen.",
        "status": "in_progress",
        "lowered_reason": "the supplier is late",
        "impact": "emerging",
        "submitted_at": "2012-11-01T12:00:00.000000Z",
        "closed_at": "2013-06-01T12:00:00.000000Z",
        "next_check_on": "2013-12-01",
    },
    "recommendation": {
        "citation": {"page": 3},
        "heading": "Immediately",
        "text": "ensure that children are seen",
        "timescale": "immediately",
        "response": "in_part",
    },
    "authority": {"short_name": "Staffordshire"},
    "report": {"title": "Inspection", "publication_date": "2012-08-10"},
    "owner": {"name": "Ben Moss", "job_title": "Service manager", "organisation": "Rotherham"},
    "accountable": {"name": "Amina Lark"},
    "computed": {"delivery": "At risk"},
}


@pytest.mark.parametrize("text", ["=1+1", "+44 1709", "-5", "@SUM(A1)", "\tx", "\rx", "\nx"])
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
        (date(2012, 8, 10), "2012-08-10"),
        (datetime(2012, 8, 10, 9, 30, tzinfo=UTC), "2012-08-10 10:30"),
        (datetime(2012, 12, 10, 9, 30, tzinfo=UTC), "2012-12-10 09:30"),
    ],
)
def test_a_cell_is_text_with_days_in_iso_form_and_moments_in_london(value, text):
    assert csv.cell(value) == text


def test_a_negative_number_is_inert_too():
    assert csv.cell(-5) == "'-5"


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

    csv.write(file, [Column("Number", lambda row: row["n"])], rows())
    assert seen == [1, 2]


@pytest.mark.parametrize("column", columns.ACTIONS, ids=lambda column: column.heading)
def test_every_column_reads_a_full_row(column):
    assert csv.cell(column.read(FULL))


@pytest.mark.parametrize("column", columns.ACTIONS, ids=lambda column: column.heading)
def test_every_column_reads_a_row_in_which_nothing_is_set(column):
    assert csv.cell(column.read(EMPTY)) == ""


def test_no_two_columns_share_a_heading_or_read_the_same():
    headings = [column.heading for column in columns.ACTIONS]
    cells = [csv.cell(column.read(FULL)) for column in columns.ACTIONS]
    assert (len(set(headings)), len(set(cells))) == (len(headings), len(cells))


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Status", "In progress"),
        ("Basis of the date", "Chosen by a person"),
        ("Priority", "Immediate"),
        ("Impact", "Emerging"),
        ("Response", "Accepted in part"),
        ("Due date", "2013-02-01"),
        ("Closed", "2013-06-01 13:00"),
        ("Page", "3"),
    ],
)
def test_a_stored_word_is_exported_as_people_read_it(heading, cell):
    column = next(column for column in columns.ACTIONS if column.heading == heading)
    assert csv.cell(column.read(FULL)) == cell
