"""How a plan moved between two moments of its trail: what was done, and what time alone has done."""

from collections import defaultdict

from tracker.models import Action, EventBody
from tracker.rules.since import Between, Movement, Told, movements
from tracker.services.packs.entries import Entry
from tracker.services.packs.moment import Moment

Ways = tuple[Movement, ...]


def moved(present: Moment, earlier: Moment) -> dict[int, Ways]:
    """How each action that moved did so, in the order of the references."""
    kinds, found = _touched(present, earlier), {}
    for entry in present.entries.in_order():
        was = earlier.entries.get(entry.number)
        if entry.number in kinds or _stands_otherwise(entry, was):
            before = earlier.entries.state(entry.number) if was else None
            stood = Between(was.stood if was else None, entry.stood)
            told = Told(before, present.entries.state(entry.number), frozenset(kinds[entry.number]), stood)
            found[entry.number] = movements(told)
    return {number: ways for number, ways in found.items() if ways}


def _stands_otherwise(entry: Entry, was: Entry | None) -> bool:
    """Time alone has moved it, or it is silent, or it was not in the plan yet."""
    return was is None or entry.stood.is_silent or entry.stood != was.stood


def _touched(present: Moment, earlier: Moment) -> dict[int, set[str]]:
    """The kinds of events that told of each action between the two moments."""
    bodies = EventBody.objects.filter(subject_type=Action.trail_type(), event__chain=present.through.chain_id)
    between = bodies.filter(event__sequence__gt=earlier.through.sequence, event__sequence__lte=present.through.sequence)
    found: dict[int, set[str]] = defaultdict(set)
    for number, kind in between.order_by().values_list("subject_id", "event__kind").distinct():
        found[number].add(kind)
    return found
