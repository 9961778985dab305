"""What hangs on the actions of a plan at a moment: for each kind, where the bodies of an action stand, oldest first."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from tracker.models import Event
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services import history

State = dict[str, Any]
Counts = Callable[[State], bool]


@dataclass
class Shelf:
    """The last bodies of the records of one kind by the action they hang on; `left` holds what an erasure left."""

    at: dict[int, "array[int]"] = field(default_factory=lambda: defaultdict(lambda: array("q")))
    counted: Counter[int] = field(default_factory=Counter)
    left: dict[int, State] = field(default_factory=dict)
    heard: dict[int, int] = field(default_factory=dict)

    def put(self, action: int, body: int, *, counts: bool) -> None:
        """Set a body beside the others of its action; `counts`: it is among those that are counted."""
        self.at[action].append(body)
        self.counted[action] += counts

    def hear(self, action: int, moment: str) -> None:
        """Keep the day of the newest of them."""
        day = day_of(datetime.fromisoformat(moment)).toordinal()
        self.heard[action] = max(day, self.heard.get(action, 0))

    def of(self, actions: Iterable[int]) -> dict[int, list[history.Last]]:
        """What hangs on each of these actions, read together."""
        here = {action: self.at[action] for action in actions if action in self.at}
        told = history.read(body for bodies in here.values() for body in bodies)
        return {action: [self._whole(told[body]) for body in bodies] for action, bodies in here.items()}

    def newest(self, actions: Iterable[int]) -> dict[int, history.Last]:
        """The newest that hangs on each of these actions."""
        here = {action: self.at[action][-1] for action in actions if action in self.at}
        told = history.read(here.values())
        return {action: self._whole(told[body]) for action, body in here.items()}

    def _whole(self, last: history.Last) -> history.Last:
        return last if last.state is not None else last._replace(state=self.left[last.body])


@dataclass(frozen=True)
class Shelves:
    """All kinds, each read once when it is first asked for. `at` is the moment."""

    through: Event
    at: datetime

    @cached_property
    def notes(self) -> Shelf:
        """Progress notes."""
        return self._filled("progressnote", heard="written_at")

    @cached_property
    def evidence(self) -> Shelf:
        """Evidence; what was withdrawn or erased is kept here and not counted."""
        return self._filled("evidence", heard="received_at", counts=stands)

    @cached_property
    def extensions(self) -> Shelf:
        """Extensions; those that were granted are counted."""
        return self._filled("extension", counts=lambda row: row["granted"] is True)

    @cached_property
    def measures(self) -> Shelf:
        """Measures of impact."""
        return self._filled("impactmeasure")

    @cached_property
    def checks(self) -> Shelf:
        """Looks at closed actions."""
        return self._filled("actioncheck")

    @cached_property
    def steps(self) -> Shelf:
        """Steps within actions."""
        return self._filled("actionstep")

    @cached_property
    def challenges(self) -> Shelf:
        """Challenges about actions; those about the plan stand under 0."""
        return self._filled("challenge")

    @cached_property
    def earlier(self) -> Shelf:
        """Earlier figures, by the measure they belong to."""
        return self._filled("earlierfigure", by="measure")

    @cached_property
    def heard(self) -> dict[int, int]:
        """The day a person was last heard on each action, as its ordinal: by a note, a piece of evidence, a move."""
        found = {number: day_of(at).toordinal() for number, at in history.last_moves(self.through).items()}
        for shelf in (self.notes, self.evidence):
            for number, day in shelf.heard.items():
                found[number] = max(day, found.get(number, 0))
        return found

    def _filled(self, kind: str, *, by: str = "action", heard: str = "", counts: Counts = bool) -> Shelf:
        shelf = Shelf()
        for last in history.latest(kind, self.through):
            state = self.state(kind, last)
            if last.state is None:
                shelf.left[last.body] = state
            shelf.put(state[by] or 0, last.body, counts=counts(state))
            if heard:
                shelf.hear(state[by], state[heard])
        return shelf

    def state(self, kind: str, last: history.Last) -> State:
        """The state of a record at the moment; of an erased one what is left of it, without what came later."""
        return last.state if last.state is not None else self._after_erasure(kind, last.number)

    def _after_erasure(self, kind: str, number: int) -> State:
        left = history.after_erasure(kind, number)
        if left is None:
            raise Refused(f"The trail no longer tells of {kind} {number}. Verify the trail before a pack is made.")
        withdrawn = left.get("withdrawn_at")
        if withdrawn and datetime.fromisoformat(withdrawn) > self.at:
            left = {**left, "withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""}
        return left


def stands(evidence: State) -> bool:
    """Whether a piece of evidence still proves something: neither withdrawn nor erased."""
    return not (evidence["withdrawn_at"] or evidence["erased_at"])
