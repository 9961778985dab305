"""The counts that pages show: one query set, so that home page, list and pack agree."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.choices import Delivery
from tracker.models import Action, Authority
from tracker.rules.authority_settings import read_settings
from tracker.rules.standing import RatingSettings


def tally(actions: Iterable[Action], on: date) -> dict[str, Any]:
    """How many actions have which delivery rating on that day, in the rating's order; those without one beside it."""
    found = Counter(action.delivery_on(on) for action in actions)
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
