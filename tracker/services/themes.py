"""What recommendations are about: proposed from their words, settled by a person, a whole report at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Recommendation, Report, Theme, Trailed
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.themes import proposed
from tracker.services import trail
from tracker.services.locking import locked


def every() -> list[Theme]:
    """The themes there are, in the order people read them."""
    return list(Theme.objects.order_by("title"))


def proposals(items: Iterable[Recommendation]) -> dict[int, tuple[str, ...]]:
    """The codes of the themes that each recommendation's words speak for; nothing is stored."""
    words = {theme.code: tuple(theme.words) for theme in every()}
    return {item.pk: proposed(item.text, words) for item in items}


@transaction.atomic
def settle(report: Report, chosen: Mapping[int, Iterable[Theme]], *, by: Actor, at: datetime) -> list[Recommendation]:
    """Say what recommendations of a report are about; those that changed. One event tells of all of them.

    `chosen` holds the themes by the recommendation's number in the database; one that is not in it stays as it is.
    Raises Refused where one is not of this report.
    """
    check(by, Ability.KEEP_PLAN, report.authority_id)
    kept = locked(report)
    rows = {item.pk: item for item in kept.recommendations.prefetch_related("themes")}
    if not chosen.keys() <= rows.keys():
        raise Refused("Only recommendations of this report can be given themes here.")
    changed: list[Trailed] = [rows[key] for key, themes in chosen.items() if _set(rows[key], set(themes))]
    if changed:
        trail.record(EventKind.RECOMMENDATION_THEMED, *changed, chain=kept.authority, by=by, at=at)
    return changed  # type: ignore[return-value]


def _set(item: Recommendation, themes: set[Theme]) -> bool:
    if set(item.themes.all()) == themes:
        return False
    item.themes.set(themes)
    return True
