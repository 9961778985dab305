"""The plan as a whole: references, the actions an accepted report begins with, plans entered by hand."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import AcceptedAs, EventKind, Family
from tracker.models import Action, Authority, Recommendation, Report, Trailed
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import trail
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep, reckon, set_due

BY_HAND = (Family.IMPROVEMENT_NOTICE, Family.PEER_REVIEW, Family.AUDIT, Family.OTHER)
LETTERS = "BCDEFGHIJKLMNOPQRSTUVWXYZ"


def next_series(authority: Authority, year: int) -> str:
    """The part of a reference that stands for the report: its year, with a letter from the second of that year on."""
    Authority.objects.select_for_update().get(pk=authority.pk)  # two accepted at once would take the same letter
    taken = set(
        Report.objects.filter(authority=authority, series__startswith=str(year)).values_list("series", flat=True)
    )
    names = (str(year), *(f"{year}{letter}" for letter in LETTERS))
    for name in names:
        if name not in taken:
            return name
    raise Refused(f"{authority} has {len(names)} reports of {year} already; references have no letter left.")


def next_reference(report: Report) -> str:
    """The next reference of a report's actions, such as RTH-2012-07. A reference is never used twice."""
    stem = f"{report.authority.code}-{report.series}-"
    taken = Action.objects.filter(authority=report.authority, reference__startswith=stem)
    last = max((int(reference.rsplit("-", 1)[1]) for reference in taken.values_list("reference", flat=True)), default=0)
    return f"{stem}{last + 1:02}"


def actions_for(report: Report, *, by: Actor, at: datetime) -> list[Action]:
    """One action for each recommendation of a report just accepted; the caller's event tells of them."""
    house = House.of(report.authority)
    return [new_action(each, report, house=house, at=at) for each in report.recommendations.order_by("number")]


def new_action(recommendation: Recommendation, report: Report, *, house: House, at: datetime, what: str = "") -> Action:
    """Make an action for a recommendation, dated by the rules; it begins with the recommendation's own words."""
    action = drafted(recommendation, report, reference=next_reference(report), house=house, at=at, what=what)
    keep(action, house=house, at=at)
    return action


def drafted(
    recommendation: Recommendation, report: Report, *, reference: str, house: House, at: datetime, what: str = ""
) -> Action:
    """An action as new_action makes it, not saved yet."""
    action = Action(
        authority=report.authority,
        recommendation=recommendation,
        reference=reference,
        what=what or recommendation.text,
        accepted_on=day_of(at),
        last_heard_at=at,
    )
    found = reckon(recommendation, report, house)
    action.original_due, action.original_basis = found.on, found.basis
    set_due(action, found, report=report, house=house)
    return action


@transaction.atomic
def add_action(recommendation: Recommendation, *, what: str, by: Actor, at: datetime) -> Action:
    """Add a further action to a recommendation, or the first to one that was kept for reference."""
    report = recommendation.report
    check(by, Ability.KEEP_PLAN, report.authority)
    if not what.strip():
        raise Refused("Say what will be done.", "what")
    locked(report)  # two people adding at once would both take the next reference
    action = new_action(recommendation, report, house=House.of(report.authority), at=at, what=what)
    trail.record(EventKind.ACTION_ADDED, action, chain=report.authority, by=by, at=at)
    return action


@transaction.atomic
def enter_by_hand(
    *,
    authority: Authority,
    family: Family,
    title: str,
    texts: Sequence[str],
    by: Actor,
    at: datetime,
    issued_on: date,
    source: str,
) -> Report:
    """Enter a plan that no inspection report began: an improvement notice, a peer review, an audit.

    `issued_on` is the day it is dated, `source` where that stands; each text becomes a recommendation with its action.
    """
    check(by, Ability.KEEP_PLAN, authority)
    wanted = [text.strip() for text in texts if text.strip()]
    if not wanted:
        raise Refused("Enter at least one recommendation.", "texts")
    report = begun_by_hand(
        authority=authority, family=family, title=title, issued_on=issued_on, source=source, by=by, at=at
    )
    rows: list[Trailed] = [report]
    rows += [Recommendation.objects.create(report=report, number=n, text=text) for n, text in enumerate(wanted, 1)]
    rows += actions_for(report, by=by, at=at)
    trail.record(EventKind.PLAN_ENTERED, *rows, chain=authority, by=by, at=at)
    return report


def check_by_hand(*, family: str, title: str, source: str) -> None:
    """Refuses a plan by hand that lacks what every plan has."""
    if family not in BY_HAND:
        raise Refused("Reports of this family are read from their file.", "family")
    if not title.strip():
        raise Refused("Say what the plan is called.", "title")
    if not source.strip():
        raise Refused("Say where its date stands, for example in the letter.", "source")


def begun_by_hand(
    *, authority: Authority, family: Family, title: str, issued_on: date, source: str, by: Actor, at: datetime
) -> Report:
    """A plan without recommendations yet, that no inspection report began; the caller's event tells of it."""
    check_by_hand(family=family, title=title, source=source)
    return Report.objects.create(
        authority=authority,
        family=family,
        title=title.strip(),
        series=next_series(authority, issued_on.year),
        publication_date=issued_on,
        publication_source=source.strip(),
        publication_set_by=by.user,
        accepted_as=AcceptedAs.PLAN,
        accepted_at=at,
        accepted_by=by.user,
    )
