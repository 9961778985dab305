"""Erasing evidence after a breach: asked for by one person, granted by another, told by the trail for ever."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Erasure, EventBody, Evidence
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import packs, trail
from tracker.services.locking import locked

TITLE = "Erased after a breach"


def bodies_about(evidence: Evidence) -> QuerySet[EventBody]:
    """The trail's bodies that tell of a piece of evidence, erased ones included."""
    return EventBody.objects.filter(subject_type=Evidence.trail_type(), subject_id=evidence.pk)


def check_ask(evidence: Evidence, by: Actor, on: date) -> None:
    """Refuses what ask_erasure would refuse, with the same sentence, so that a page can say it beforehand."""
    check(by, Ability.KEEP_PLAN, evidence.action.authority_id)
    if evidence.erased_at or evidence.erasures.filter(granted__isnull=True).exists():
        raise Refused("This evidence has been erased, or its erasure asked for, already.")


@transaction.atomic
def ask_erasure(evidence: Evidence, *, reason: str, by: Actor, at: datetime) -> Erasure:
    """Ask for evidence to be erased after a breach; a second person decides."""
    check(by, Ability.KEEP_PLAN, evidence.action.authority_id)
    kept = locked(evidence)
    check_ask(kept, by, day_of(at))
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    erasure = Erasure.objects.create(
        authority=kept.action.authority, evidence=kept, reason=reason.strip(), asked_at=at, asked_by=by.person()
    )
    trail.record(EventKind.ERASURE_ASKED, erasure, chain=erasure.authority, by=by, at=at)
    return erasure


def check_decide(erasure: Erasure, by: Actor, on: date) -> None:
    """Refuses what decide_erasure would refuse, with the same sentence, so that a page can say it beforehand."""
    check(by, Ability.KEEP_PLAN, erasure.authority_id)
    if erasure.granted is not None:
        raise Refused("This has been decided already.")
    if by.person().pk == erasure.asked_by_id:
        raise Refused("A second person has to decide on an erasure.")


@transaction.atomic
def decide_erasure(erasure: Erasure, *, granted: bool, reason: str = "", by: Actor, at: datetime) -> Erasure:
    """Grant or refuse (with a reason) an erasure asked for by somebody else.

    Granted, the file, the words and the trail's bodies of the evidence are gone for good; that they were, by whom and
    when, stays. Raises Refused.
    """
    check(by, Ability.KEEP_PLAN, erasure.authority_id)
    kept = locked(erasure)
    check_decide(kept, by, day_of(at))
    if not granted and not reason.strip():
        raise Refused("Give a reason.", "reason")
    kept.granted, kept.decided_at, kept.decided_by = granted, at, by.person()
    kept.save()
    if not granted:
        trail.record(EventKind.ERASURE_REFUSED, kept, chain=kept.authority, by=by, at=at, reason=reason.strip())
        return kept
    evidence = locked(kept.evidence)
    bodies = list(bodies_about(evidence))
    kept.bodies.set(bodies)
    name, storage = evidence.file.name, evidence.file.storage
    packs.take_away(evidence, why=f"It held evidence that was erased on {at:%-d %B %Y}. Ask for it again.")
    _empty(evidence, at)
    details = {
        "asked_by": kept.asked_by.name,
        "decided_by": by.person().name,
        "bodies": [list(place) for place in _places(bodies)],
    }
    trail.record(EventKind.ERASED, kept, evidence, chain=kept.authority, by=by, at=at, details=details)
    EventBody.objects.filter(pk__in=[body.pk for body in bodies]).update(salt=None, body=None)
    if name:
        transaction.on_commit(lambda: storage.delete(name))
    return kept


def _empty(evidence: Evidence, at: datetime) -> None:
    """Nothing stays that a person wrote or named. The hash and the size stay: they say which file it was, to who has it."""
    evidence.title, evidence.text, evidence.url, evidence.erased_at = TITLE, "", "", at
    evidence.file.name = ""
    evidence.withdrawn_reason = TITLE if evidence.withdrawn_at else ""
    evidence.save()


def _places(bodies: list[EventBody]) -> Iterator[tuple[str, int, int]]:
    rows = EventBody.objects.filter(pk__in=[body.pk for body in bodies]).order_by("pk")
    yield from rows.values_list("event__chain__key", "event__sequence", "position")
