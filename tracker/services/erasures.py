"""Erasing evidence, words or a spreadsheet after a breach: asked for by one, granted by another, told for ever."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tracker.access import Actor, check
from tracker.choices import EventKind
from tracker.models import Action, Erasure, EventBody, ProgressNote, Trailed
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import earlier_words, packs, trail
from tracker.services.earlier_words import Place, Words, words_of
from tracker.services.erasable import HELD, KINDS, TITLE, Record, Thing, bodies_about, called, council_of, empty
from tracker.services.locking import locked
from tracker.services.notices import occasions

__all__ = [
    "TITLE",
    "Place",
    "Thing",
    "Words",
    "ask_erasure",
    "bodies_about",
    "check_ask",
    "check_decide",
    "decide_erasure",
    "why_refused",
    "words_asked",
    "words_of",
]


def check_ask(thing: Thing, by: Actor, on: date) -> None:
    """Refuses what ask_erasure would refuse, with the same sentence, so that a page can say it beforehand."""
    check(by, Ability.KEEP_PLAN, council_of(thing))
    asked = thing.erasures.filter(granted__isnull=True).exists()
    if asked and isinstance(thing, Action):
        raise Refused(
            "Somebody has asked for words of this action to be erased. A second person has to decide on that first."
        )
    if asked or (not isinstance(thing, Action) and thing.erased_at):
        raise Refused(f"This {called(thing)} has been erased, or its erasure asked for, already.")
    if isinstance(thing, ProgressNote) and not thing.text:
        raise Refused("This note has no words that could be erased.")
    if isinstance(thing, Action) and not words_of(thing):
        raise Refused(
            "This action has no words that could be erased: none but the report’s own, or they are gone already."
        )


def why_refused(erasure: Erasure) -> str:
    """The reason given for not erasing, from the trail; empty where it was not refused."""
    about = {"subject_type": Erasure.trail_type(), "subject_id": erasure.pk}
    body = EventBody.objects.filter(event__kind=EventKind.ERASURE_REFUSED, **about).first()
    return str(json.loads(body.body)["reason"]) if body and body.body else ""


def words_asked(erasure: Erasure) -> list[Words]:
    """Those that an erasure is about, the newest first; none once they are gone."""
    asked = {tuple(place) for place in erasure.places}
    return [words for words in words_of(erasure.action) if words.place in asked] if erasure.action else []


@transaction.atomic
def ask_erasure(
    thing: Thing, *, reason: str, by: Actor, at: datetime, places: Collection[Sequence[Any]] = ()
) -> Erasure:
    """Ask for evidence, a note's words, a spreadsheet with its rows or words of an action to be erased after a breach.

    Of an action `places` say which words are to go. A second person decides. Raises Refused.
    """
    check(by, Ability.KEEP_PLAN, council_of(thing))
    kept = locked(thing)
    check_ask(kept, by, day_of(at))
    if not reason.strip():
        raise Refused("Give a reason.", "reason")
    if isinstance(kept, Action):
        if not places:
            raise Refused("Choose the words that are to be erased.", "words")
        earlier_words.texts_at(kept, places)
    erasure = Erasure.objects.create(
        authority=council_of(kept),
        **{name: kept for name, kind in KINDS.items() if isinstance(kept, kind)},
        places=[list(place) for place in places],
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

    Granted, the file, the words and the text of the trail's bodies that held them are gone for good; that they were, by
    whom and when, stays, and of an action all else that those bodies told. Raises Refused.
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
    thing = locked(kept.thing)
    why = f"It held {HELD[type(thing)]} erased on {at:%-d %B %Y}. Ask for it again."
    packs.take_away(thing, authority=kept.authority, why=why)
    if isinstance(thing, Action):
        _erase_words(kept, thing, by, at)
    else:
        _erase(kept, thing, by, at)
    return kept


def _erase(erasure: Erasure, thing: Record, by: Actor, at: datetime) -> None:
    """Empty the rows and the bodies that told of it, with one event that lists them."""
    erasure.bodies.set(bodies_about(thing))
    emptied, take_file = empty(thing, at)
    _tell(erasure, emptied, {"bodies": [list(place) for place in _places(erasure)]}, by, at)
    if take_file:
        transaction.on_commit(take_file)


def _erase_words(erasure: Erasure, action: Action, by: Actor, at: datetime) -> None:
    """Take the words out of the action and of all that the trail tells of it; the event tells what is left there."""
    texts = earlier_words.texts_at(action, erasure.places)
    left = earlier_words.left_of(action, texts)
    erasure.bodies.set(left.bodies)
    emptied = earlier_words.empty(action, texts)
    bodies = [[action.authority.chain.key, *place] for place in left.places]
    others = [locked(each) for each in left.others]
    _tell(erasure, [emptied, *others], {"bodies": bodies, "instead": left.told}, by, at)


def _tell(erasure: Erasure, emptied: list[Trailed], told: dict[str, Any], by: Actor, at: datetime) -> None:
    """Write the event of an erasure, with both names and what it empties, and empty that."""
    details = {"asked_by": erasure.asked_by.name, "decided_by": by.person().name, **told}
    trail.record(EventKind.ERASED, erasure, *emptied, chain=erasure.authority, by=by, at=at, details=details)
    EventBody.objects.filter(erasures=erasure).update(salt=None, body=None)


def _places(erasure: Erasure) -> Iterator[tuple[str, int, int]]:
    rows = erasure.bodies.order_by("pk")
    yield from rows.values_list("event__chain__key", "event__sequence", "position")
