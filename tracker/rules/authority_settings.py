"""What an authority may set for itself, and what holds where it has set nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.choices import Family
from tracker.rules.due_dates import Timescale, Unit, parse_timescale
from tracker.rules.refusal import Refused
from tracker.rules.reminder_settings import ReminderSettings
from tracker.rules.standing import RatingSettings
from tracker.rules.written_dates import counted


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
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
LABELS = {
    "first_response_days": "Time for a first response",
    "due_soon_days": "Due soon",
    "silent_days": "No news",
    "digest_weekday": "Day of the leads’ weekly digest",
    "digest_hour": "Hour of the digests",
    "pack_days": "Pack before a board meeting",
    "unused_days": "Account not used",
    "access_review_days": "Who has access: look again",
}
HINTS = {
    "first_response_days": "Working days after publication before an action due “Immediately” counts as overdue. "
    "It holds for dates that are set from now on.",
    "due_soon_days": "Days before its due date from which an open action is rated amber.",
    "silent_days": "Days without a note or evidence after which an open action is rated amber.",
    "digest_weekday": "On this day leads are told by mail what needs a decision.",
    "digest_hour": "Digests go out from this hour on, by London’s clock.",
    "pack_days": "Working days before a board meeting on which its pack is made by itself, without confidential evidence. "
    "The leads are told by mail. 0 means that none is made.",
    "unused_days": "Days without a sign-in after which an account counts as not used.",
    "access_review_days": "Days after which leads and administrators are reminded to look through the list of who has "
    "access.",
}


def in_words(name: str, value: int) -> str:
    """A setting's value as it is said: 14 days, Monday, 8am."""
    if name == "digest_weekday":
        return WEEKDAYS[value]
    if name == "digest_hour":
        return f"{value % 12 or 12}{'am' if value < 12 else 'pm'}"
    return counted(value, unit(name), f"{unit(name)}s")


def unit(name: str) -> str:
    """What a period is counted in."""
    return "working day" if name in ("first_response_days", "pack_days") else "day"


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
