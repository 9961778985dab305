"""One section an action: the action with all that hangs on it, and its history as the trail tells it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from tracker.models import EventBody
from tracker.rules import chain
from tracker.rules.pack import Row, Section
from tracker.services import history
from tracker.services.packs.entries import Entry
from tracker.services.packs.rows import Rows

State = dict[str, Any]
Hanging = dict[int, list[history.Last]]
NOTHING: State = {"actor": {}, "reason": ""}


@dataclass(frozen=True)
class Sections:
    """Reads a plan section by section."""

    rows: Rows

    def all(self) -> Iterator[Section]:
        """Every action in the order of the references."""
        for some in self.rows.batches():
            yield from self._some(some)

    def _some(self, entries: Sequence[Entry]) -> Iterator[Section]:
        numbers = [entry.number for entry in entries]
        hanging = self._hanging(numbers)
        earlier = self._earlier(hanging["impactmeasure"])
        told = self._histories(numbers, hanging)
        for entry, row in zip(entries, self.rows.action_rows(entries), strict=True):
            here = {kind: found.get(entry.number, []) for kind, found in hanging.items()}
            yield self._section(row, here, earlier, told[entry.number])

    def _hanging(self, numbers: list[int]) -> dict[str, Hanging]:
        """What hangs on the actions, by its kind; of the evidence what the pack tells of."""
        shelves, hidden = self.rows.plan.present.shelves, self.rows.plan.hidden
        shown = shelves.evidence.of(numbers)
        return {
            "progressnote": shelves.notes.of(numbers),
            "evidence": {n: [last for last in some if last.number not in hidden] for n, some in shown.items()},
            "extension": shelves.extensions.of(numbers),
            "impactmeasure": shelves.measures.of(numbers),
            "actioncheck": shelves.checks.of(numbers),
            "actionstep": shelves.steps.of(numbers),
            "challenge": shelves.challenges.of(numbers),
        }

    def _earlier(self, measures: Hanging) -> Hanging:
        return self.rows.plan.present.shelves.earlier.of(last.number for some in measures.values() for last in some)

    def _section(self, row: Row, here: dict[str, list[history.Last]], earlier: Hanging, told: list[Row]) -> Section:
        rows, action = self.rows, row["action"]
        steps = sorted(here["actionstep"], key=lambda last: (last.state or {})["position"])
        return Section(
            action=row,
            updates=tuple(rows.update(action, last) for last in here["progressnote"]),
            evidence=tuple(rows.piece(action, last) for last in here["evidence"]),
            extensions=tuple(rows.extension(action, last) for last in here["extension"]),
            measures=tuple(self._measure(action, last, earlier) for last in here["impactmeasure"]),
            checks=tuple(self._check(action, last.state or {}) for last in here["actioncheck"]),
            steps=tuple(self._step(action, last.state or {}) for last in steps),
            challenges=tuple(rows.challenge(last, action) for last in here["challenge"]),
            history=tuple(told),
        )

    def _measure(self, action: State, last: history.Last, earlier: Hanging) -> Row:
        figures = [each.state for each in earlier.get(last.number, [])]
        return {"action": action, "measure": last.state or {}, "earlier": figures}

    def _check(self, action: State, check: State) -> Row:
        return {"action": action, "check": check, "by": self.rows.plan.person(check["done_by"])}

    def _step(self, action: State, step: State) -> Row:
        person = self.rows.plan.person
        return {
            "action": action,
            "step": step,
            "by": person(step["done_by"]),
            "behalf": person(step["done_for"]),
            "withdrawn_by": person(step["withdrawn_by"]),
        }

    def _histories(self, numbers: list[int], hanging: dict[str, Hanging]) -> dict[int, list[Row]]:
        """What happened to each action and to what hangs on it, in the order of the trail."""
        owners = {("action", number): number for number in numbers}
        for kind, found in hanging.items():
            owners |= {(kind, last.number): action for action, some in found.items() for last in some}
        events: dict[int, set[int]] = defaultdict(set)
        for kind, number, event in self._events_of(owners):
            events[event].add(owners[kind, number])
        histories: dict[int, list[Row]] = defaultdict(list)
        for event, line in self._lines(sorted(events)):
            for action in events[event]:
                histories[action].append(line)
        return histories

    def _events_of(self, owners: dict[tuple[str, int], int]) -> Iterator[tuple[str, int, int]]:
        wanted: dict[str, list[int]] = defaultdict(list)
        for kind, number in owners:
            wanted[kind].append(number)
        through = self.rows.plan.through
        for kind, numbers in wanted.items():
            for some in history.chunks(numbers, history.PAGE // 2):
                bodies = EventBody.objects.filter(Q(subject_type=kind, subject_id__in=some), event__lte=through.pk)
                yield from bodies.order_by().values_list("subject_type", "subject_id", "event")

    def _lines(self, events: list[int]) -> Iterator[tuple[int, Row]]:
        for some in history.chunks(events, history.PAGE // 2):
            bodies = EventBody.objects.filter(event__in=some, position=0).select_related("event").order_by("event_id")
            yield from ((body.event_id, self._line(body)) for body in bodies)

    def _line(self, body: EventBody) -> Row:
        if body.body is None:
            return _line(body, self.rows.plan.present.left.get(body.pk, NOTHING))
        return _line(body, json.loads(body.body))


def _line(body: EventBody, told: State) -> Row:
    event = body.event
    actor = told["actor"]
    return {
        "event": {"sequence": event.sequence, "recorded_at": chain.moment(event.recorded_at), "kind": event.kind},
        "by": {name: actor.get(name, "") for name in ("name", "job_title")} | {"roles": actor.get("roles", [])},
        "reason": told["reason"],
    }
