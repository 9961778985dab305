"""What moves when the publication date is entered or corrected."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.bank_holidays import CALENDAR
from tracker.choices import Basis, Status
from tracker.rules.due_dates import Anchor, parse_timescale
from tracker.rules.movements import Dated, movement_sentence, movements

BEFORE, AFTER = date(2012, 8, 10), date(2012, 9, 10)
ANCHOR = Anchor(AFTER, "published on 10 September 2012, as on the inspectorate's web page")
NEW = date(2012, 12, 10)
ROW = Dated(
    key="RTH-2012-01",
    original=date(2012, 11, 10),
    agreed=date(2012, 11, 10),
    basis=Basis.COMPUTED,
    agreed_by_person=False,
    extended=False,
    timescale=parse_timescale("Within three months:"),
    accepted_on=date(2012, 9, 3),
)
UNDATED = replace(ROW, original=None, agreed=None, basis=Basis.NONE)
PERSONS = date(2013, 1, 7)


def move(*rows, as_at=date(2012, 10, 1), **more):
    return movements(rows, anchor=more.pop("anchor", ANCHOR), calendar=CALENDAR, as_at=as_at, **more)


@pytest.mark.parametrize(
    ("row", "original", "agreed"),
    [
        (ROW, NEW, NEW),
        (UNDATED, NEW, NEW),
        (replace(ROW, agreed=PERSONS, agreed_by_person=True), NEW, PERSONS),
        (replace(ROW, agreed=PERSONS, extended=True), NEW, PERSONS),
        (replace(UNDATED, agreed=PERSONS, agreed_by_person=True), NEW, PERSONS),
    ],
)
def test_the_original_date_follows_and_the_agreed_date_unless_a_person_set_it(row, original, agreed):
    (found,) = move(row)
    assert (found.original_after, found.agreed_after) == (original, agreed)


@pytest.mark.parametrize(
    "row",
    [
        replace(ROW, original=PERSONS, agreed=PERSONS, basis=Basis.CHOSEN),
        replace(ROW, basis=Basis.PRINTED, printed=date(2012, 11, 10)),
        replace(ROW, original=NEW, agreed=NEW),
        replace(UNDATED, timescale=parse_timescale("as soon as possible")),
        replace(ROW, basis=Basis.DEFAULT, timescale=parse_timescale(None)),
    ],
    ids=["chosen", "printed", "already there", "in words", "a default no longer known"],
)
def test_some_dates_do_not_move(row):
    assert move(row) == ()


def test_a_date_by_the_authoritys_default_follows_too():
    row = replace(ROW, basis=Basis.DEFAULT, timescale=parse_timescale(None))
    (found,) = move(row, default=parse_timescale("within 6 months"))
    assert (found.original_after, found.found.basis) == (date(2013, 3, 10), Basis.DEFAULT)


def test_a_withdrawn_publication_date_takes_its_computed_dates_with_it():
    (found,) = move(ROW, anchor=None)
    assert (found.original_after, found.agreed_after, found.found.basis) == (None, None, Basis.NONE)


def test_a_movement_keeps_its_key_and_explains_the_new_date():
    (found,) = move(ROW)
    assert (found.key, found.explanation) == (
        "RTH-2012-01",
        "Within three months: published on 10 September 2012, as on the inspectorate's web page, + 3 calendar months "
        "= Monday 10 December 2012.",
    )


@pytest.mark.parametrize(("as_at", "overdue"), [(date(2012, 12, 10), False), (date(2012, 12, 11), True)])
def test_an_undated_action_becomes_overdue_where_its_new_date_has_passed(as_at, overdue):
    assert move(UNDATED, as_at=as_at)[0].becomes_overdue is overdue


def test_an_action_that_was_overdue_before_does_not_become_overdue():
    assert not move(ROW, as_at=date(2013, 1, 7))[0].becomes_overdue


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.CLOSED, Status.SUPERSEDED, Status.NOT_APPLICABLE])
def test_an_action_that_is_not_open_does_not_become_overdue(status):
    assert not move(replace(UNDATED, status=status), as_at=date(2013, 1, 7))[0].becomes_overdue


@pytest.mark.parametrize(("as_at", "overdue"), [(date(2012, 9, 17), False), (date(2012, 9, 18), True)])
def test_immediate_becomes_overdue_only_after_the_first_response_period(as_at, overdue):
    row = replace(UNDATED, timescale=parse_timescale("Immediately"))
    assert move(row, as_at=as_at)[0].becomes_overdue is overdue


def test_an_action_not_accepted_yet_has_its_first_response_period_before_it():
    row = replace(UNDATED, timescale=parse_timescale("Immediately"), accepted_on=None)
    assert not move(row, as_at=date(2013, 1, 7))[0].becomes_overdue


@pytest.mark.parametrize(
    ("rows", "as_at", "sentence"),
    [
        ([], date(2013, 1, 7), "No date moves."),
        ([UNDATED], date(2012, 10, 1), "1 date is set, none becomes overdue."),
        ([UNDATED, ROW], date(2012, 12, 11), "1 date is set, 1 date moves, 1 becomes overdue."),
        ([UNDATED, UNDATED], date(2012, 12, 11), "2 dates are set, 2 become overdue."),
    ],
)
def test_the_movements_are_told_in_one_sentence(rows, as_at, sentence):
    assert movement_sentence(move(*rows, as_at=as_at)) == sentence
