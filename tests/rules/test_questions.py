"""Dates that are asked about before they are saved."""

from datetime import date, timedelta

import pytest

from tracker.rules.due_dates import question_due, question_publication
from tracker.rules.questions import question_meeting

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        (DAY - timedelta(days=1), "in the past"),
        (DAY, None),
        (DAY + timedelta(days=1), None),
        (date(2029, 3, 2), None),
        (date(2029, 3, 3), "more than three years ahead"),
    ],
)
def test_a_due_date_in_the_past_or_far_ahead_is_questioned(on, asked):
    question = question_due(on, as_at=DAY)
    assert asked in question if asked else question is None


def test_a_due_date_before_publication_is_questioned():
    assert "before the report was published" in question_due(DAY, as_at=DAY, publication=DAY + timedelta(days=1))


def test_three_years_from_29_february_end_on_the_28th():
    assert question_due(date(2027, 3, 1), as_at=date(2024, 2, 29))


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        (date(2026, 1, 29), "before the inspection ended"),
        (date(2026, 1, 30), None),
        (DAY, None),
        (DAY + timedelta(days=1), "still to come"),
    ],
)
def test_a_publication_date_before_the_inspections_end_or_to_come_is_questioned(on, asked):
    question = question_publication(on, inspection_end=date(2026, 1, 30), as_at=DAY)
    assert asked in question if asked else question is None


def test_a_publication_date_without_a_known_inspection_is_plausible():
    assert question_publication(DAY, inspection_end=None, as_at=DAY) is None


@pytest.mark.parametrize(
    ("held_on", "updates_by", "asked"),
    [
        (DAY, None, None),
        (DAY - timedelta(days=1), None, "in the past"),
        (date(2035, 3, 2), None, "three years ahead"),
        (DAY, DAY, None),
        (DAY, DAY - timedelta(days=1), "Updates would be called for by"),
        (None, DAY - timedelta(days=1), "Updates would be called for by"),
        (None, None, None),
    ],
)
def test_a_meeting_or_a_call_in_the_past_is_questioned_unless_it_stays_as_it_was(held_on, updates_by, asked):
    question = question_meeting(held_on, updates_by, as_at=DAY)
    assert asked in question if asked else question is None
