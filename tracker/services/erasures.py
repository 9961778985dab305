"""Erasing evidence, a note's words or a spreadsheet after a breach: asked for by one, granted by another, told for ever."""

import json
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Erasure, EventBody, Evidence, ProgressNote, Spreadsheet
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import packs, trail
from tracker.services.erasable import TITLE, Thing, bodies_about, called, council_of, empty
from tracker.services.locking import locked
from tracker.services.notices import occasions

__all__ = [
    "TITLE",
    "ask_erasure",
    "bodies_about",
    "called",
    "check_ask",
    "check_decide",
    "decide_erasure",
    "why_refused",
]


def check_ask(thing: Thing, by: Actor, on: date) -> None:
    """Refuses what ask_erasure would refuse, with the same sentence, so that a page can say it beforehand."""
    check(by, Ability.KEEP_PLAN, council_of(thing))
    if thing.erased_at or thing.erasures.filter(granted__isnull=True).exists():
        raise Refused(f"This {called(thing)} has been erased, or its erasure asked for, already.")
    if isinstance(thing, ProgressNote) and not thing.text:
        raise Refused("This note has no words that could be erased.")


def why_refused(erasure: Erasure) -> str:
    """The reason given for not erasing, from the trail; empty where it was not refused."""
    about = {"subject_type": Erasure.trail_type(), "subject_id": erasure.pk}
    body = EventBody.objects.filter(event__kind=EventKind.ERASURE_REFUSED, **about).first()
    return str(json.loads(body.body)["reason"]) if body and body.body else ""


@transaction.atomic
def ask_erasure(thing: Thing, *, reason: str, by: Actor, at: datetime) -> Erasure:
    """Ask for evidence, a note's words, or a spreadsheet with its rows to be erased after a breach; a second person decides."""
    check(by, Ability.KEEP_PLAN, council_of(thing))
    kept = locked(thing)
    check_ask(kept, by, day_of(at))
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    erasure = Erasure.objects.create(
        authority=council_of(kept),
        evidence=kept if isinstance(kept, Evidence) else None,
        note=kept if isinstance(kept, ProgressNote) else None,
        spreadsheet=kept if isinstance(kept, Spreadsheet) else None,
        reason=reason.strip(),
        asked_at=at,
        asked_by=by.person(),
    )
    trail.record(EventKind.ERASURE_ASKED, erasure, chain=erasure.authority, by=by, at=at)
    occasions.erasure_asked(erasure)
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
    """Empty the rows and the bodies that told of it, with one event that lists them; packs that held it go."""
    erasure.bodies.set(bodies_about(thing))
    held = "evidence" if isinstance(thing, Evidence) else f"a {called(thing)}"
    why = f"It held {held} that was erased on {at:%-d %B %Y}. Ask for it again."
    packs.take_away(thing, authority=erasure.authority, why=why)
    emptied, take_file = empty(thing, at)
    details = {
        "asked_by": erasure.asked_by.name,
        "decided_by": by.person().name,
        "bodies": [list(place) for place in _places(erasure)],
    }
    trail.record(EventKind.ERASED, erasure, *emptied, chain=erasure.authority, by=by, at=at, details=details)
    EventBody.objects.filter(erasures=erasure).update(salt=None, body=None)
    if take_file:
        transaction.on_commit(take_file)


def _places(erasure: Erasure) -> Iterator[tuple[str, int, int]]:
    rows = erasure.bodies.order_by("pk")
    yield from rows.values_list("event__chain__key", "event__sequence", "position")
