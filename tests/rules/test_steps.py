"""Steps within an action: how far they are, which are overdue, in which order."""

from dataclasses import dataclass
from datetime import date

import pytest

from tracker.rules.steps import is_late, progress, reordered

DUE = date(2012, 10, 8)


@dataclass
class Step:
    """A step as the rules see it."""

    due_on: date | None = None
    done_on: date | None = None


@pytest.mark.parametrize(
    ("step", "on", "late"),
    [
        (Step(DUE), DUE, False),
        (Step(DUE), date(2012, 10, 9), True),
        (Step(None), date(2099, 1, 1), False),
        (Step(DUE, done_on=date(2012, 12, 1)), date(2012, 12, 2), False),
    ],
)
def test_a_step_is_overdue_after_its_day_while_it_is_not_done(step, on, late):
    assert is_late(step, as_at=on) is late


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "0 of 0 done"),
        ([Step(done_on=DUE), Step()], "1 of 2 done"),
        ([Step(done_on=DUE), Step(DUE), Step(DUE)], "1 of 3 done, 2 overdue"),
    ],
)
def test_progress_is_said_in_words(steps, words):
    assert str(progress(steps, as_at=date(2012, 12, 1))) == words


def test_what_is_open_is_what_is_not_done():
    assert progress([Step(done_on=DUE), Step(), Step(DUE)], as_at=DUE).open == 2


@pytest.mark.parametrize(
    ("key", "place", "order"),
    [
        ("c", 1, "cabd"),
        ("a", 4, "bcda"),
        ("b", 2, "abcd"),
        ("b", 3, "acbd"),
        ("a", 99, "bcda"),
        ("d", 0, "dabc"),
    ],
)
def test_a_step_goes_to_the_place_asked_for_and_the_others_close_up(key, place, order):
    assert reordered("abcd", key, place) == [*order]
