"""What a sign-in tells those who keep a council's people, and what it does not."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.rules.sign_ins import is_unused, seen_since

GRANTED = datetime(2012, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("last", "told"), [(None, None), (GRANTED - DAY, None), (GRANTED + DAY, GRANTED + DAY)])
def test_a_sign_in_before_the_role_was_granted_is_not_told(last, told):
    assert seen_since(GRANTED, last) == told


@pytest.mark.parametrize(
    ("last", "days", "unused"), [(None, 1, True), (GRANTED - DAY, 1, True), (GRANTED, 90, False), (GRANTED, 91, True)]
)
def test_an_account_is_unused_before_its_first_sign_in_and_ninety_days_after_its_last(last, days, unused):
    assert is_unused(GRANTED, last, at=GRANTED + days * DAY) == unused
