"""The columns: each reads what it says, from a full row and from one in which nothing is set."""

from datetime import date, datetime

import pytest

from tests.exports import contents
from tracker.exports import columns
from tracker.exports.columns import Kind, headings
from tracker.exports.tables import tables

TABLES = tables(contents.contents())
EACH = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
TYPES = {Kind.TEXT: str, Kind.DATE: date, Kind.MOMENT: datetime, Kind.NUMBER: int, Kind.FLAG: bool}
# What plans of real councils hold, and an inspector looks for.
EXPECTED = """Reference; Report; Page; Recommendation; Themes; What we will do; Desired outcome; Accountable lead; Owner;
Owner's post; Owner's organisation; Partners; Start; Original due date; Basis of the original date; Due date;
Extensions granted; Why this date; Delivery rating; Status; Latest update; Latest update by; Latest update on;
Pieces of evidence; Impact measures; Impact; Submitted; Closed; In time against the original date;
In time against the due date; Next check; Movement since"""


@EACH
def test_every_column_reads_what_its_kind_says(table):
    rows = full_rows(table)
    told = {
        column.heading: {type(cell) for row in rows if (cell := column.read(row)) not in (None, "")}
        for column in table.columns
    }
    assert told == {column.heading: {TYPES[column.kind]} for column in table.columns}


def full_rows(table):
    """The rows of the small plan, and one more of those tables in which some records lie apart."""
    return [*table.rows(), *MORE.get(table.title, [])]


MORE = {
    "Evidence": [
        {
            "evidence": {"kind": "note", "text": "Seen.", "erased_at": "2013-02-20T10:00:00.000000Z"},
            "behalf": contents.BEN,
        }
    ],
    "Clock": [
        {"step": {"printed": "2012-12-01", "chosen": "2012-12-02", "chosen_reason": "Agreed with the Department."}}
    ],
    "Challenges": [
        {
            "challenge": {"answer": "By audit.", "answered_at": "2013-02-20T10:00:00.000000Z"},
            "answered_by": contents.AMINA,
        }
    ],
}


@EACH
def test_every_column_reads_a_row_in_which_nothing_is_set(table):
    assert [column.heading for column in table.columns if column.read({}) not in (None, "")] == []


@EACH
def test_no_two_columns_share_a_heading(table):
    found = [heading.lower() for heading in headings(table.columns)]
    assert len(set(found)) == len(found)


def test_what_plans_hold_is_in_the_columns():
    expected = {" ".join(each.split()) for each in EXPECTED.split(";")}
    assert expected - set(headings(columns.ACTIONS)) == set()


def test_a_live_list_has_the_columns_that_it_can_fill():
    assert set(headings(columns.ACTIONS)) - set(headings(columns.LISTED)) == columns.NOT_LISTED


def cell(table, heading, row):
    return next(column for column in table if column.heading == heading).read(row)


def test_a_word_that_is_no_longer_known_stands_as_it_was_stored():
    assert cell(columns.ACTIONS, "Status", {"action": {"status": "parked"}}) == "parked"


def test_an_update_without_words_says_what_it_says_at_a_glance():
    row = {"computed": {"latest_update": {"text": "", "kind": "on_track"}}}
    assert cell(columns.ACTIONS, "Latest update", row) == "On track"


def test_measures_tell_baseline_target_current_and_day_one_a_line():
    bare = {"name": "Reviews", "baseline": "", "target": "", "current": "", "as_at": None}
    assert cell(columns.ACTIONS, "Impact measures", {"measures": [contents.MEASURE, bare]}) == (
        "Visits in time: baseline 62%; target 95%; current 91%; as at 20 February 2013\nReviews: no figure yet"
    )


@pytest.mark.parametrize(
    ("extension", "decision"),
    [
        ({"granted": True}, "Granted"),
        ({"granted": False}, "Refused"),
        ({"granted": None, "withdrawn": True}, "Withdrawn"),
        ({"granted": None, "withdrawn": False}, "Awaiting a decision"),
    ],
)
def test_an_extension_says_what_became_of_it(extension, decision):
    assert cell(columns.EXTENSIONS, "Decision", {"extension": extension}) == decision


@pytest.mark.parametrize(
    "bodies", [[], [{"body": None}], [{"body": '{"state":{}}'}]], ids=["none", "withheld", "nobody"]
)
def test_an_event_whose_body_is_not_there_names_nobody(bodies):
    assert cell(columns.TRAIL, "By", {**contents.event(7), "bodies": bodies}) is None


def test_an_event_says_what_it_is_about_in_words():
    assert cell(columns.TRAIL, "About", contents.event(7)) == "Progress note 7"
