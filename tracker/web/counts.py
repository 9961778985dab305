"""The counts that pages show: one query set, so that home page, list and pack agree."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count

from tracker.choices import Delivery
from tracker.models import Authority
from tracker.rules.authority_settings import read_settings
from tracker.rules.standing import RatingSettings


def tally(actions: Any, on: date) -> dict[str, Any]:
    """How many actions have which delivery rating on that day, in the rating's order; those without one beside it."""
    return listed(Counter(dict(_counted(actions, on))))


def tallies(actions: Any, on: date, *fields: str) -> dict[Any, dict[str, Any]]:
    """The same for each value of a field, such as the report, or each pair of values of two; all in one query."""
    groups: dict[Any, Counter[str | None]] = {}
    for *values, rating, number in _counted(actions, on, *fields):
        groups.setdefault(tuple(values) if len(values) > 1 else values[0], Counter())[rating] = number
    return {value: listed(found) for value, found in groups.items()}


def _counted(actions: Any, on: date, *fields: str) -> Any:
    return actions.rated(on).order_by().values_list(*fields, "rating").annotate(number=Count("pk"))


def listed(found: Counter[str | None]) -> dict[str, Any]:
    """A count by rating in the shape that pages show."""
    return {
        "ratings": [(rating, found[rating]) for rating in Delivery],
        "unrated": found[None],
        "total": found.total(),
    }


def thresholds(authorities: Iterable[Authority]) -> RatingSettings:
    """The thresholds to print in a key: the authority's own, or the house's where several are on one page."""
    distinct = {authority.pk: authority for authority in authorities}
    if len(distinct) == 1:
        return read_settings(next(iter(distinct.values())).settings).rating
    return RatingSettings()
