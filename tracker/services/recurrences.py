"""What has been raised before: recommendations of an authority's inspections that say the same, settled by a person.

Proposals are worked out from the words whenever they are asked for; only what a person has settled is kept.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Authority, Recommendation, Recurrence, Report
from tracker.rules.recurrence import Proposal, Raised, groups, likeness, proposals
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import trail


@dataclass(frozen=True)
class Pair:
    """Two recommendations side by side, the subjects both speak of, and what a person has said of them."""

    earlier: Recommendation
    later: Recommendation
    shared: tuple[str, ...]
    settled: Recurrence | None = None

    @property
    def sides(self) -> list[tuple[int, Recommendation]]:
        """Both with the year in which each was raised."""
        return [(raised_on(item.report).year, item) for item in (self.earlier, self.later)]


def open_pairs(authority: Authority) -> list[Pair]:
    """The pairs that may say the same and that nobody has settled, the likest first."""
    rows = {item.pk: item for item in _items(authority)}
    known = set(_of(authority).values_list("earlier", "later"))
    found = proposals(Raised(item.pk, raised_on(item.report).isoformat(), item.text) for item in rows.values())
    return [_pair(each, rows) for each in found if (each.earlier.key, each.later.key) not in known]


def _pair(found: Proposal, rows: dict[int, Recommendation]) -> Pair:
    return Pair(rows[int(found.earlier.key)], rows[int(found.later.key)], found.shared)


def settled_pairs(authority: Authority, *, confirmed: bool) -> list[Pair]:
    """The pairs of which a person has said that they say the same, or that they do not; the latest first."""
    rows = _of(authority).filter(confirmed=confirmed).select_related("settled_by", *_BOTH).order_by("-settled_at")
    return [Pair(r.earlier, r.later, likeness(r.earlier.text, r.later.text)[1], r) for r in rows]


_BOTH = ("earlier__report__authority", "later__report__authority")


def _of(authority: Authority) -> QuerySet[Recurrence]:
    return Recurrence.objects.filter(earlier__report__authority=authority)


def _items(authority: Authority) -> list[Recommendation]:
    rows = Recommendation.objects.filter(report__authority=authority).select_related("report__authority")
    return list(rows.order_by("report", "number"))


def raised_on(report: Report) -> date:
    """The day that puts a report in order: published, else the inspection's end or beginning, else its year's end."""
    known = report.publication_date or report.inspection_end or report.inspection_start
    return known or date(int(report.series[:4]), 12, 31)


def raised_before(items: list[Recommendation]) -> dict[int, list[Recommendation]]:
    """For each of these recommendations all that say the same by what people have confirmed, itself among them.

    The earliest comes first. One that stands alone is left out. Two queries, however many there are.
    """
    authorities = {item.report.authority_id for item in items}
    pairs = Recurrence.objects.filter(confirmed=True, earlier__report__authority__in=authorities)
    found = groups(list(pairs.values_list("earlier", "later")))
    wanted = {item.pk for item in items}
    touched = [group for group in found if group & wanted]
    rows = Recommendation.objects.filter(pk__in=[pk for group in touched for pk in group])
    by_key = {row.pk: row for row in rows.select_related("report__authority")}
    told: dict[int, list[Recommendation]] = defaultdict(list)
    for group in touched:
        members = sorted((by_key[pk] for pk in group), key=lambda row: (raised_on(row.report), row.number))
        told |= dict.fromkeys(group & wanted, members)
    return dict(told)


@transaction.atomic
def settle(one: Recommendation, other: Recommendation, *, confirmed: bool, by: Actor, at: datetime) -> Recurrence:
    """Say whether two recommendations say the same; said again, the new answer counts and the trail keeps the old.

    Raises Refused where they are of two authorities, of one report, or where the answer is the one that stands.
    """
    earlier, later = sorted((one, other), key=lambda item: (raised_on(item.report), item.report_id))
    authority = earlier.report.authority
    check(by, Ability.KEEP_PLAN, authority)
    if later.report.authority_id != authority.pk:
        raise Refused("Only recommendations to the same council are compared.")
    if later.report_id == earlier.report_id:
        raise Refused("Both stand in the same report: choose one of another report.", "recommendation")
    either = Q(earlier=earlier, later=later) | Q(earlier=later, later=earlier)
    kept = Recurrence.objects.select_for_update().filter(either).first() or Recurrence(earlier=earlier, later=later)
    if kept.pk and kept.confirmed == confirmed:
        raise Refused("That has been said of them already.", "recommendation")
    kept.confirmed, kept.settled_by, kept.settled_at = confirmed, by.person(), at
    kept.save()
    trail.record(EventKind.RECURRENCE_SETTLED, kept, chain=authority, by=by, at=at)
    return kept
