"""How a plan moved between two moments of its trail: what was done, and what time alone has done."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.models import Action, EventBody
from tracker.rules.since import Between, Movement, Told, movements
from tracker.services import history
from tracker.services.packs.entries import Entry
from tracker.services.packs.moment import Moment

State = dict[str, Any]
Ways = tuple[Movement, ...]
TOGETHER = 500  # actions read together


class Pair(NamedTuple):
    """An action at both moments; `before` is None where it was not in the plan yet."""

    after: Entry
    before: Entry | None


def moved(present: Moment, earlier: Moment) -> dict[int, Ways]:
    """How each action that moved did so, in the order of the references."""
    kinds = _touched(present, earlier)
    pairs = [Pair(entry, earlier.entries.get(entry.number)) for entry in present.entries.values()]
    asked = [pair for pair in pairs if pair.after.number in kinds or _stands_otherwise(pair)]
    told = ((pair.after.number, movements(each)) for pair, each in _told(asked, kinds))
    return {number: ways for number, ways in told if ways}


def states_of(pairs: list[Pair]) -> Iterator[tuple[Pair, State, State | None]]:
    """Each pair with the states of both moments, read a few hundred actions at a time."""
    for some in history.chunks(range(len(pairs)), TOGETHER):
        here = [pairs[place] for place in some]
        bodies = [pair.after.body for pair in here] + [pair.before.body for pair in here if pair.before]
        read = history.read(bodies)
        for pair in here:
            yield pair, read[pair.after.body].state or {}, read[pair.before.body].state if pair.before else None


def _told(pairs: list[Pair], kinds: dict[int, set[str]]) -> Iterator[tuple[Pair, Told]]:
    for pair, after, before in states_of(pairs):
        stood = Between(pair.before.stood if pair.before else None, pair.after.stood)
        yield pair, Told(before, after, frozenset(kinds.get(pair.after.number, ())), stood)


def _stands_otherwise(pair: Pair) -> bool:
    """Time alone has moved it, or it is silent."""
    return pair.before is None or pair.after.stood.is_silent or pair.after.stood != pair.before.stood


def _touched(present: Moment, earlier: Moment) -> dict[int, set[str]]:
    """The kinds of events that told of each action between the two moments."""
    bodies = EventBody.objects.filter(subject_type=Action.trail_type(), event__chain=present.through.chain_id)
    between = bodies.filter(event__sequence__gt=earlier.through.sequence, event__sequence__lte=present.through.sequence)
    found: dict[int, set[str]] = defaultdict(set)
    for number, kind in between.order_by().values_list("subject_id", "event__kind").distinct():
        found[number].add(kind)
    return found
