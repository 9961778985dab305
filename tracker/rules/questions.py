"""Dates that are asked about before they are saved, because a year is easily typed wrong. Only an impossible year is refused."""

from datetime import date

from dateutil.relativedelta import relativedelta

from tracker.rules.refusal import Refused
from tracker.rules.written_dates import long_date, short_date

YEARS_AHEAD = 3
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)  # beyond these a year was mistyped, and counting breaks down


def check_year(on: date, field: str) -> None:
    """Refused for a date in a year that no report or plan can have, with the field it was typed in."""
    if not EARLIEST <= on <= LATEST:
        raise Refused(f"{short_date(on)} is not a date the tracker can keep: check the year.", field)


def question_due(on: date, *, as_at: date, publication: date | None = None) -> str | None:
    """A question about a due date in the past or more than three years after `as_at`; None where it is plausible."""
    if publication and on < publication:
        return f"{long_date(on)} is before the report was published ({short_date(publication)}). Is it right?"
    if on < as_at:
        return f"{long_date(on)} is in the past. Is it right?"
    if on > as_at + relativedelta(years=YEARS_AHEAD):
        return f"{long_date(on)} is more than three years ahead. Is the year right?"
    return None


def question_publication(on: date, *, inspection_end: date | None, as_at: date) -> str | None:
    """A question about a publication date before the inspection's end or after `as_at`; None where it is plausible."""
    if inspection_end and on < inspection_end:
        return f"{long_date(on)} is before the inspection ended ({short_date(inspection_end)}). Is it right?"
    if on > as_at:
        return f"{long_date(on)} is still to come. Is it right?"
    return None


def question_meeting(held_on: date | None, updates_by: date | None, *, as_at: date) -> str | None:
    """A question about a meeting, or a day to call for updates by, that is past or far ahead of `as_at`; or None.

    A day that is not in question, because it stays as it was, is handed in as None.
    """
    asked = question_due(held_on, as_at=as_at) if held_on else None
    if asked or updates_by is None or updates_by >= as_at:
        return asked
    return f"Updates would be called for by {long_date(updates_by)}, which is in the past. Is it right?"
