"""Several actions of one authority at once: each row by the rules of the single verb, one line of the trail for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import BulkKind, EventKind
from tracker.models import Action, Authority, BulkChange, User
from tracker.rules.bulk import Period, check_not_printed, check_rows
from tracker.rules.due_dates import Anchor
from tracker.rules.london import day_of
from tracker.rules.questions import check_year, question_due
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.rules.written_dates import counted
from tracker.services import actions as single
from tracker.services import trail
from tracker.services.scheduling import House, anchor_of, keep

# What each kind of bulk change changes of an action, and an undoing gives back.
FIELDS: dict[str, tuple[str, ...]] = {
    BulkKind.OWNER: ("owner", "assigned_on"),
    BulkKind.FIRST_DUE: (
        "original_due",
        "original_basis",
        "agreed_due",
        "overdue_after",
        "due_basis",
        "due_explanation",
        "due_set_by",
        "priority",
    ),
}
EVENTS = {BulkKind.OWNER: EventKind.BULK_ASSIGNED, BulkKind.FIRST_DUE: EventKind.BULK_DATED}
Versions = Mapping[int, int]


@dataclass(frozen=True)
class Foreseen:
    """What becomes of one action: changed in memory where `refusal` is empty, else left with that sentence."""

    action: Action
    before: str
    refusal: str = ""
    question: str = ""

    @property
    def changes(self) -> bool:
        """Whether this action changes."""
        return not self.refusal


@dataclass(frozen=True)
class Dates:
    """How first dates are found: each action's own, a period counted from publication, or one day for all."""

    on: date | None = None
    period: Period | None = None
    own: Mapping[int, date] | None = None

    def due(self, action: Action, house: House) -> date:
        """The action's date. Raises Refused where there is none for it."""
        if self.own is not None:
            if action.pk not in self.own:
                raise Refused("No date was entered for it.")
            return self.own[action.pk]
        if self.period is not None:
            return self.period.due(_anchor(action), house.calendar)
        if self.on is None:
            raise Refused("Enter the due date.", "due")
        return self.on

    def reason(self, action: Action, reason: str) -> str:
        """The reason that is kept with the action's date."""
        return self.period.reason(_anchor(action), reason) if self.period else reason.strip()


def foresee_owners(
    actions: Sequence[Action], *, owner: User | None, replace: bool, by: Actor, at: datetime
) -> list[Foreseen]:
    """What assign_many would do, with nothing written. Raises Refused where it would be refused as a whole."""
    check_owner(_one_authority(actions, by), owner)
    return [_assigned(action, owner, replace, at) for action in actions]


def foresee_dates(actions: Sequence[Action], *, dates: Dates, reason: str, by: Actor, at: datetime) -> list[Foreseen]:
    """What date_many would do, with nothing written. Raises Refused where it would be refused as a whole."""
    house = House.of(_one_authority(actions, by))
    return [_dated(action, dates, reason, by, at, house) for action in actions]


@transaction.atomic
def assign_many(
    actions: Sequence[Action],
    *,
    owner: User | None,
    replace: bool = False,
    by: Actor,
    at: datetime,
    versions: Versions | None = None,
) -> BulkChange:
    """Give several actions of one authority to an owner, or (None) to nobody.

    Left as they are: actions that are finished, that have the owner already, that have another one unless `replace`,
    and those that are not at the version the person was looking at. Raises Refused where nothing would change.
    """
    authority = _one_authority(actions, by)
    check_owner(authority, owner)
    kept = _locked(actions)
    before = _states(kept, BulkKind.OWNER)
    found = [_overtaken(row, versions) or _assigned(row, owner, replace, at) for row in kept]
    told = f"{_many(found)} given to {owner.name}" if owner else f"{_many(found)} taken from their owners"
    return _written(BulkKind.OWNER, authority, found, before, told=told, reason="", by=by, at=at)


@transaction.atomic
def date_many(
    actions: Sequence[Action], *, dates: Dates, reason: str, by: Actor, at: datetime, versions: Versions | None = None
) -> BulkChange:
    """Set the first due dates of several actions of one authority; a date that exists moves by an extension only.

    Left as they are: actions that have a date or are not open, whose date cannot be counted or was not entered, and
    those that are not at the version the person was looking at. Raises Refused where nothing would change.
    """
    authority = _one_authority(actions, by)
    check_reason(reason)
    kept, house = _locked(actions), House.of(authority)
    before = _states(kept, BulkKind.FIRST_DUE)
    found = [_overtaken(row, versions) or _dated(row, dates, reason, by, at, house) for row in kept]
    told = f"First due dates set for {_many(found)}"
    return _written(BulkKind.FIRST_DUE, authority, found, before, told=told, reason=reason.strip(), by=by, at=at)


def why_undated(action: Action) -> str:
    """Why an action can be given no first date with others: it has one, is not open, or waits for a printed timescale.

    Empty where it can. A date chosen for many would take the place of the printed timescale for ever.
    """
    try:
        single.check_undated(action)
        printed = action.recommendation.timescale
        check_not_printed(printed, published=action.recommendation.report.publication_date is not None)
    except Refused as refusal:
        return refusal.sentence
    return ""


def check_owner(authority: Authority, owner: User | None) -> None:
    """Refuses an owner who has no role in the authority that may hold actions."""
    if owner is not None:
        single.check_assignable(authority, owner, "owner")


def check_reason(reason: str) -> None:
    """Refuses dates without a reason: each date says why."""
    if not reason.strip():
        raise Refused("Say why these dates.", "reason")


def _one_authority(actions: Sequence[Action], by: Actor) -> Authority:
    authorities = {action.authority_id: action.authority for action in actions}
    for authority in authorities:
        check(by, Ability.KEEP_PLAN, authority)
    by.person()
    check_rows(len(actions), authorities)
    return next(iter(authorities.values()))


def _locked(actions: Iterable[Action]) -> list[Action]:
    """The actions anew in the order of their numbers, locked; with what a date and the trail ask of each."""
    rows = Action.objects.select_for_update().filter(pk__in=[action.pk for action in actions]).order_by("pk")
    return list(rows.prefetch_related("partners", "authority", "owner", "recommendation__report"))


def _states(rows: Iterable[Action], kind: BulkKind) -> dict[int, dict[str, object]]:
    """The fields that a kind of bulk change changes, as the trail keeps them, by the actions' numbers."""
    states = {row.pk: row.trail_state() for row in rows}
    return {number: {name: state[name] for name in FIELDS[kind]} for number, state in states.items()}


def _overtaken(row: Action, versions: Versions | None) -> Foreseen | None:
    if versions is None or versions.get(row.pk) == row.version:
        return None
    return Foreseen(row, "", "Somebody else has changed it since you looked.")


def _assigned(action: Action, owner: User | None, replace: bool, at: datetime) -> Foreseen:
    before = action.owner.name if action.owner else "Nobody"
    refusal = _why_not_assigned(action, owner, replace)
    if not refusal:
        single.give(action, owner, on=day_of(at))
    return Foreseen(action, before, refusal)


def _why_not_assigned(action: Action, owner: User | None, replace: bool) -> str:
    if action.status not in OPEN:
        return f"Its status is “{action.get_status_display()}”. Change its owner on its own page."
    if action.owner_id == (owner.pk if owner else None):
        return f"{owner.name} owns it already." if owner else "Nobody owns it."
    if action.owner_id and owner and not replace:
        return f"It has an owner already: {action.owner.name if action.owner else ''}."
    return ""


def _dated(action: Action, dates: Dates, reason: str, by: Actor, at: datetime, house: House) -> Foreseen:
    before = f"{action.agreed_due:%-d %B %Y}" if action.agreed_due else "No due date"
    if why := why_undated(action):
        return Foreseen(action, before, why)
    try:
        due = dates.due(action, house)
        check_year(due, "due")
    except Refused as refusal:
        return Foreseen(action, before, refusal.sentence)
    single.date_first(action, due, reason=dates.reason(action, reason), by=by, house=house)
    published = action.recommendation.report.publication_date
    return Foreseen(action, before, question=question_due(due, as_at=day_of(at), publication=published) or "")


def _anchor(action: Action) -> Anchor | None:
    report = action.recommendation.report
    return anchor_of(report.publication_date, report.publication_source)


def _many(found: Iterable[Foreseen]) -> str:
    return counted(sum(each.changes for each in found), "action", "actions")


def _written(
    kind: BulkKind,
    authority: Authority,
    found: Sequence[Foreseen],
    before: Mapping[int, Mapping[str, object]],
    *,
    told: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> BulkChange:
    """Save what changes with what follows from it, and write the one line for all."""
    changed = [each.action for each in found if each.changes]
    if not changed:
        raise Refused("Nothing would change: every one of these actions is left as it is.")
    change = BulkChange(
        authority=authority,
        kind=kind,
        told=told,
        reason=reason,
        made_at=at,
        made_by=by.person(),
        before={str(row.pk): before[row.pk] for row in changed},
    )
    change.save()
    house = House.of(authority)
    for row in changed:
        keep(row, house=house, at=at)
    trail.record(EVENTS[kind], change, *changed, chain=authority, by=by, at=at, reason=reason)
    return change
