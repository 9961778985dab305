"""The delivery rating as the database can count by it. rules.standing says what it is; a test compares the two."""

from datetime import date, timedelta
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When

from tracker.choices import Delivery, Status
from tracker.models.people import Authority
from tracker.rules.authority_settings import read_settings
from tracker.rules.london import end_of
from tracker.rules.standing import OPEN, UNRATED, RatingSettings

THRESHOLDS = ("due_soon_days", "silent_days")


class RatedQuerySet(models.QuerySet[Any]):
    """Actions with their delivery rating, so that a filter or a tally is one query and not a row at a time."""

    def rated(self, on: date) -> Any:
        """Each action with its `rating` on that day, by its authority's thresholds; None for what has no rating."""
        return self.annotate(rating=_rating(on, _own_thresholds()))

    def silent(self, on: date) -> Any:
        """Open, and nobody has been heard for as many days as its authority allows; as rules.standing.is_silent."""
        found, own = Q(), _own_thresholds()
        for limits, numbers in own.items():
            found |= Q(authority__in=numbers) & _silent(on, limits)
        others = ~Q(authority__in=[*chain(*own.values())]) & _silent(on, RatingSettings())
        return self.filter(found | others, status__in=OPEN)


def _own_thresholds() -> dict[RatingSettings, list[int]]:
    """The authorities that keep other thresholds than the house, by their thresholds."""
    chosen = Q(settings__has_any_keys=THRESHOLDS)
    found: dict[RatingSettings, list[int]] = {}
    for number, settings in Authority.objects.filter(chosen).values_list("pk", "settings"):
        found.setdefault(read_settings(settings).rating, []).append(number)
    return found


def _rating(on: date, own: dict[RatingSettings, list[int]]) -> Case:
    """The rules of the rating in their order: the first that applies."""
    is_open = Q(status__in=OPEN)
    return Case(
        When(status__in=UNRATED, then=Value(None)),
        When(status=Status.CLOSED, then=Value(Delivery.BLUE.value)),
        When(is_open & Q(overdue_after__lt=on), then=Value(Delivery.RED.value)),
        When(_is_at_risk(is_open, on, own), then=Value(Delivery.AMBER.value)),
        When(Q(agreed_due=None) | Q(status=Status.NOT_STARTED), then=Value(Delivery.GREY.value)),
        default=Value(Delivery.GREEN.value),
        output_field=models.CharField(),
    )


def _is_at_risk(is_open: Q, on: date, own: dict[RatingSettings, list[int]]) -> Q:
    """Lowered by a person, not started in time, or due soon or silent by the thresholds of the action's authority."""
    missed_start = Q(status=Status.NOT_STARTED, start_on__lt=on)
    by_thresholds = ~Q(authority__in=[*chain(*own.values())]) & _soon_or_silent(on, RatingSettings())
    for limits, numbers in own.items():
        by_thresholds |= Q(authority__in=numbers) & _soon_or_silent(on, limits)
    return ~Q(lowered_to="") | missed_start | (is_open & by_thresholds)


def _soon_or_silent(on: date, limits: RatingSettings) -> Q:
    soon = Q(overdue_after__gte=on, overdue_after__lte=on + timedelta(days=limits.due_soon_days))
    return soon | _silent(on, limits)


def _silent(on: date, limits: RatingSettings) -> Q:
    return Q(last_heard_at__lte=end_of(on - timedelta(days=limits.silent_days)))
