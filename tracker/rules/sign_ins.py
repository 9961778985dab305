"""Whether an account is used, as those may know who keep a council's people: nothing of before it was theirs to keep."""

from datetime import datetime, timedelta

UNUSED_DAYS = 90


def seen_since(granted_at: datetime, last_sign_in: datetime | None) -> datetime | None:
    """The last sign-in, if it came after the role was granted: an earlier one is another council's affair."""
    return last_sign_in if last_sign_in and last_sign_in >= granted_at else None


def is_unused(
    granted_at: datetime, last_sign_in: datetime | None, *, at: datetime, after_days: int = UNUSED_DAYS
) -> bool:
    """Whether the person has not signed in since the role was granted, or not for so many days (a council's setting)."""
    seen = seen_since(granted_at, last_sign_in)
    return seen is None or at - seen > timedelta(days=after_days)
