"""How an authority's plan moved between two moments, read from its trail: states before and after, and what was done."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet

from tracker.access import Actor, check
from tracker.models import Action, Authority, EventBody
from tracker.rules.roles import Ability
from tracker.rules.since import Movement, State, Told, movements
from tracker.services import history


@dataclass(frozen=True)
class Moved:
    """One action that moved: its number, what it was and is, and how it moved."""

    number: int
    told: Told
    how: tuple[Movement, ...]

    @property
    def after(self) -> State:
        """The action at the later moment."""
        return self.told.after


def movement(authority: Authority, *, since: datetime, until: datetime, by: Actor) -> list[Moved]:
    """Every action that moved after `since` up to and with `until` (time zone aware), in the order of its reference.

    Only the bodies of actions touched in that time are read, so that a long trail costs nothing. Raises Refused.
    """
    check(by, Ability.SEE_PLAN, authority)
    bodies = EventBody.objects.filter(subject_type=Action.trail_type(), event__chain__authority=authority)
    touched = bodies.filter(event__recorded_at__gt=since, event__recorded_at__lte=until)
    states = _States(authority)
    before = states.last(bodies.filter(event__recorded_at__lte=since), touched)
    kinds: dict[int, set[str]] = defaultdict(set)
    after: dict[int, State | None] = {}
    rows = touched.order_by("event_id", "position").values_list("subject_id", "event__kind", "pk", "body")
    for number, kind, pk, body in rows:
        kinds[number].add(kind)
        after[number] = states.told(pk, body) or after.get(number)
    told = {n: Told(before.get(n), state, frozenset(kinds[n])) for n, state in after.items() if state}
    moved = [Moved(number, each, how) for number, each in told.items() if (how := movements(each))]
    return sorted(moved, key=lambda each: each.after["reference"])


class _States:
    """The states that bodies of an authority's trail tell; of those that lost words to an erasure what is left."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority

    @cached_property
    def left(self) -> dict[int, dict[str, Any]]:
        """By the number of the body; read when the first one is met."""
        return history.left_by_erasures(self.authority.chain.pk)

    def told(self, body: int, text: str | None) -> Any:
        """The state that a body of that number and text tells; None where it tells of none."""
        return (json.loads(text) if text else self.left.get(body, {})).get("state")

    def last(self, earlier: "QuerySet[EventBody]", touched: "QuerySet[EventBody]") -> dict[int, State]:
        """The last state of each touched action among the earlier bodies."""
        known = earlier.filter(subject_id__in=touched.values("subject_id"))
        last = known.values("subject_id").annotate(last=Max("pk")).values("last")
        rows = EventBody.objects.filter(pk__in=last).order_by().values_list("subject_id", "pk", "body")
        return {number: state for number, pk, body in rows if (state := self.told(pk, body))}
