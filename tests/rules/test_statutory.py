"""The statutory clock: who owes which step, and when."""

from datetime import date

import pytest

from tests.rules.bank_holidays import CALENDAR
from tests.rules.joint_letters import LETTERS
from tracker.choices import Family, Step
from tracker.rules.statutory import OWED, steps_for

DAY = date.fromisoformat
SECTION_136 = (Step.PUBLISH_REPORT, Step.STATEMENT_OF_ACTION)


def clock(family, received=None, published=None, **more):
    return steps_for(family, received=received, published=published, calendar=CALENDAR, **more)


def joint_letter(day, **more):
    (step,) = clock(Family.JTAI, published=day, letter=True, statement_asked=True, **more)
    return step


def test_every_family_has_its_steps():
    assert set(OWED) == set(Family)


def test_every_step_belongs_to_a_family():
    assert {rule.step for rules in OWED.values() for rule in rules} == set(Step)


@pytest.mark.parametrize(
    ("family", "more", "steps"),
    [
        (Family.PROTECTION_OF_CHILDREN, {}, SECTION_136),
        (Family.SIF, {}, SECTION_136),
        (Family.ILACS, {}, SECTION_136),
        (Family.ILACS_FOCUSED_VISIT, {}, ()),
        (Family.ILACS_FOCUSED_VISIT, {"priority_action": True}, (Step.DRAFT_PLAN, Step.ACTION_PLAN)),
        (Family.ILACS_MONITORING_VISIT, {"priority_action": True}, ()),
        (Family.JTAI, {}, ()),
        (Family.JTAI, {"statement_asked": True}, (Step.STATEMENT_OF_PROPOSED_ACTION,)),
        (Family.AREA_SEND, {}, ()),
        (Family.AREA_SEND, {"priority_action": True}, (Step.PRIORITY_ACTION_PLAN,)),
        (Family.UNANNOUNCED_ASSESSMENT, {"priority_action": True}, ()),
        (Family.LSCB_REVIEW, {}, ()),
    ],
)
def test_a_family_owes_its_steps_only_where_they_apply(family, more, steps):
    assert tuple(step.step for step in clock(family, published=date(2019, 1, 29), **more)) == steps


@pytest.mark.parametrize(
    ("letter", "due"),
    [
        ("2018-11-23", "2019-03-06"),
        ("2019-08-23", "2019-12-02"),
        ("2019-01-29", "2019-05-10"),
        ("2022-08-18", "2022-11-25"),  # the holiday of 19 September was proclaimed after the letter
    ],
)
def test_a_joint_letter_gives_seventy_working_days(letter, due):
    assert joint_letter(DAY(letter)).computed == DAY(due)


@pytest.mark.parametrize(("published", "due"), [("2022-04-01", "2022-07-15"), ("2023-05-09", "2023-08-16")])
def test_an_ilacs_statement_is_due_seventy_working_days_after_publication(published, due):
    assert clock(Family.ILACS, published=DAY(published))[1].computed == DAY(due)


def test_the_report_is_published_thirty_working_days_after_it_is_received():
    assert clock(Family.ILACS, received=date(2023, 5, 9))[0].computed == date(2023, 6, 21)


@pytest.mark.parametrize(("step", "due"), [(0, date(2023, 6, 7)), (1, date(2023, 8, 16))])
def test_a_focused_visit_with_priority_action_owes_a_draft_and_a_plan(step, due):
    found = clock(Family.ILACS_FOCUSED_VISIT, published=date(2023, 5, 9), letter=True, priority_action=True)
    assert found[step].computed == due


@pytest.mark.parametrize(("letter", "due", "days"), LETTERS)
def test_the_calendar_counts_the_days_that_joint_letters_print(letter, due, days):
    assert CALENDAR.working_days_between(DAY(letter), DAY(due)) == days


def test_twenty_seven_of_fifty_three_letters_give_exactly_seventy_working_days():
    assert (sum(days == 70 for *_, days in LETTERS), len(LETTERS)) == (27, 53)


@pytest.mark.parametrize(("letter", "due", "days"), [row for row in LETTERS if row[2] == 70])
def test_a_letter_that_gives_seventy_working_days_prints_what_is_computed(letter, due, days):
    assert joint_letter(DAY(letter)).computed == DAY(due)


@pytest.mark.parametrize(("letter", "due", "days"), LETTERS)
def test_the_printed_day_counts_whatever_is_computed(letter, due, days):
    assert joint_letter(DAY(letter), printed=DAY(due)).on == DAY(due)


def test_receipt_is_counted_from_before_publication():
    assert clock(Family.ILACS, received=date(2022, 4, 1), published=date(2022, 5, 9))[1].computed == date(2022, 7, 15)


def test_a_printed_day_belongs_to_the_statement_and_not_to_the_reports_publication():
    found = clock(Family.ILACS, published=date(2022, 4, 1), printed=date(2022, 7, 20))
    assert [step.printed for step in found] == [None, date(2022, 7, 20)]


def test_a_priority_action_plan_has_no_computed_day():
    (step,) = clock(Family.AREA_SEND, published=date(2023, 5, 9), priority_action=True)
    assert (step.on, step.explanation) == (
        None,
        "No date is printed and none can be computed; a person sets it.",
    )


def test_without_any_day_the_clock_waits_and_says_so():
    assert clock(Family.ILACS)[0].explanation == (
        "30 working days after the report is received; the day of receipt is not known yet."
    )


def test_a_step_counted_from_receipt_says_so():
    assert clock(Family.ILACS, received=date(2023, 5, 9))[1].explanation == (
        "Received on 9 May 2023, + 70 working days in England and Wales, with the bank holidays known on that day "
        "= Wednesday 16 August 2023."
    )


@pytest.mark.parametrize(("letter", "words"), [(True, "the letter's date"), (False, "the publication date")])
def test_a_step_counted_from_another_day_than_receipt_says_so(letter, words):
    found = clock(Family.SIF, published=date(2016, 5, 10), letter=letter)[0].explanation
    assert f"ounted from {words}, 10 May 2016, as the day of receipt is not known" in found


@pytest.mark.parametrize(
    ("letter", "due", "words"),
    [
        ("2022-08-18", "2022-11-25", "the same as computed"),
        ("2023-05-02", "2023-08-09", "1 working day earlier than computed"),
        ("2024-12-12", "2025-04-11", "13 working days later than computed"),
        ("2018-05-09", "2018-08-18", "1 working day later than computed"),  # a Saturday
    ],
)
def test_a_printed_day_says_how_it_stands_to_the_computed_one(letter, due, words):
    assert words in joint_letter(DAY(letter), printed=DAY(due)).explanation


def test_a_printed_day_stands_alone_where_none_can_be_computed():
    (step,) = clock(Family.JTAI, statement_asked=True, printed=date(2022, 11, 25))
    assert step.explanation == "Printed in the report: Friday 25 November 2022."


def test_a_step_in_an_unproclaimed_year_says_so():
    assert "not yet proclaimed" in clock(Family.ILACS, received=date(2049, 1, 4))[0].explanation


@pytest.mark.parametrize("family", Family)
def test_every_step_names_its_source(family):
    found = clock(family, published=date(2019, 1, 29), priority_action=True, statement_asked=True)
    assert all(step.source for step in found)
