"""Every kind of the ledger has its reason in words, whatever its threshold."""

import pytest

from tracker.choices import DueKind, Occasion
from tracker.rules.reasons import WORDS, in_words


def test_every_kind_has_its_words():
    assert set(WORDS) == {*DueKind, *Occasion}


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("threshold", ["2012-12-03/14", "2012-12-03/0", "2012-12-03", "17", ""])
def test_no_threshold_is_too_odd_to_be_told(kind, threshold):
    assert in_words(kind, threshold)


@pytest.mark.parametrize(
    ("kind", "threshold", "words"),
    [
        (DueKind.BEFORE_DUE, "2012-12-03/1", "due on 3 December 2012: reminder 1 day before"),
        (DueKind.OVERDUE, "2012-12-03/16", "overdue: reminder 16 days after 3 December 2012"),
        (DueKind.SIGN_OFF_WAITING, "2012-12-03/0", "awaits sign-off since 3 December 2012"),
        (DueKind.NO_OWNER, "2012-12-03/7", "no owner since 3 December 2012: reminder after 7 days"),
        (
            Occasion.UPDATE_CALLED,
            "2012-12-03/2",
            "an update is asked for by 3 December 2012, 2 working days before",
        ),
        (Occasion.ERASURE_ASKED, "2012-12-03", "an erasure after a breach awaits a decision since 3 December 2012"),
        (Occasion.WEEK_FOR_LEADS, "2012-12-03", "the leads’ week that begins on 3 December 2012"),
    ],
)
def test_a_reason_says_the_day_it_is_about_and_the_threshold(kind, threshold, words):
    assert in_words(kind, threshold) == words
