"""What an authority may set for itself, and what holds where it has set nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.choices import Family
from tracker.rules.due_dates import Timescale, Unit, parse_timescale
from tracker.rules.refusal import Refused
from tracker.rules.reminder_settings import ReminderSettings
from tracker.rules.standing import RatingSettings


@dataclass(frozen=True)
class AuthoritySettings:
    """The settings of one authority. Periods are days; the first-response period is working days; hours are London's.

    `pack_days` is how many working days before a board meets its pack is made; 0 where none is made by itself.
    `unused_days` without a sign-in make an account unused; `access_review_days` after the list of who has access was
    last looked through, who keeps the people is reminded.
    """

    first_response_days: int = 5
    due_soon_days: int = 14
    silent_days: int = 30
    digest_weekday: int = 0
    digest_hour: int = 8
    pack_days: int = 3
    unused_days: int = 90
    access_review_days: int = 180
    family_defaults: Mapping[Family, Timescale] = field(default_factory=dict)
    reminders: ReminderSettings = field(default_factory=ReminderSettings)

    @property
    def rating(self) -> RatingSettings:
        """The thresholds of the delivery rating."""
        return RatingSettings(due_soon_days=self.due_soon_days, silent_days=self.silent_days)


LIMITS = {
    "first_response_days": (0, 60),
    "due_soon_days": (1, 90),
    "silent_days": (7, 365),
    "digest_weekday": (0, 4),
    "digest_hour": (6, 20),
    "pack_days": (0, 20),
    "unused_days": (30, 365),
    "access_review_days": (30, 730),
}


def read_settings(
    stored: Mapping[str, Any], *, house: Mapping[str, list[int | str]] | None = None
) -> AuthoritySettings:
    """The settings from their stored form; `house` holds the reminder defaults of the installation, by kind.

    Raises Refused for a name that does not exist or a value that makes no sense.
    """
    known = {*LIMITS, "family_defaults", "reminders"}
    for name in stored:
        if name not in known:
            raise Refused(f"There is no setting called “{name}”.", name)
    numbers = {name: _whole(name, stored[name]) for name in LIMITS if name in stored}
    defaults = {
        _family(name): _timescale(name, words) for name, words in dict(stored.get("family_defaults", {})).items()
    }
    reminders = ReminderSettings().changed(house or {}).changed(stored.get("reminders", {}))
    return AuthoritySettings(**numbers, family_defaults=defaults, reminders=reminders)


def _whole(name: str, value: object) -> int:
    low, high = LIMITS[name]
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused(f"Give a whole number from {low} to {high}.", name)
    return value


def _family(name: str) -> Family:
    if name not in Family.values:
        raise Refused(f"“{name}” is no family of report.", "family_defaults")
    return Family(name)


def _timescale(name: str, words: str) -> Timescale:
    timescale = parse_timescale(words)
    if timescale.unit in (Unit.IN_WORDS, Unit.NOT_STATED):
        raise Refused(f"“{words}” is no timescale that a date can be counted from.", "family_defaults")
    return timescale
