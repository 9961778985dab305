"""What makes a mail go out, in which envelope, and in which words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rules.bank_holidays import CALENDAR
from tracker.choices import DigestChoice, DueKind, NoticeKind, Occasion, Priority, Status
from tracker.rules.digest import (
    ALWAYS,
    RIDING,
    TIMED,
    Counts,
    Digest,
    Figures,
    Line,
    Place,
    Section,
    Timing,
    envelope,
    opening_day,
    timing,
)
from tracker.rules.digest_words import LENGTH, WITHHELD, due_words, opening, places_in_words, shortened, subject
from tracker.rules.standing import Standing

MONDAY, TUESDAY = date(2012, 11, 19), date(2012, 11, 20)
KINDS = [*DueKind, *Occasion]


def told(kind, choice, on, *, owed_on=None, opening=MONDAY):
    return timing(kind, choice, owed_on=owed_on or on, on=on, opening=opening)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_who_has_chosen_nothing_else_is_told_of_everything_on_the_day(kind, day):
    assert told(kind, DigestChoice.EACH_DAY, day) is Timing.TODAY


@pytest.mark.parametrize("choice", DigestChoice)
@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_what_is_overdue_is_told_on_the_day_whatever_is_chosen(kind, choice):
    assert told(kind, choice, TUESDAY) is Timing.TODAY


@pytest.mark.parametrize(("day", "when"), [(MONDAY, Timing.TODAY), (TUESDAY, Timing.LATER)])
def test_who_wants_one_mail_a_week_is_told_of_the_rest_on_monday(day, when):
    assert told(DueKind.BEFORE_DUE, DigestChoice.WEEKLY, day) is when


def test_what_was_held_back_is_told_later_in_the_week_where_monday_brought_no_mail():
    assert told(DueKind.SILENT, DigestChoice.WEEKLY, TUESDAY, owed_on=MONDAY - timedelta(days=4)) is Timing.TODAY


def test_what_comes_up_after_monday_s_mail_waits_for_the_next():
    assert told(DueKind.SILENT, DigestChoice.WEEKLY, TUESDAY, owed_on=MONDAY) is Timing.LATER


def test_where_monday_is_a_day_off_the_week_opens_on_tuesday():
    assert told(DueKind.SILENT, DigestChoice.WEEKLY, TUESDAY, opening=TUESDAY) is Timing.TODAY


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2012, 11, 22), MONDAY),
        (date(2012, 12, 28), date(2012, 12, 24)),
        (date(2013, 4, 4), date(2013, 4, 2)),  # Easter Monday is 1 April 2013
        (date(2013, 4, 1), date(2013, 4, 2)),
    ],
)
def test_a_week_opens_on_its_first_working_day(day, opens):
    assert opening_day(day, CALENDAR) == opens


def test_who_wants_what_is_overdue_alone_is_told_of_nothing_else():
    assert told(DueKind.BEFORE_DUE, DigestChoice.OVERDUE_ONLY, MONDAY) is Timing.NEVER


@pytest.mark.parametrize("choice", DigestChoice)
@pytest.mark.parametrize("kind", [*sorted(TIMED), *sorted(RIDING)])
def test_no_choice_puts_off_what_has_its_own_time_or_rides_with_the_week(kind, choice):
    assert told(kind, choice, TUESDAY) is Timing.TODAY


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ({DueKind.OVERDUE}, NoticeKind.DIGEST),
        ({DueKind.OVERDUE, Occasion.UPDATE_CALLED}, NoticeKind.CALL_FOR_UPDATES),
        ({Occasion.UPDATE_CALLED, Occasion.MONTH_FOR_BOARD}, NoticeKind.BOARD_DIGEST),
        ({Occasion.MONTH_FOR_BOARD, Occasion.WEEK_FOR_LEADS, DueKind.ASSIGNED}, NoticeKind.LEAD_DIGEST),
    ],
)
def test_the_week_and_the_month_take_the_day_s_place(kinds, found):
    assert envelope(frozenset(kinds)) is found


def standing(days, **more):
    return Standing(Status.IN_PROGRESS, MONDAY + timedelta(days=days), **more)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Standing(Status.IN_PROGRESS, None), "no due date yet"),
        (standing(-1), "1 day overdue, due 18 November 2012"),
        (standing(-9), "9 days overdue, due 10 November 2012"),
        (standing(0), "due today, Monday 19 November 2012"),
        (standing(1), "due tomorrow, Tuesday 20 November 2012"),
        (Standing(Status.SUBMITTED, MONDAY - timedelta(days=2)), "was due on 17 November 2012"),
        (standing(14), "due in 14 days, on Monday 3 December 2012"),
        (
            standing(-3, priority=Priority.IMMEDIATE, chase_from=MONDAY + timedelta(days=4)),
            "to be done immediately; overdue after Friday 23 November 2012",
        ),
    ],
)
def test_a_due_date_is_told_as_people_say_it(facts, words):
    assert due_words(facts, on=MONDAY) == words


def test_long_words_are_cut_between_two_words():
    words = shortened("improve  the\nsupervision " * 20)
    assert len(words) <= LENGTH and words.endswith(" the…") and "\n" not in words


def test_short_words_stay_whole():
    assert shortened("See every child alone") == "See every child alone"


def test_words_begin_with_a_capital():
    assert shortened("see every child alone") == "See every child alone"


@pytest.mark.parametrize("words", ["Review the plan of Kofi, aged 7, with his school", "a" * 200 + " case no 20134477"])
def test_words_that_seem_to_identify_a_child_stand_in_no_mail(words):
    assert shortened(words) == WITHHELD


def digest(kind=NoticeKind.DIGEST, places=("Rotherham",), sections=(), by=None, **counts):
    return Digest(kind, TUESDAY, places, Counts(**counts), sections=sections, called_by=by)


LINE = Line("RTH-2012-01", "see every child alone", "no due date yet", "Rotherham", "Inspection", Place.ACTION, 1)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (digest(overdue=3, this_week=2), "3 overdue, 2 due this week – Rotherham"),
        (digest(new=1), "1 new to you – Rotherham"),
        (digest(overdue=1, new=4, waiting=2), "1 overdue, 2 waiting for you – Rotherham"),
        (digest(sections=(Section("Also yours", (LINE,), 1),)), "1 action – Rotherham"),
        (digest(NoticeKind.LEAD_DIGEST, in_plan=5), "Your week: 5 overdue in the plan – Rotherham"),
        (digest(NoticeKind.LEAD_DIGEST), "Your week: nothing needs you – Rotherham"),
        (digest(soon=2), "2 due soon – Rotherham"),
        (digest(waiting=1, late=3), "1 waiting for you, 3 long overdue – Rotherham"),
        (
            digest(NoticeKind.CALL_FOR_UPDATES, asked=2, asked_overdue=1, overdue=1, by=date(2012, 11, 30)),
            "2 updates asked for by 30 November (1 overdue), 1 overdue – Rotherham",
        ),
    ],
)
def test_the_subject_says_the_number(said, words):
    assert subject(said) == words


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("Rotherham",), "Rotherham"),
        (("Rotherham", "Staffordshire"), "Rotherham and Staffordshire"),
        (("A", "B", "C"), "3 councils"),
    ],
)
def test_councils_are_named_while_they_are_few(places, words):
    assert places_in_words(places) == words


def test_the_board_s_subject_says_the_month_and_its_numbers():
    figures = Figures("Rotherham", 3, (), overdue_number=4, closed_number=2)
    said = replace(digest(NoticeKind.BOARD_DIGEST), figures=(figures, replace(figures, number=5, overdue_number=1)))
    assert subject(said) == "October 2012: 5 overdue in the plan, 4 closed in the month – Rotherham"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (digest(sections=(Section("Overdue", (LINE,), 1),)), "Start with RTH-2012-01: no due date yet."),
        (
            digest(sections=(Section("Asked", (LINE,), 1),), asked=1),
            "The board asks how things stand. Choose an answer below each action, or open it to write more.",
        ),
        (
            replace(digest(), figures=(Figures("Rotherham", 3, ()),)),
            "This is how the plan stands at the beginning of the month.",
        ),
    ],
)
def test_the_first_sentence_says_what_to_do_first(said, words):
    assert opening(said) == words


@pytest.mark.parametrize(("marks", "tells"), [((True, False), True), ((True, True), False), ((False,), False)])
def test_the_mark_of_news_is_explained_where_it_tells_lines_apart(marks, tells):
    lines = tuple(replace(LINE, new=new) for new in marks)
    assert digest(sections=(Section("Overdue", lines, len(lines)),)).has_news is tells


def test_one_report_is_named_once():
    assert digest(sections=(Section("Overdue", (LINE, LINE), 2),)).only_group == ("Rotherham", "Inspection")


def test_several_reports_are_named_where_they_begin():
    other = replace(LINE, report="Letter")
    assert digest(sections=(Section("Overdue", (LINE,), 1), Section("Due soon", (other,), 1))).only_group is None


def test_lines_are_grouped_by_council_and_report():
    other = Line("STF-2010-01", "publish", "no due date yet", "Staffordshire", "Letter", Place.ACTION, 2)
    groups = [(place, report, len(lines)) for place, report, lines in Section("x", (LINE, LINE, other), 3).groups()]
    assert groups == [("Rotherham", "Inspection", 2), ("Staffordshire", "Letter", 1)]


def test_a_section_says_how_many_it_leaves_out():
    assert Section("Overdue", (LINE,), 7).left_out == 6
