"""Erasing evidence, or the words of a note, after a breach: asked for by one person, granted by another, told by the trail for ever."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Erasure, EventBody, Evidence, ProgressNote
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import packs, trail
from tracker.services.locking import locked

TITLE = "Erased after a breach"
Thing = Evidence | ProgressNote


def bodies_about(thing: Thing) -> QuerySet[EventBody]:
    """The trail's bodies that tell of a piece of evidence or a note, erased ones included."""
    return EventBody.objects.filter(subject_type=thing.trail_type(), subject_id=thing.pk)


def check_ask(thing: Thing, by: Actor, on: date) -> None:
    """Refuses what ask_erasure would refuse, with the same sentence, so that a page can say it beforehand."""
    check(by, Ability.KEEP_PLAN, thing.action.authority_id)
    called = "note" if isinstance(thing, ProgressNote) else "evidence"
    if thing.erased_at or thing.erasures.filter(granted__isnull=True).exists():
        raise Refused(f"This {called} has been erased, or its erasure asked for, already.")
    if isinstance(thing, ProgressNote) and not thing.text:
        raise Refused("This note has no words that could be erased.")


def why_refused(erasure: Erasure) -> str:
    """The reason given for not erasing, from the trail; empty where it was not refused."""
    about = {"subject_type": Erasure.trail_type(), "subject_id": erasure.pk}
    body = EventBody.objects.filter(event__kind=EventKind.ERASURE_REFUSED, **about).first()
    return str(json.loads(body.body)["reason"]) if body and body.body else ""


@transaction.atomic
def ask_erasure(thing: Thing, *, reason: str, by: Actor, at: datetime) -> Erasure:
    """Ask for evidence, or the words of a note, to be erased after a breach; a second person decides."""
    check(by, Ability.KEEP_PLAN, thing.action.authority_id)
    kept = locked(thing)
    check_ask(kept, by, day_of(at))
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    erasure = Erasure.objects.create(
        authority=kept.action.authority,
        evidence=kept if isinstance(kept, Evidence) else None,
        note=kept if isinstance(kept, ProgressNote) else None,
        reason=reason.strip(),
        asked_at=at,
        asked_by=by.person(),
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

    Granted, the file, the words and the trail's bodies of it are gone for good; that they were, by whom and
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
    _erase(kept, locked(kept.thing), by, at)
    return kept


def _erase(erasure: Erasure, thing: Thing, by: Actor, at: datetime) -> None:
    """Empty the row and the bodies that told of it, with one event that lists them; packs that held it go."""
    bodies = list(bodies_about(thing))
    erasure.bodies.set(bodies)
    name, storage = (thing.file.name, thing.file.storage) if isinstance(thing, Evidence) else ("", None)
    held = "a note" if isinstance(thing, ProgressNote) else "evidence"
    packs.take_away(thing, why=f"It held {held} that was erased on {at:%-d %B %Y}. Ask for it again.")
    _empty(thing, at)
    details = {
        "asked_by": erasure.asked_by.name,
        "decided_by": by.person().name,
        "bodies": [list(place) for place in _places(bodies)],
    }
    trail.record(EventKind.ERASED, erasure, thing, chain=erasure.authority, by=by, at=at, details=details)
    EventBody.objects.filter(pk__in=[body.pk for body in bodies]).update(salt=None, body=None)
    if name and storage:
        transaction.on_commit(lambda: storage.delete(name))


def _empty(thing: Thing, at: datetime) -> None:
    """Nothing stays that a person wrote or named. A file's hash and size stay: they say which it was, to who has it."""
    thing.erased_at = at
    if isinstance(thing, ProgressNote):
        thing.text = TITLE
    else:
        thing.title, thing.text, thing.url = TITLE, "", ""
        thing.file.name = ""
        thing.withdrawn_reason = TITLE if thing.withdrawn_at else ""
    thing.save()


def _places(bodies: list[EventBody]) -> Iterator[tuple[str, int, int]]:
    rows = EventBody.objects.filter(pk__in=[body.pk for body in bodies]).order_by("pk")
    yield from rows.values_list("event__chain__key", "event__sequence", "position")
