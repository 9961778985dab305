"""Words of an action that are erased after a breach: where they stand in the trail, and what is left there in their place.

A body that tells of an action cannot simply be emptied, for a past moment asks it where the action stood. The event of the
erasure carries what is left of each, all but those words, and history.left_by_erasures finds it there.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tracker.choices import EventKind
from tracker.models import Action, Erasure, EventBody, Recommendation, Trailed
from tracker.rules.earlier_words import FIELDS, NAMES, cleaned, holds, without, words_in
from tracker.rules.refusal import Refused
from tracker.services import history
from tracker.services.erasable import TITLE

State = dict[str, Any]
Place = tuple[int, int, str]  # of words: the sequence of an event, the position of a body, a name as in NAMES


@dataclass(frozen=True)
class Words:
    """Words that the action has had: where they were first told, what they were, when and by whom they were given.

    `stands`: the action has them now, alone or within others.
    """

    place: Place
    text: str
    at: datetime
    by: str
    stands: bool

    @property
    def name(self) -> str:
        """What they are, for a reader."""
        return NAMES[self.place[2]]

    @property
    def key(self) -> str:
        """Their place in one word, for a form."""
        return ".".join(map(str, self.place))


@dataclass(frozen=True)
class Left:
    """What an erasure empties: the bodies, and of every place of the trail that has lost words what it still tells.

    `others` are the other records of which a body is among them: they have to be told anew.
    """

    bodies: list[int]
    places: list[tuple[int, int]]
    told: list[State]
    others: list[Trailed]


def words_of(action: Action) -> list[Words]:
    """All words that the action has or has had, each once, the newest first; none of a report's own."""
    found, others = dict[str, Words](), {TITLE, *_reports_own(action)}
    standing = {words for _, words in words_in({"state": action.trail_state()})}
    for body, told in _told(action):
        for name, text in words_in(told):
            if text not in others and text not in found:
                place = (body.event.sequence, body.position, name)
                by, stands = told.get("actor", {}).get("name", ""), any(holds(each, text) for each in standing)
                found[text] = Words(place, text, body.event.recorded_at, by, stands)
    return sorted(found.values(), key=lambda each: each.place, reverse=True)


def _reports_own(action: Action) -> Iterable[str]:
    """The words of every recommendation that the action has been under."""
    under = {told["state"]["recommendation"] for _, told in _told(action) if told.get("state")}
    return Recommendation.objects.filter(pk__in=under).values_list("text", flat=True)


def texts_at(action: Action, places: Collection[Sequence[Any]]) -> list[str]:
    """The words at these places. Raises Refused where one of them holds none, or none any more."""
    wanted = {tuple(place) for place in places}
    found = {
        (body.event.sequence, body.position, name): text
        for body, told in _told(action)
        for name, text in words_in(told)
        if (body.event.sequence, body.position, name) in wanted and text != TITLE
    }
    if found.keys() != wanted:
        raise Refused("Some of these words are gone already. Choose again.", "words")
    return list(found.values())


def left_of(action: Action, texts: Collection[str]) -> Left:
    """What is left of all that the trail tells of the action, without these words.

    Earlier erasures are among it: what they left in the place of other words may hold these. Then the event that told of
    them is emptied too, and this one names what they emptied. Of a body about another action the reason alone goes.
    """
    bodies, others, told = list[int](), list[Trailed](), dict[tuple[int, int], State]()
    bodies_told = list(_told(action, whole=True))
    for body, before in [*bodies_told, *_erasures({body.subject_id for body, _ in bodies_told})]:
        beside = body.subject_type == Action.trail_type() and body.subject_id != action.pk
        held = {"reason": before["reason"]} if beside else before
        after = {**before, **without(held, texts, title=TITLE)}
        if after == before:
            continue
        if body.body is not None:
            bodies.append(body.pk)
        if body.subject_type == Erasure.trail_type():
            others.append(Erasure.objects.get(pk=body.subject_id))
            for place, one in history.erased_places(after["details"]):
                told.setdefault(place, one or {})
            del after["details"]["instead"]
        elif beside:
            others.append(Action.objects.get(pk=body.subject_id))
        told[body.event.sequence, body.position] = after
    ordered = sorted(told)
    return Left(bodies, ordered, [told[place] for place in ordered], list(dict.fromkeys(others)))


def empty(action: Action, texts: Collection[str]) -> Action:
    """Take the words out of the action as it is now."""
    for name in FIELDS:
        setattr(action, name, cleaned(getattr(action, name), texts, title=TITLE))
    action.version += 1
    action.save()
    return action


def _told(action: Action, *, whole: bool = False) -> Iterator[tuple[EventBody, State]]:
    """Every body about the action, the oldest first, with what it tells, or what was left of that.

    Where several actions were changed by one act, such as a handing over, the reason stands in the body of the first: of
    that body only the reason is told, unless it is wanted `whole`.
    """
    left, kind = history.left_by_erasures(action.authority.chain.pk), Action.trail_type()
    own = EventBody.objects.filter(subject_type=kind, subject_id=action.pk)
    first = EventBody.objects.filter(
        subject_type=kind, position=0, event__in=own.filter(position__gt=0).values("event")
    )
    for body, told in _read(own | first, left):
        if whole or body.subject_id == action.pk:
            yield body, told
        else:
            yield body, {name: told[name] for name in ("actor", "reason")}


def _erasures(actions: Collection[int]) -> Iterator[tuple[EventBody, State]]:
    """The bodies that tell which words of these actions were erased before."""
    about = Erasure.objects.filter(action__in=actions).values("pk")
    rows = EventBody.objects.filter(subject_type=Erasure.trail_type(), subject_id__in=about)
    yield from _read(rows.filter(event__kind=EventKind.ERASED, position=0), {})


def _read(rows: "QuerySet[EventBody]", left: dict[int, State]) -> Iterator[tuple[EventBody, State]]:
    for body in rows.select_related("event").order_by("event_id", "position"):
        told = left.get(body.pk) if body.body is None else json.loads(body.body)
        if told is not None:
            yield body, told
