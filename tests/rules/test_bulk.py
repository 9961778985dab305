"""What may be done to several actions at once, and until when it can be undone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.rules.bank_holidays import CALENDAR
from tracker.rules.bulk import LONGEST, MOST, Period, check_rows, check_undo
from tracker.rules.due_dates import Anchor, Unit
from tracker.rules.refusal import Refused

THEN = datetime(2013, 6, 4, 12, tzinfo=UTC)
ANCHOR = Anchor(date(2013, 8, 31), "published on 31 August 2013, the web page")


@pytest.mark.parametrize(
    ("count", "places", "words"), [(0, (), "Tick"), (MOST + 1, (1,), "500"), (2, (1, 2), "councils")]
)
def test_what_cannot_be_changed_together_is_refused(count, places, words):
    with pytest.raises(Refused, match=words):
        check_rows(count, places)


def test_the_most_rows_of_one_authority_may_be_changed():
    assert check_rows(MOST, (1,)) is None


def test_it_can_be_undone_up_to_the_last_moment_of_the_hour():
    assert check_undo(made_at=THEN, undone_at=None, at=THEN + timedelta(hours=1)) is None


def test_it_cannot_be_undone_after_the_hour():
    with pytest.raises(Refused, match="more than an hour ago"):
        check_undo(made_at=THEN, undone_at=None, at=THEN + timedelta(hours=1, seconds=1))


def test_it_cannot_be_undone_twice():
    with pytest.raises(Refused, match="already"):
        check_undo(made_at=THEN, undone_at=THEN, at=THEN)


@pytest.mark.parametrize(
    ("count", "unit", "due"),
    [(6, Unit.MONTHS, date(2014, 2, 28)), (2, Unit.WEEKS, date(2013, 9, 14)), (5, Unit.WORKING_DAYS, date(2013, 9, 6))],
)
def test_a_period_is_counted_from_publication(count, unit, due):
    assert Period(count, unit).due(ANCHOR, CALENDAR) == due


def test_without_a_publication_date_there_is_nothing_to_count_from():
    with pytest.raises(Refused, match="not known yet"):
        Period(6, Unit.MONTHS).due(None, CALENDAR)


@pytest.mark.parametrize("unit", LONGEST)
@pytest.mark.parametrize("over", [0, 1])
def test_a_period_out_of_all_reason_is_refused(unit, over):
    with pytest.raises(Refused, match="Enter a number from 1"):
        Period(LONGEST[unit] + 1 if over else 0, unit)


def test_the_reason_says_what_the_date_was_counted_from():
    assert Period(1, Unit.WEEKS).reason(ANCHOR, "agreed.") == (
        "agreed; counted as 1 week from publication (published on 31 August 2013, the web page)"
    )
