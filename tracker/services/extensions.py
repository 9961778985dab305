"""Extensions: asked for with a reason, decided by another person. The original date never changes."""

from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check, check_action
from tracker.choices import Basis, EventKind
from tracker.models import Action, Extension, Trailed
from tracker.rules.london import day_of
from tracker.rules.questions import check_year
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.rules.written_dates import long_date, short_date
from tracker.services import trail
from tracker.services.locking import locked
from tracker.services.scheduling import House, keep, schedule


@transaction.atomic
def ask(action: Action, *, to_due: date, reason: str, by: Actor, at: datetime) -> Extension:
    """Ask for a later due date. One request at a time; raises Refused where there is no date to move."""
    kept = locked(action)
    check_action(by, Ability.ASK_EXTENSION, kept, on=day_of(at))
    if kept.status not in OPEN or kept.agreed_due is None:
        raise Refused(f"{kept} has no open due date that could be extended.", "to_due")
    check_year(to_due, "to_due")
    if to_due <= kept.agreed_due:
        raise Refused(f"The new date must be later than {short_date(kept.agreed_due)}.", "to_due")
    if not reason.strip():
        raise Refused("Say why more time is needed.", "reason")
    if kept.extensions.filter(granted__isnull=True, withdrawn=False).exists():
        raise Refused("An extension has been asked for already and awaits a decision.")
    asked = Extension.objects.create(
        action=kept,
        from_due=kept.agreed_due,
        to_due=to_due,
        reason=reason.strip(),
        asked_at=at,
        asked_by=by.person(),
        owner_then=kept.owner,
    )
    _reschedule(kept, at)
    trail.record(EventKind.EXTENSION_ASKED, asked, chain=kept.authority, by=by, at=at)
    return asked


@transaction.atomic
def decide(extension: Extension, *, granted: bool, reason: str = "", by: Actor, at: datetime) -> Extension:
    """Grant an extension, which moves the agreed date, or refuse it with a reason. Never one's own, never an own action's."""
    check(by, Ability.DECIDE_EXTENSION, extension.action.authority_id)
    action, kept = locked(extension.action), locked(extension)
    person = by.person()
    if person.pk in (kept.asked_by_id, kept.owner_then_id, action.owner_id):
        raise Refused("Somebody else has to decide on an extension of your own.")
    if kept.granted is not None or kept.withdrawn:
        raise Refused("This extension has been dealt with already.")
    if not granted and not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.granted, kept.decided_at, kept.decided_by, kept.decision_reason = granted, at, person, reason.strip()
    kept.save()
    rows: list[Trailed] = [kept]
    if granted:
        _extend(action, kept, by, at)
        rows.append(action)
    else:
        _reschedule(action, at)
    kind = EventKind.EXTENSION_GRANTED if granted else EventKind.EXTENSION_REFUSED
    trail.record(kind, *rows, chain=action.authority, by=by, at=at, reason=reason)
    return kept


def _extend(action: Action, extension: Extension, by: Actor, at: datetime) -> None:
    if action.status not in OPEN:
        raise Refused(f"{action} is no longer open, so there is no date to extend.")
    if action.agreed_due is None or extension.to_due <= action.agreed_due:
        raise Refused("The due date has moved since; the extension would not make it later.")
    action.agreed_due = action.overdue_after = extension.to_due
    action.due_basis, action.due_set_by = Basis.CHOSEN, by.person()
    action.due_explanation = (
        f"{long_date(extension.to_due)}, extended from {short_date(extension.from_due)} by {by.person().name}, "
        f"because: {extension.reason.rstrip(' .')}."
    )
    keep(action, house=House.of(action.authority), at=at)


@transaction.atomic
def withdraw(extension: Extension, *, by: Actor, at: datetime) -> Extension:
    """Take back a request that has not been decided yet; only who asked may."""
    action, kept = locked(extension.action), locked(extension)
    check_action(by, Ability.ASK_EXTENSION, action, on=day_of(at))
    if kept.asked_by_id != by.person().pk:
        raise Refused("Only the person who asked may take the request back.")
    if kept.granted is not None or kept.withdrawn:
        raise Refused("This extension has been dealt with already.")
    kept.withdrawn = True
    kept.save()
    _reschedule(action, at)
    trail.record(EventKind.EXTENSION_WITHDRAWN, kept, chain=action.authority, by=by, at=at)
    return kept


def _reschedule(action: Action, at: datetime) -> None:
    """A request begins or ends to wait: the planner's bookmark moves, the action itself does not change."""
    schedule(action, house=House.of(action.authority), on=day_of(at))
    action.save(update_fields=["next_notice_on"])
