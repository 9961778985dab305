"""Two counts of a plan: where they differ is named, and parts that do not add up are too."""

from dataclasses import replace

import pytest

from tracker.choices import Delivery, Impact, Status
from tracker.rules.agreement import Tally, differences, figures, parts_missing
from tracker.rules.position import Extended, Position

POSITION = Position(dict.fromkeys(Status, 2), overdue=1, overdue_original=1, late_sign_off=0, undated=3)
TALLY = Tally(
    POSITION,
    Extended(granted=3, actions=2, most=2),
    {**dict.fromkeys(Delivery, 2), None: 2},
    {Impact.NOT_EVIDENCED: 12, Impact.EMERGING: 0, Impact.EMBEDDED: 0},
)


def test_the_same_counts_agree():
    assert differences(TALLY, TALLY) == []


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (
            replace(TALLY, position=replace(POSITION, overdue=2)),
            "The pack counts 1 actions overdue against the agreed date, the pages 2.",
        ),
        (
            replace(TALLY, extended=Extended(3, 2, 3)),
            "The pack counts 2 extensions at most on one action, the pages 3.",
        ),
        (
            replace(TALLY, ratings={**TALLY.ratings, None: 1}),
            "The pack counts 2 actions without a rating, the pages 1.",
        ),
    ],
)
def test_a_difference_is_named(other, sentence):
    assert differences(TALLY, other) == [sentence]


def test_every_count_is_compared():
    named = len(Status) + 4 + len(Delivery) + 1 + len(Impact) + 3
    assert len(dict(figures(TALLY))) == named


def test_parts_that_add_up_are_no_complaint():
    assert parts_missing(TALLY) == []


def test_parts_that_do_not_add_up_are_named():
    assert parts_missing(replace(TALLY, impact={Impact.EMBEDDED: 11})) == [
        "The impact ratings add up to 11, the statuses to 12."
    ]
