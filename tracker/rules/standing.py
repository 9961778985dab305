"""How an action stands on a day: overdue, due soon, silent, and its delivery rating. The only predicate for overdue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from tracker.choices import Delivery, Priority, Status
from tracker.rules.refusal import Refused

OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})  # returned and reopened actions are in progress
UNRATED = frozenset({Status.SUPERSEDED, Status.NOT_APPLICABLE})


@dataclass(frozen=True)
class RatingSettings:
    """An authority's thresholds of the delivery rating, in days."""

    due_soon_days: int = 14
    silent_days: int = 30


class Standing(NamedTuple):
    """What the rules need to know of an action. Dates are days in Europe/London.

    `due` is the agreed date. `chase_from` is the day after which the action counts as overdue (first_chase_on): the
    agreed date, or later for "Immediately"; None means the agreed date. `last_heard_on` is the day of the last note,
    evidence or change of status by a person, at first the day the action was accepted.
    """

    status: Status
    due: date | None
    original_due: date | None = None
    start_on: date | None = None
    priority: Priority = Priority.NORMAL
    chase_from: date | None = None
    last_heard_on: date | None = None
    lowered_to: Delivery | None = None


class Timeliness(Enum):
    """A submission against a date."""

    ON_TIME = "on time"
    LATE = "late"
    NO_DATE = "no date"


@dataclass(frozen=True)
class Completion:
    """How the submission that was signed off stands against both dates."""

    against_original: Timeliness
    against_agreed: Timeliness


def late_after(facts: Standing) -> date | None:
    """The last day on which the action does not count as overdue: the agreed date, or `chase_from` if later."""
    if facts.due is None:
        return None
    return max(facts.due, facts.chase_from or facts.due)


def is_overdue(facts: Standing, *, as_at: date) -> bool:
    """Not started or in progress, has an agreed due date, and the day is after it."""
    last = late_after(facts)
    return facts.status in OPEN and last is not None and as_at > last


def is_overdue_against_original(facts: Standing, *, as_at: date) -> bool:
    """The same against the original date, whatever has been agreed since."""
    if facts.original_due is None or facts.original_due == facts.due:
        return facts.original_due is not None and is_overdue(facts, as_at=as_at)
    return facts.status in OPEN and as_at > facts.original_due


def is_due_soon(facts: Standing, *, as_at: date, days: int = RatingSettings.due_soon_days) -> bool:
    """Open, not overdue, and due on the day itself or within so many days of it."""
    last = late_after(facts)
    if facts.status not in OPEN or last is None:
        return False
    return 0 <= (last - as_at).days <= days


def is_silent(facts: Standing, *, as_at: date, days: int = RatingSettings.silent_days) -> bool:
    """Open, and nobody has been heard for so many days; False where it is not known when anybody was."""
    if facts.status not in OPEN or facts.last_heard_on is None:
        return False
    return (as_at - facts.last_heard_on).days >= days


def days_overdue(facts: Standing, *, as_at: date) -> int:
    """Calendar days since the agreed due date; 0 where the action is not overdue."""
    return (as_at - facts.due).days if facts.due and is_overdue(facts, as_at=as_at) else 0


def has_missed_start(facts: Standing, *, as_at: date) -> bool:
    """Its start has passed and it is not started."""
    return facts.status is Status.NOT_STARTED and facts.start_on is not None and as_at > facts.start_on


def delivery(facts: Standing, *, as_at: date, settings: RatingSettings | None = None) -> Delivery | None:
    """The delivery rating (BRAG), the first that applies; None for superseded and no longer applicable actions."""
    if facts.status in UNRATED:
        return None
    chosen = settings or RatingSettings()
    return next(rating for rating, applies in RATINGS if applies(facts, as_at, chosen))


def check_lowered(computed: Delivery | None, lowered_to: Delivery) -> None:
    """Refused unless `lowered_to` is amber and lower than the computed rating: a rating is never raised by hand.

    Red means overdue and blue means closed, everywhere, so neither is for a person to give.
    """
    if lowered_to is not Delivery.AMBER:
        raise Refused("A person may lower a rating to amber; red, green, grey and blue are computed.", "lowered_to")
    if computed not in LOWERABLE:
        raise Refused(
            "A rating may be lowered, never raised: only green and grey can be lowered to amber.", "lowered_to"
        )


def completion(submitted_on: date, original: date | None, agreed: date | None) -> Completion:
    """On time or late: the day of the submission that was signed off, against the original and the agreed date."""
    return Completion(_against(submitted_on, original), _against(submitted_on, agreed))


def _against(submitted_on: date, due: date | None) -> Timeliness:
    if due is None:
        return Timeliness.NO_DATE
    return Timeliness.LATE if submitted_on > due else Timeliness.ON_TIME


def _is_at_risk(facts: Standing, as_at: date, settings: RatingSettings) -> bool:
    return (
        is_due_soon(facts, as_at=as_at, days=settings.due_soon_days)
        or is_silent(facts, as_at=as_at, days=settings.silent_days)
        or has_missed_start(facts, as_at=as_at)
        or facts.lowered_to is not None
    )


LOWERABLE = frozenset({Delivery.GREEN, Delivery.GREY})
Applies = Callable[[Standing, date, RatingSettings], bool]
RATINGS: tuple[tuple[Delivery, Applies], ...] = (
    (Delivery.BLUE, lambda facts, as_at, settings: facts.status is Status.CLOSED),
    (Delivery.RED, lambda facts, as_at, settings: is_overdue(facts, as_at=as_at)),
    (Delivery.AMBER, _is_at_risk),
    (Delivery.GREY, lambda facts, as_at, settings: facts.due is None or facts.status is Status.NOT_STARTED),
    (Delivery.GREEN, lambda facts, as_at, settings: True),
)
