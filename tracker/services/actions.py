"""What is done to an action beside its moves and ratings: words, owner, first date, notes."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, assignable_people, check, check_action, reach
from tracker.choices import EventKind, NoteKind
from tracker.models import Action, Authority, ProgressNote, User
from tracker.rules.answers import Said, check_news
from tracker.rules.due_dates import Chosen, due_date, parse_timescale
from tracker.rules.london import day_of
from tracker.rules.questions import check_year
from tracker.rules.refusal import Refused
from tracker.rules.roles import ALL, Ability
from tracker.rules.standing import OPEN
from tracker.services import trail
from tracker.services.locking import locked
from tracker.services.notices.occasions import help_asked
from tracker.services.scheduling import House, anchor_of, keep, schedule, set_due


def _told(kind: EventKind, action: Action, *, by: Actor, at: datetime, reason: str = "") -> Action:
    """Save the action with what follows from it, and write the verb's line."""
    keep(action, house=House.of(action.authority), at=at)
    trail.record(kind, action, chain=action.authority, by=by, at=at, reason=reason)
    return action


@transaction.atomic
def edit(
    action: Action,
    *,
    what: str,
    outcome: str,
    start_on: date | None,
    partners: Sequence[User] | None = None,
    accountable: User | None = None,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Action:
    """Change an action's words, its start, its accountable lead and its partners (None leaves the partners alone)."""
    check(by, Ability.KEEP_PLAN, action.authority_id)
    kept = locked(action, version)
    if not what.strip():
        raise Refused("Say what will be done.", "what")
    for person in [*(partners or []), *([accountable] if accountable else [])]:
        check_assignable(kept.authority, person, "partners" if partners and person in partners else "accountable")
    kept.what, kept.outcome, kept.start_on, kept.accountable = what.strip(), outcome.strip(), start_on, accountable
    if partners is not None:
        kept.partners.set(partners)
    return _told(EventKind.ACTION_EDITED, kept, by=by, at=at)


def check_assignable(authority: Authority, person: User, field: str) -> None:
    """Refuses a person who has no role in the authority that may hold actions."""
    if not assignable_people(authority).filter(pk=person.pk).exists():
        raise Refused(f"{person.name} has no role in {authority} that may hold actions.", field)


@transaction.atomic
def assign(action: Action, *, owner: User | None, by: Actor, at: datetime, version: int | None = None) -> Action:
    """Give an action to an owner of the authority, or (None) take it from the one it has."""
    check(by, Ability.KEEP_PLAN, action.authority_id)
    kept = locked(action, version)
    if owner is not None:
        check_assignable(kept.authority, owner, "owner")
    if kept.owner_id == (owner.pk if owner else None):
        return kept
    give(kept, owner, on=day_of(at))
    return _told(EventKind.ACTION_ASSIGNED, kept, by=by, at=at)


def give(action: Action, owner: User | None, *, on: date) -> None:
    """Put an owner on an action, or take it from the one it has; the caller checks and saves."""
    action.owner, action.assigned_on = owner, on if owner else None


@transaction.atomic
def set_first_due(
    action: Action, *, due: date, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Action:
    """Date an action that has no date yet. A date that exists moves by extension only. Raises Refused."""
    check(by, Ability.KEEP_PLAN, action.authority_id)
    kept = locked(action, version)
    check_undated(kept)
    check_year(due, "due")
    date_first(kept, due, reason=reason, by=by, house=House.of(kept.authority))
    return _told(EventKind.FIRST_DUE_SET, kept, by=by, at=at, reason=reason)


def check_undated(action: Action) -> None:
    """Refuses a first due date for an action that has one, or is not open."""
    if action.agreed_due is not None:
        raise Refused(f"{action} has a due date already; it moves by an extension only.", "due")
    if action.status not in OPEN:
        raise Refused(f"{action} is not open, so it needs no due date.", "due")


def date_first(action: Action, due: date, *, reason: str, by: Actor, house: House) -> None:
    """Put a first due date on an action, with the sentence that explains it; the caller checks and saves."""
    recommendation, report = action.recommendation, action.recommendation.report
    found = due_date(
        parse_timescale(recommendation.timescale or None, heading=recommendation.heading or None),
        heading=recommendation.heading or None,
        anchor=anchor_of(report.publication_date, report.publication_source),
        calendar=house.calendar,
        chosen=Chosen(due, by.user.name if by.user else "the installation itself", reason),
    )
    action.original_due, action.original_basis, action.due_set_by = found.on, found.basis, by.user
    set_due(action, found, report=report, house=house)


@transaction.atomic
def note(
    action: Action,
    *,
    text: str,
    by: Actor,
    at: datetime,
    kind: NoteKind = NoteKind.UPDATE,
    on_behalf_of: User | None = None,
) -> ProgressNote:
    """Note progress, or that help is needed. A lead may do so on the owner's behalf; the trail says both names.

    Raises Refused, and SaidAlready where the last note says the same by the same person today.
    """
    kept = locked(action)
    check_behalf(kept, on_behalf_of, by, on=day_of(at))
    if not text.strip() and kind == NoteKind.UPDATE:
        raise Refused("Write what has happened.", "text")
    behalf = on_behalf_of.pk if on_behalf_of else None
    check_news(Said(kind, text.strip(), day_of(at), by.person().pk, behalf), last_said(kept))
    written = ProgressNote.objects.create(
        action=kept,
        kind=kind,
        text=text.strip(),
        written_at=at,
        written_by=by.person(),
        on_behalf_of=on_behalf_of,
    )
    heard(kept, at)
    if kind == NoteKind.HELP:
        help_asked(written, at=at)
    trail.record(EventKind.NOTE_ADDED, written, chain=kept.authority, by=by, at=at, details=for_whom(on_behalf_of))
    return written


def last_said(action: Action) -> Said | None:
    """The last note on the action; None where there is none."""
    note = action.notes.order_by("-written_at", "-pk").first()
    if note is None:
        return None
    return Said(note.kind, note.text, day_of(note.written_at), note.written_by_id, note.on_behalf_of_id)


def check_behalf(action: Action, on_behalf_of: User | None, by: Actor, *, on: date) -> None:
    """Refuses unless the actor may work on the action, and on somebody's behalf only as a lead for its owner."""
    check_action(by, Ability.WORK, action, on=on)
    if on_behalf_of is None:
        return
    if reach(by.person(), action.authority_id, Ability.WORK) is not ALL:
        raise Refused("Only an improvement lead may enter something on another's behalf.", "on_behalf_of")
    if on_behalf_of.pk != action.owner_id:
        raise Refused(f"{on_behalf_of.name} does not own {action}.", "on_behalf_of")


def for_whom(on_behalf_of: User | None) -> dict[str, object]:
    """What the trail tells beside the actor, where a lead entered something for the owner: the owner as of that day."""
    return {"on_behalf_of": on_behalf_of.name} if on_behalf_of else {}


def heard(action: Action, at: datetime) -> None:
    """A person has been heard on the action: it is silent no more. Follows from the note or evidence itself."""
    action.last_heard_at = at
    schedule(action, house=House.of(action.authority), on=day_of(at))
    action.save(update_fields=["last_heard_at", "next_notice_on"])


@transaction.atomic
def hand_over(actions: Sequence[Action], *, of: User, to: User, by: Actor, at: datetime, reason: str) -> None:
    """Give several actions of one authority from one person to another, as one event: what they own, and what they
    are accountable for as a lead. The caller has checked its own right.
    """
    rows = []
    for action in actions:
        kept = locked(action)
        check_assignable(kept.authority, to, "hand_over_to")
        if kept.owner_id == of.pk:
            give(kept, to, on=day_of(at))
        if kept.accountable_id == of.pk:
            kept.accountable = to
        keep(kept, house=House.of(kept.authority), at=at)
        rows.append(kept)
    if rows:
        trail.record(EventKind.ACTION_ASSIGNED, *rows, chain=rows[0].authority, by=by, at=at, reason=reason)
