"""A row of a spreadsheet as an action: columns guessed, words and dates read, what is wrong said in a sentence."""

from datetime import date

import pytest

from tests.spreadsheets import BRAG, BRAG_HEADINGS, LOG, TITLE
from tracker.choices import Status
from tracker.rules.people_named import Named, whose
from tracker.rules.plan_columns import Holds, guess, heading_row
from tracker.rules.plan_rows import Settled, read_rows, says_no_more_than_a_place
from tracker.rules.plan_statuses import status_of, status_of_share

DAY = date(2012, 10, 10)
BEN, ANA, TWIN = (
    Named(1, "Ben Moss", "ben.moss@example.org"),
    Named(2, "Ana Poole", "ana@example.org"),
    Named(3, "Ana Poole", "a2@example.org"),
)
NOBODY = Settled({}, {})
LOGGED = [line.split(";") for line in LOG.splitlines()]


def row_of(said, settled=NOBODY, below=()):
    """One row under headings that name what its columns hold."""
    mapped = dict(enumerate(said))
    rows = [[holds.value for holds in said], list(said.values()), *below]
    return read_rows(rows, 1, mapped, settled=settled, as_at=DAY)[0]


def test_the_headings_are_found_below_a_title():
    assert (heading_row([[TITLE], [], list(BRAG_HEADINGS)]), heading_row(LOGGED)) == (3, 3)


def test_columns_of_a_brag_plan_are_guessed():
    rows = [list(BRAG_HEADINGS), *[[str(cell) for cell in row] for row in BRAG]]
    assert list(guess(rows, 1).values()) == [
        *(Holds.ASKED_REF, Holds.ASKED, Holds.REFERENCE, Holds.WHAT, Holds.OWNER, Holds.DUE, Holds.REVISED),
        *(Holds.RATING, Holds.PROGRESS, Holds.EVIDENCE),
    ]


def test_columns_of_an_action_log_are_guessed():
    assert list(guess(LOGGED, 3).values()) == [
        *(Holds.ASKED, Holds.WHAT, Holds.OWNER, Holds.DUE, Holds.STATUS, Holds.PERCENT, Holds.COMMENTS)
    ]


@pytest.mark.parametrize(
    ("heading", "holds"),
    [
        ("Action No.", Holds.REFERENCE),
        ("Rec", Holds.ASKED_REF),
        ("Target date", Holds.DUE),
        ("% complete", Holds.PERCENT),
        ("Lead Officer (name)", Holds.OWNER),
        ("RAG", Holds.RATING),
        ("Progress update March 2027", Holds.PROGRESS),
        ("What we will do to put it right", Holds.WHAT),
        ("Desired outcome", Holds.OUTCOME),
    ],
)
def test_a_heading_as_councils_write_it_is_known(heading, holds):
    assert guess([[heading]], 1) == {0: holds}


def test_a_heading_nobody_knows_is_left_to_the_person():
    assert guess([["Cost code"]], 1) == {}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        *(("Not started", Status.NOT_STARTED), ("In Progress", Status.IN_PROGRESS), ("ongoing", Status.IN_PROGRESS)),
        *(("Amber", Status.IN_PROGRESS), ("GREEN", Status.IN_PROGRESS), ("Complete", Status.CLOSED)),
        *(("Closed", Status.CLOSED), ("Done", Status.CLOSED), ("Blue – complete", Status.CLOSED), ("Parked", None)),
    ],
)
def test_words_for_a_status_are_known(words, status):
    assert status_of(words) == status


@pytest.mark.parametrize(
    ("share", "status"),
    [
        ("100%", Status.CLOSED),
        ("1", Status.CLOSED),
        ("0.4", Status.IN_PROGRESS),
        ("0%", Status.NOT_STARTED),
        ("1%", Status.IN_PROGRESS),
        ("130%", None),
    ],
)
def test_a_share_that_is_done_tells_the_status(share, status):
    assert status_of_share(share) == status


@pytest.mark.parametrize("words", ["Ben Moss", "moss, ben", "BEN MOSS (Head of Service)", "Ben <Ben.Moss@example.org>"])
def test_a_name_is_found_as_people_write_it(words):
    assert whose(words, [BEN, ANA]) == 1


@pytest.mark.parametrize("words", ["Ana Poole", "Ben", "Ben Moss / Ana Poole", ""])
def test_a_name_that_could_be_two_or_nobody_is_left_to_the_person(words):
    assert whose(words, [BEN, ANA, TWIN]) is None


@pytest.mark.parametrize(
    "words", ["2013-03-01", "01/03/2013", "1.3.13", "1st March 2013", "Fri 1 March 2013", "2013-03-01 09:30"]
)
def test_a_day_is_read_as_people_write_it(words):
    assert row_of({Holds.WHAT: "Train", Holds.DUE: words}).due == date(2013, 3, 1)


@pytest.mark.parametrize("words", ["31/02/2013", "Q3", "March", "20/3/3013"])
def test_a_day_that_is_none_is_told(words):
    assert "is not a date" in row_of({Holds.WHAT: "Train", Holds.DUE: words}).errors[0]


def test_words_for_no_day_yet_are_no_error():
    assert row_of({Holds.WHAT: "Train", Holds.DUE: "TBC"}).errors == ()


def test_a_date_a_year_off_is_asked_about_and_not_where_the_row_is_complete():
    said = {Holds.WHAT: "Train", Holds.DUE: "10/9/2012", Holds.STATUS: "Open"}
    assert ("in the past" in row_of(said).question, row_of({**said, Holds.STATUS: "Done"}).question) == (True, "")


def test_the_status_column_counts_before_the_rating():
    assert row_of({Holds.WHAT: "a", Holds.STATUS: "Complete", Holds.RATING: "Amber"}).status == Status.CLOSED


def test_red_says_that_it_is_late_and_not_how_far_it_has_come():
    assert row_of({Holds.WHAT: "a", Holds.RATING: "Red"}).status is None


def test_a_status_nobody_knows_waits_for_a_person():
    said = {Holds.WHAT: "a", Holds.STATUS: "Parked"}
    known = row_of(said, Settled({}, {"parked": Status.NOT_STARTED}))
    assert (row_of(said).unknown_status, known.unknown_status) == ("Parked", "")


def test_a_revised_date_stands_beside_the_original_one():
    row = row_of({Holds.WHAT: "a", Holds.DUE: "1/2/2013", Holds.REVISED: "1/3/2013"})
    assert (row.due, row.agreed) == (date(2013, 2, 1), date(2013, 3, 1))


def test_a_recommendation_left_empty_is_the_one_above():
    rows = [["", ""], ["Recording is late", "Set a standard"], ["", "Check it"]]
    read = read_rows(rows, 1, {0: Holds.ASKED, 1: Holds.WHAT}, settled=NOBODY, as_at=DAY)
    assert [(row.asked, row.carried) for row in read] == [("Recording is late", False), ("Recording is late", True)]


def test_a_band_across_the_sheet_is_no_row():
    rows = [["", ""], ["Priority 2: leadership", ""], ["7", "Train"]]
    assert [
        row.number for row in read_rows(rows, 1, {0: Holds.REFERENCE, 1: Holds.WHAT}, settled=NOBODY, as_at=DAY)
    ] == [3]


def test_a_row_without_words_is_told():
    assert "both are empty" in row_of({Holds.REFERENCE: "1", Holds.DUE: "1/3/2013"}).errors[0]


def test_a_text_too_long_is_told():
    assert "longer than 10,000" in row_of({Holds.WHAT: "x" * 10_001}).errors[0]


def test_a_row_that_says_another_again_is_told():
    rows = [["", ""], ["1", "Train"], ["1", "Read"]]
    read = read_rows(rows, 1, {0: Holds.REFERENCE, 1: Holds.WHAT}, settled=NOBODY, as_at=DAY)
    assert [row.errors for row in read] == [(), ("It has the same reference as row 2.",)]


def test_a_mere_mark_is_no_name():
    row = row_of({Holds.WHAT: "a", Holds.OWNER: "–"}, Settled({"": 1}, {}))
    assert (row.owner, row.unknown_people) == (None, ())


@pytest.mark.parametrize("reference", ["1", "1.2", "QA-07", "3b", "R12/4"])
def test_a_number_with_a_letter_or_two_says_no_more_than_a_place(reference):
    assert says_no_more_than_a_place(reference)


@pytest.mark.parametrize("reference", ["", "Jordan", "Jordan 12", "12 Elm Street", "abc"])
def test_a_reference_with_words_in_it_may_say_more(reference):
    assert not says_no_more_than_a_place(reference)
