"""What a council's leads see of the ledger: what is owed and to whom, whom no mail reaches, whose owners have gone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from tracker.choices import NoticeState
from tracker.models import DIGESTS, Action, Authority, Membership, Notice, Told
from tracker.rules.digest import RIDING, Timing
from tracker.rules.reasons import in_words
from tracker.rules.roles import WORKING
from tracker.services.notices.addressing import AUDIENCES, Owing, Wishes, household, is_stale, unsettled
from tracker.services.notices.naming import names
from tracker.services.notices.posting import LAPSED

NEXT = "in the next digest"
WEEK = "in the week’s digest"
MONDAY = "on Monday, as they chose"
NOBODY = "nobody is there to be told"


@dataclass(frozen=True)
class Owed:
    """One thing owed to one person (None: nobody is there): what it is about, why, since when, and when it is told."""

    person: int | None
    about: str
    action: int | None
    why: str
    since: date
    told: str


def owed_in(authority: Authority, *, on: date) -> list[Owed]:
    """Everything of the council's plan that is owed and not told yet, the oldest first."""
    rows = [owing for owing in unsettled(Q(authority=authority), on) if not is_stale(owing, on)]
    there, named = household(rows, on), names(rows)
    told = set(Told.objects.filter(due__authority=authority, due__settled_at=None).values_list("due", "person"))
    audiences = {owing.due: AUDIENCES[owing.kind](owing, there) for owing in rows}
    wishes = Wishes.of({person for people in audiences.values() for person in people}, told, on)
    found: list[Owed] = []
    for owing in rows:
        for person in audiences[owing.due]:
            when = _when(owing, person, wishes)
            if when and (owing.due, person) not in told:
                found.append(_owed(owing, person, named, when))
        if not audiences[owing.due]:
            found.append(_owed(owing, None, named, NOBODY))
    return sorted(found, key=lambda each: each.since)


def _when(owing: Owing, person: int, wishes: Wishes) -> str:
    """When the person is told; empty where they want no such word."""
    if owing.kind in RIDING:
        return WEEK
    return {Timing.TODAY: NEXT, Timing.LATER: MONDAY}.get(wishes.when(owing, person), "")


def _owed(owing: Owing, person: int | None, named: dict[tuple[str, int], str], when: str) -> Owed:
    about = named.get((owing.subject, owing.number), "")
    action = owing.number if owing.about_action else None
    return Owed(person, about, action, in_words(owing.kind, owing.threshold), owing.owed_on, when)


def unreachable(authorities: Collection[int]) -> dict[int, dict[int, str]]:
    """By authority, the people whose last mail was refused for good, with what the mail server said."""
    last = Notice.objects.filter(recipient=OuterRef("user"), kind__in=DIGESTS)
    last = last.filter(state__in=(NoticeState.SENT, NoticeState.FAILED)).order_by("-day", "-pk")
    held = Membership.objects.current().filter(authority__in=list(authorities)).order_by("user__name")
    rows = held.annotate(state=Subquery(last.values("state")[:1]), said=Subquery(last.values("last_error")[:1]))
    failed = rows.filter(state=NoticeState.FAILED).exclude(said__startswith=LAPSED)
    found: dict[int, dict[int, str]] = {}
    for authority, person, said in failed.values_list("authority", "user", "said"):
        found.setdefault(authority, {})[person] = said
    return found


def gone_owners(authorities: Collection[int]) -> dict[int, dict[int, int]]:
    """By authority, the owners of unfinished actions who may hold none any more, with how many they hold."""
    there = Membership.objects.current().filter(
        authority=OuterRef("authority"), user=OuterRef("owner"), role__in=WORKING
    )
    rows = Action.objects.filter(authority__in=list(authorities), owner__isnull=False).unfinished()
    counted = rows.exclude(Exists(there)).values("authority", "owner").annotate(number=Count("pk")).order_by("-number")
    found: dict[int, dict[int, int]] = {}
    for row in counted:
        found.setdefault(row["authority"], {})[row["owner"]] = row["number"]
    return found
