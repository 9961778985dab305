"""Due dates: which source wins, how timescales are counted, and what the sentence says."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.bank_holidays import CALENDAR
from tracker.choices import Basis, Priority
from tracker.rules.due_dates import (
    COUNTED,
    Anchor,
    Chosen,
    Timescale,
    Unit,
    add_months,
    due_date,
    first_chase_on,
    parse_timescale,
)

ROTHERHAM = Anchor(date(2012, 8, 10), "published on 10 August 2012, as printed in the report")
UNCOUNTED = {Unit.IMMEDIATE, Unit.ON_DATE, Unit.NOT_STATED, Unit.IN_WORDS}


def due(words, anchor=ROTHERHAM, **more):
    return due_date(parse_timescale(words), anchor=anchor, calendar=CALENDAR, **more)


def test_every_unit_is_counted_or_says_why_not():
    assert set(COUNTED) | UNCOUNTED == set(Unit)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2013, 8, 16), 3, date(2013, 11, 16)),
        (date(2012, 8, 31), 6, date(2013, 2, 28)),
        (date(2011, 8, 31), 6, date(2012, 2, 29)),
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2012, 8, 10), 3, date(2012, 11, 10)),
        (date(2012, 8, 10), 6, date(2013, 2, 10)),
        (date(2012, 12, 31), 2, date(2013, 2, 28)),
    ],
)
def test_months_are_calendar_months_clamped_to_the_months_end(start, months, end):
    assert add_months(start, months) == end


@given(st.dates(date(2009, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_months_keep_the_day_or_end_on_the_months_last_day(start, n):
    end = add_months(start, n)
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])


@given(st.dates(date(2009, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_months_counted_from_the_anchor_land_in_the_right_month(start, n):
    end = add_months(start, n)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("Immediately:", date(2012, 8, 10)),
        ("Within three months:", date(2012, 11, 10)),
        ("Within six months:", date(2013, 2, 10)),
        ("within 6 weeks", date(2012, 9, 21)),
        ("within 28 days", date(2012, 9, 7)),
        ("within 12 working days", date(2012, 8, 29)),  # over the summer bank holiday of 27 August
    ],
)
def test_a_timescale_is_counted_from_the_anchor(words, on):
    found = due(words)
    assert (found.on, found.basis) == (on, Basis.COMPUTED)


@pytest.mark.parametrize("words", ["Immediately", "within 3 months", "within 10 working days"])
def test_without_an_anchor_there_is_no_date(words):
    found = due(words, anchor=None)
    assert (found.on, found.basis) == (None, Basis.NONE)


@pytest.mark.parametrize("words", [None, "as soon as possible", "by the end of the year"])
def test_what_cannot_be_computed_stays_undated(words):
    found = due(words)
    assert (found.on, found.basis) == (None, Basis.NONE)


def test_a_day_in_the_words_is_printed_and_needs_no_anchor():
    found = due("by September 2013", anchor=None)
    assert (found.on, found.basis) == (date(2013, 9, 30), Basis.PRINTED)


CHOSEN = Chosen(date(2012, 12, 3), "Ann Example", "The board agreed it.")
HALF_A_YEAR = parse_timescale("within 6 months")


@pytest.mark.parametrize(
    ("words", "more", "on", "basis"),
    [
        (
            "within 3 months",
            {"chosen": CHOSEN, "printed": date(2012, 11, 1), "default": HALF_A_YEAR},
            date(2012, 12, 3),
            Basis.CHOSEN,
        ),
        ("within 3 months", {"printed": date(2012, 11, 1), "default": HALF_A_YEAR}, date(2012, 11, 1), Basis.PRINTED),
        ("within 3 months", {"default": HALF_A_YEAR}, date(2012, 11, 10), Basis.COMPUTED),
        (None, {"default": HALF_A_YEAR}, date(2013, 2, 10), Basis.DEFAULT),
        ("as soon as possible", {"default": HALF_A_YEAR}, None, Basis.NONE),
        (None, {}, None, Basis.NONE),
        ("within 3 months", {"chosen": Chosen(None, "Ann Example", "")}, None, Basis.CHOSEN),
        (None, {"printed": date(2012, 11, 1), "default": HALF_A_YEAR}, date(2012, 11, 1), Basis.PRINTED),
    ],
)
def test_the_strongest_source_wins(words, more, on, basis):
    found = due(words, **more)
    assert (found.on, found.basis) == (on, basis)


@pytest.mark.parametrize(
    ("words", "heading", "priority"),
    [
        ("Immediately", None, Priority.IMMEDIATE),
        (None, "Priority and immediate action", Priority.IMMEDIATE),
        (None, "Areas for priority action", Priority.HIGH),
        ("Immediately", "Areas for priority action", Priority.IMMEDIATE),
        ("within 3 months", "Areas for improvement", Priority.NORMAL),
    ],
)
def test_words_and_heading_rank_the_action(words, heading, priority):
    assert due(words, heading=heading).priority is priority


def test_areas_for_priority_action_set_no_date():
    assert due(None, heading="Areas for priority action").on is None


def test_priority_and_immediate_action_is_due_on_the_anchor():
    assert due(None, heading="Priority and immediate action").on == ROTHERHAM.on


@pytest.mark.parametrize(
    ("words", "more", "sentence"),
    [
        (
            "Within three months:",
            {},
            "Within three months: published on 10 August 2012, as printed in the report, + 3 calendar months "
            "= Saturday 10 November 2012 (a Saturday; it is not moved).",
        ),
        (
            "Within three months:",
            {"anchor": None},
            "Within three months of publication; the publication date is not known yet.",
        ),
        (
            "Immediately",
            {"anchor": None},
            "Immediately on publication; the publication date is not known yet.",
        ),
        (
            "within 10 working days",
            {},
            "Within 10 working days: published on 10 August 2012, as printed in the report, + 10 working days "
            "in England and Wales = Friday 24 August 2012.",
        ),
        (
            "within 1 week",
            {"printed": date(2012, 8, 20)},
            "Printed in the report: Monday 20 August 2012; without that, within 1 week: published on 10 August 2012, "
            "as printed in the report, + 1 week = Friday 17 August 2012.",
        ),
        (
            "within 1 week",
            {"printed": date(2012, 8, 17)},
            "Printed in the report: Friday 17 August 2012.",
        ),
        (
            "as soon as possible",
            {},
            "The report says “as soon as possible”, which names no day; a person sets the date.",
        ),
        (None, {}, "The report states no timescale; a person sets the date."),
        (
            None,
            {"chosen": CHOSEN},
            "Monday 3 December 2012, chosen by Ann Example, because: The board agreed it.",
        ),
        (
            None,
            {"default": parse_timescale("within 1 month")},
            "The report states no timescale; the authority's own default is used: within 1 month: published on "
            "10 August 2012, as printed in the report, + 1 calendar month = Monday 10 September 2012.",
        ),
    ],
)
def test_every_date_explains_itself_in_a_sentence(words, more, sentence):
    assert due(words, **more).explanation == sentence


def test_working_days_into_an_unproclaimed_year_say_so():
    far = Anchor(date(2049, 1, 4), "published on 4 January 2049")
    assert "(the bank holidays of 2049 are not yet proclaimed)" in due("within 10 working days", far).explanation


def test_words_counted_from_something_else_are_shown_whole():
    assert "the director's appointment" in due("within three months of the director's appointment").explanation


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_has_an_explanation(unit):
    timescale = Timescale(unit, 2 if unit in COUNTED else None, date(2012, 9, 3) if unit is Unit.ON_DATE else None, "x")
    assert due_date(timescale, anchor=ROTHERHAM, calendar=CALENDAR).explanation.endswith(".")


def chase(priority=Priority.IMMEDIATE, due=date(2012, 8, 10), publication=date(2012, 8, 10), **more):
    accepted_on = more.pop("accepted_on", date(2012, 8, 10))
    return first_chase_on(
        priority=priority, due=due, publication=publication, accepted_on=accepted_on, calendar=CALENDAR, **more
    )


def test_immediate_is_chased_after_the_first_response_period_from_publication():
    assert chase() == date(2012, 8, 17)


def test_the_first_response_period_counts_from_acceptance_where_that_is_later():
    assert chase(accepted_on=date(2012, 8, 23)) == date(2012, 8, 31)


def test_the_first_response_period_counts_from_acceptance_without_a_publication_date():
    assert chase(publication=None, accepted_on=date(2012, 8, 13)) == date(2012, 8, 20)


def test_an_authority_may_set_its_own_first_response_period():
    assert chase(period_days=1) == date(2012, 8, 13)


def test_a_later_agreed_date_of_an_immediate_action_is_not_chased_before_it():
    assert chase(due=date(2012, 12, 3)) == date(2012, 12, 3)


@pytest.mark.parametrize("priority", [Priority.HIGH, Priority.NORMAL])
def test_other_actions_are_chased_from_their_due_date(priority):
    assert chase(priority, accepted_on=date(2012, 8, 23)) == date(2012, 8, 10)


def test_an_action_without_a_date_is_not_chased():
    assert chase(due=None) is None
