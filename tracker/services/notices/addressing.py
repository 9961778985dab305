"""Whom to tell what: for each row of the ledger that is not settled, the people it is for today.

Decided when a digest is made, never when a thing falls due: today's owner, today's memberships, today's deputies.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from tracker.choices import DigestChoice, DueKind, Occasion, Role
from tracker.models import Action, Authority, BoardMeeting, Due, Erasure, Membership, Told
from tracker.rules.digest import LASTS, RIDING, Timing, opening_day, timing
from tracker.rules.roles import READING, WORKING
from tracker.services import mail_choices, reference
from tracker.services.calls import unanswered_by

People = frozenset[int]
NOBODY: People = frozenset()


@dataclass(frozen=True)
class Owing:
    """A row of the ledger with what decides whom it is for."""

    due: int
    authority: int
    kind: str
    threshold: str
    subject: str
    number: int
    owed_on: date
    owner: int | None = None
    accountable: int | None = None

    @property
    def about_action(self) -> bool:
        """Whether its subject is an action."""
        return self.subject == Action.trail_type()


@dataclass
class Household:
    """Who is there today: current roles by authority, who stands in for whom, and each authority's director."""

    on: date
    roles: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    deputies: dict[tuple[int, int], int] = field(default_factory=dict)
    directors: dict[int, int] = field(default_factory=dict)
    called: dict[int, People] = field(default_factory=dict)

    @classmethod
    def of(cls, authorities: Collection[int], on: date, people: Collection[int] | None = None) -> "Household":
        """Read it for these authorities; of owners and partners only those of `people`, where they are given."""
        found = cls(on)
        directed = Authority.objects.filter(pk__in=authorities, director__is_active=True)
        found.directors = dict(directed.values_list("pk", "director"))
        rows = Membership.objects.current().filter(authority__in=authorities)
        if people is not None:
            known = {*people, *found.directors.values()}
            rows = rows.filter(Q(user__in=known) | Q(role__in=(Role.LEAD, Role.BOARD)))
        told = rows.values_list("authority", "role", "user", "deputy", "deputy_from", "deputy_to", "deputy__is_active")
        for authority, role, user, deputy, begins, ends, active in told:
            found.roles[authority, role].add(user)
            if deputy and active and begins and ends and begins <= on <= ends:
                found.deputies[authority, user] = deputy
        return found

    def present(self, authority: int, person: int | None, roles: Iterable[str] = WORKING) -> People:
        """The person, or whoever stands in for them today; nobody where they hold none of the roles any more."""
        if person is None or not any(person in self.roles[authority, role] for role in roles):
            return NOBODY
        return frozenset({self.deputies.get((authority, person), person)})

    def holders(self, authority: int, role: str) -> People:
        """Everybody who holds the role today, or stands in for somebody who does."""
        return frozenset(self.deputies.get((authority, person), person) for person in self.roles[authority, role])


def _owner(owing: Owing, there: Household) -> People:
    """The owner; the leads where nobody is left who would answer for it, so that it is never silent."""
    return there.present(owing.authority, owing.owner) or _leads(owing, there)


def _new_owner(owing: Owing, there: Household) -> People:
    return there.present(owing.authority, owing.owner)


def _leads(owing: Owing, there: Household) -> People:
    return there.holders(owing.authority, Role.LEAD)


def _other_leads(owing: Owing, there: Household) -> People:
    """The leads who may decide on an erasure: all but who asked for it, and nobody who only stands in for one."""
    asked_by = Erasure.objects.filter(pk=owing.number).values_list("asked_by", flat=True)
    return frozenset(there.roles[owing.authority, Role.LEAD]) - frozenset(asked_by)


def _accountable(owing: Owing, there: Household) -> People:
    return there.present(owing.authority, owing.accountable, READING) or _leads(owing, there)


def _looks_again(owing: Owing, there: Household) -> People:
    """The accountable lead, where they lead still: only a lead may look at a closed action again."""
    return there.present(owing.authority, owing.accountable, (Role.LEAD,)) or _leads(owing, there)


def _director(owing: Owing, there: Household) -> People:
    return there.present(owing.authority, there.directors.get(owing.authority), READING) or _leads(owing, there)


def _board(owing: Owing, there: Household) -> People:
    return frozenset(there.roles[owing.authority, Role.BOARD])


def _called(owing: Owing, there: Household) -> People:
    if owing.number not in there.called:
        there.called[owing.number] = _not_answered(owing.number, there)
    return there.called[owing.number]


def _not_answered(number: int, there: Household) -> People:
    meeting = BoardMeeting.objects.standing().filter(pk=number).first()
    if meeting is None or meeting.call is None or meeting.call[0] < there.on:
        return NOBODY
    owners = unanswered_by(meeting)
    return frozenset().union(*(there.present(meeting.authority_id, owner) for owner in owners))


AUDIENCES: dict[str, Callable[[Owing, Household], People]] = {
    DueKind.ASSIGNED: _new_owner,
    DueKind.BEFORE_DUE: _owner,
    DueKind.DUE_TODAY: _owner,
    DueKind.OVERDUE: _owner,
    DueKind.SILENT: _owner,
    DueKind.ESCALATED_TO_LEAD: _accountable,
    DueKind.ESCALATED_TO_DIRECTOR: _director,
    DueKind.SIGN_OFF_WAITING: _leads,
    DueKind.EXTENSION_WAITING: _leads,
    DueKind.STATUTORY_STEP: _leads,
    DueKind.CHECK_DUE: _looks_again,
    DueKind.NO_DATE: _leads,
    DueKind.NO_OWNER: _leads,
    Occasion.HELP_ASKED: _leads,
    Occasion.ERASURE_ASKED: _other_leads,
    Occasion.UPDATE_CALLED: _called,
    Occasion.WEEK_FOR_LEADS: _leads,
    Occasion.MONTH_FOR_BOARD: _board,
}


@dataclass(frozen=True)
class Addressed:
    """What is owed to whom and not told yet, by person; and the rows that everybody has been told of."""

    to: dict[int, list[Owing]]
    done: list[int]

    @classmethod
    def together(cls, parts: Iterable["Addressed"]) -> "Addressed":
        """Several authorities' in one: a person in two of them gets one envelope."""
        found = cls({}, [])
        for part in parts:
            found.done.extend(part.done)
            for person, owings in part.to.items():
                found.to.setdefault(person, []).extend(owings)
        return found

    def triggers(self, person: int) -> list[Owing]:
        """What makes a mail go out; the rest only rides along in the week's."""
        return [owing for owing in self.to.get(person, ()) if owing.kind not in RIDING]


def address(*, on: date, authorities: Collection[int]) -> Addressed:
    """Everything unsettled of these authorities, with the people it is for on that day."""
    return _addressed(unsettled(Q(authority__in=authorities), on), on)


def address_to(people: Collection[int], *, on: date) -> Addressed:
    """The part of it that is for these people."""
    members = Membership.objects.current().filter(Q(user__in=people) | Q(deputy__in=people))
    held = list(members.values_list("authority", "user", "role"))
    holders = {user for _, user, _ in held} | set(people)
    whole = {authority for authority, _, role in held if role in (Role.LEAD, Role.BOARD)}
    whole |= set(Authority.objects.filter(director__in=holders).values_list("pk", flat=True))
    every = {authority for authority, _, _ in held}
    # As numbers, not as a part of the query: the ledger is then asked by its index, however long it is.
    named = Action.objects.filter(Q(owner__in=holders) | Q(accountable__in=holders))
    theirs = list(named.order_by().values_list("pk", flat=True))
    meetings = list(BoardMeeting.objects.ahead(on).filter(authority__in=every).values_list("pk", flat=True))
    parts = (
        Q(subject_type=Action.trail_type(), subject_id__among=theirs),
        Q(authority__in=whole),
        Q(subject_type=BoardMeeting.trail_type(), subject_id__in=meetings),
    )
    rows = {owing.due: owing for part in parts for owing in unsettled(part, on)}
    return _addressed(list(rows.values()), on, only=frozenset(people))


def unsettled(which: Q, on: date, *, settled_since: datetime | None = None) -> list[Owing]:
    """The rows of the ledger owed by that day and not settled (with `settled_since`: or not before that moment).

    A kind that only a newer version knows waits for that version's senders.
    """
    action = Action.objects.filter(pk=OuterRef("subject_id")).order_by()
    open_still = Q(settled_at=None) | Q(settled_at__gte=settled_since) if settled_since else Q(settled_at=None)
    rows = Due.objects.filter(which, open_still, owed_on__lte=on).order_by("pk")
    told = rows.annotate(
        owner=Subquery(action.values("owner")), accountable=Subquery(action.values("accountable"))
    ).values_list(
        "pk", "authority", "kind", "threshold", "subject_type", "subject_id", "owed_on", "owner", "accountable"
    )
    return [owing for owing in (Owing(*row) for row in told) if owing.kind in AUDIENCES]


def _addressed(rows: list[Owing], on: date, only: People | None = None) -> Addressed:
    there = household(rows, on, only)
    for_whom = {owing.due: AUDIENCES[owing.kind](owing, there) for owing in rows if not is_stale(owing, on)}
    places = {owing.authority for owing in rows}
    known = (
        Told.objects.filter(due__among=list(for_whom), person__in=only)
        if only is not None
        else Told.objects.filter(due__settled_at=None, due__authority__in=places)
    )
    named = only or {person for people in for_whom.values() for person in people}
    wishes = Wishes.of(named, set(known.values_list("due", "person")), on)
    found, done = Addressed({}, []), []
    for owing in rows:
        people = for_whom.get(owing.due, NOBODY)
        waiting = wishes.waiting(owing, people)
        if (people or owing.kind == Occasion.UPDATE_CALLED) and not waiting or is_stale(owing, on):
            done.append(owing.due)
        for person, when in waiting.items():
            if when is Timing.TODAY and (only is None or person in only):
                found.to.setdefault(person, []).append(owing)
    return Addressed(found.to, done)


@dataclass(frozen=True)
class Wishes:
    """What people have chosen and been told, and the first working day of the week."""

    on: date
    opening: date
    choices: dict[int, DigestChoice]
    told: set[tuple[int, int]]

    @classmethod
    def of(cls, people: Collection[int], told: set[tuple[int, int]], on: date) -> "Wishes":
        """Read what these people have chosen; `told` are the rows of the ledger that each has been told of."""
        return cls(on, opening_day(on, reference.calendar()), mail_choices.choices_of(people), told)

    def when(self, owing: Owing, person: int) -> Timing:
        """When the person wants to be told of the row, whether they have been told or not."""
        choice = self.choices.get(person, DigestChoice.EACH_DAY)
        return timing(owing.kind, choice, owed_on=owing.owed_on, on=self.on, opening=self.opening)

    def waiting(self, owing: Owing, people: People) -> dict[int, Timing]:
        """Who is still to be told, and when; those who want no such word are left out."""
        wanted = {person: self.when(owing, person) for person in people if (owing.due, person) not in self.told}
        return {person: when for person, when in wanted.items() if when is not Timing.NEVER}


def household(rows: list[Owing], on: date, only: People | None = None) -> Household:
    """Who is there on that day, of the authorities that these rows belong to."""
    authorities = {owing.authority for owing in rows}
    if only is None:
        return Household.of(authorities, on)
    named = {person for owing in rows for person in (owing.owner, owing.accountable) if person} | only
    calling = any(owing.kind == Occasion.UPDATE_CALLED for owing in rows)
    return Household.of(authorities, on, None if calling else named)


def is_stale(owing: Owing, on: date) -> bool:
    """A week or a month that nobody wants to read of any more."""
    lasts = LASTS.get(Occasion(owing.kind)) if owing.kind in LASTS else None
    return lasts is not None and (on - owing.owed_on).days > lasts
