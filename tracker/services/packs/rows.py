"""The rows of a pack: each made of the states of the moment, a few hundred actions at a time, so that no plan is too long."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tracker.choices import AcceptedAs, Delivery, EvidenceKind, Status
from tracker.rules.file_names import safe
from tracker.rules.london import day_of
from tracker.rules.pack import Name, Row
from tracker.rules.since import Movement
from tracker.rules.standing import Timeliness, completion
from tracker.services import history
from tracker.services.packs.entries import Entry
from tracker.services.packs.movement import Ways
from tracker.services.packs.plan import Plan
from tracker.services.packs.shelves import Shelf, stands

State = dict[str, Any]
TOGETHER = 200  # actions read together, with all that hangs on them


@dataclass(frozen=True)
class Rows:
    """Reads a plan row by row."""

    plan: Plan

    @cached_property
    def _recommendations(self) -> dict[int, tuple[int, int, int]]:
        """Of every recommendation: its report, its number there, its body."""
        told = history.latest("recommendation", self.plan.through)
        return {last.number: (s["report"], s["number"], last.body) for last in told if (s := last.state)}

    def batches(self) -> Iterator[Sequence[Entry]]:
        """The actions in the order of their references, some at a time."""
        yield from history.chunks(self.plan.present.entries.in_order(), TOGETHER)

    def actions(self) -> Iterator[Row]:
        """Every action."""
        for some in self.batches():
            yield from self.action_rows(some)

    def action_rows(self, entries: Sequence[Entry]) -> list[Row]:
        """These actions, with what stands beside each."""
        state = self.plan.present.entries.state
        recommendations = self._states_of({entry.recommendation for entry in entries})
        shelves = self.plan.present.shelves
        newest = shelves.notes.newest(entry.number for entry in entries)
        measures = shelves.measures.of(entry.number for entry in entries)
        return [
            {
                **self._action(entry, state(entry.number), recommendations[entry.recommendation], newest),
                "measures": [last.state for last in measures.get(entry.number, ())],
            }
            for entry in entries
        ]

    def _states_of(self, wanted: set[int]) -> dict[int, State]:
        """The states of these recommendations and no others, by number.

        What the batch before has read is not read again: the actions of one stand together.
        """
        for number in self._read_before.keys() - wanted:
            del self._read_before[number]
        told = history.read(self._recommendations[number][2] for number in wanted - self._read_before.keys())
        self._read_before.update((last.number, last.state or {}) for last in told.values())
        return self._read_before

    @cached_property
    def _read_before(self) -> dict[int, State]:
        return {}

    def _action(self, entry: Entry, action: State, asked: State, newest: dict[int, history.Last]) -> Row:
        person = self.plan.person
        return {
            "authority": self._authority,
            "action": action,
            "recommendation": asked,
            "report": self.plan.reports[asked["report"]],
            "owner": person(action["owner"]),
            "accountable": person(action["accountable"]),
            "partners": [person(number) for number in action["partners"]],
            "computed": {
                **_stands(entry),
                **self._hangs(entry.number),
                **_kept(action),
                "latest_update": self._update(newest.get(entry.number)),
                "themes": self.themes(asked),
                "movement": in_words(self.plan.moved.get(entry.number, ())),
            },
        }

    @cached_property
    def _authority(self) -> Row:
        return {"short_name": self.plan.present.council["short_name"]}

    def _hangs(self, number: int) -> State:
        shelves = self.plan.present.shelves
        return {
            "extensions": shelves.extensions.counted.get(number, 0),
            "updates": shelves.notes.counted.get(number, 0),
            "evidence": shelves.evidence.counted.get(number, 0) - self._unseen.get(number, 0),
        }

    @cached_property
    def _unseen(self) -> Counter[int]:
        """How many pieces of standing evidence the pack does not tell of, by action."""
        return Counter(self.plan.hidden.values())

    def _update(self, newest: history.Last | None) -> Row:
        note = newest.state if newest else None
        if not note:
            return {}
        by = self.plan.person(note["written_by"]).get("name", "")
        return {"text": note["text"], "kind": note["kind"], "by": by, "at": note["written_at"]}

    def themes(self, recommendation: State) -> list[str]:
        """The titles of its themes."""
        return [self.plan.themes[number] for number in recommendation.get("themes", ()) if number in self.plan.themes]

    def updates(self) -> Iterator[Row]:
        """Every note, action by action."""
        for action, last in self._hanging(self.plan.present.shelves.notes):
            yield self.update(action, last)

    def update(self, action: State, last: history.Last) -> Row:
        """A note."""
        note, person = last.state or {}, self.plan.person
        return {
            "action": action,
            "note": note,
            "by": person(note["written_by"]),
            "behalf": person(note["on_behalf_of"]),
        }

    def evidence(self) -> Iterator[Row]:
        """Every piece of evidence that the pack tells of, action by action."""
        for action, last in self._hanging(self.plan.present.shelves.evidence):
            if last.number not in self.plan.hidden:
                yield self.piece(action, last)

    def piece(self, action: State, last: history.Last) -> Row:
        """A piece of evidence."""
        state, person = last.state or {}, self.plan.person
        return {
            "action": action,
            "evidence": state,
            "by": person(state["added_by"]),
            "behalf": person(state["on_behalf_of"]),
            "withdrawn_by": person(state["withdrawn_by"]),
            "computed": {"number": last.number, "file": self._file(last.number, state)},
        }

    def _file(self, number: int, state: State) -> str:
        """The name of its file in the pack; none of what was withdrawn by now or erased, or where none is asked for."""
        if not (self.plan.scope.files and state["kind"] == EvidenceKind.FILE and stands(state)):
            return ""
        if self.plan.evidence_today.get(number, {}).get("withdrawn_at"):
            return ""
        ending = state["file"].rpartition(".")[2]
        title = safe(state["title"].replace("/", "-").replace("\\", "-")) or "file"
        return f"{Name.FILES}{number}-{title if title.lower().endswith(f'.{ending}') else f'{title}.{ending}'}"

    def extensions(self) -> Iterator[Row]:
        """Every extension, action by action."""
        for action, last in self._hanging(self.plan.present.shelves.extensions):
            yield self.extension(action, last)

    def extension(self, action: State, last: history.Last) -> Row:
        """An extension."""
        state, person = last.state or {}, self.plan.person
        asked, decided = person(state["asked_by"]), person(state["decided_by"])
        return {"action": action, "extension": state, "asked_by": asked, "decided_by": decided}

    def _hanging(self, shelf: Shelf) -> Iterator[tuple[State, history.Last]]:
        """What hangs on the actions, with the action's state."""
        for some in self.batches():
            for number, told in shelf.of(entry.number for entry in some).items():
                action = self.plan.present.entries.state(number)
                yield from ((action, last) for last in told)

    def challenge(self, last: history.Last, action: State) -> Row:
        """A challenge; the action is empty where it is about the plan."""
        state, person = last.state or {}, self.plan.person
        meeting = self.plan.meetings.get(state["meeting"], {})
        raised, answered = person(state["raised_by"]), person(state["answered_by"])
        return {"challenge": state, "action": action, "meeting": meeting, "raised_by": raised, "answered_by": answered}

    def challenges(self) -> Iterator[Row]:
        """Every challenge in the order in which they were put."""
        entries, shelf = self.plan.present.entries, self.plan.present.shelves.challenges
        told = [(action, last) for action, some in shelf.of(list(shelf.at)).items() for last in some]
        for action, last in sorted(told, key=lambda each: each[1].number):
            yield self.challenge(last, entries.state(action) if action else {})

    def recommendations(self) -> Iterator[Row]:
        """Every recommendation of a plan with the references of its actions, report by report."""
        references: dict[int, list[str]] = {}
        for entry in self.plan.present.entries.in_order():
            references.setdefault(entry.recommendation, []).append(entry.reference)
        ordered = sorted(self._recommendations.items(), key=lambda each: (self._series(each[1][0]), each[1][1]))
        kept = [
            (number, body) for number, (report, _, body) in ordered if self._is_plan(report) or number in references
        ]
        for some in history.chunks(range(len(kept)), TOGETHER):
            here = [kept[place] for place in some]
            told = history.read(body for _, body in here)
            for number, body in here:
                yield self._recommendation(told[body].state or {}, references.get(number, []))

    def _recommendation(self, state: State, references: list[str]) -> Row:
        computed = {"actions": references, "themes": self.themes(state)}
        return {"report": self.plan.reports[state["report"]], "recommendation": state, "computed": computed}

    def _series(self, report: int) -> tuple[str, int]:
        return str(self.plan.reports[report]["series"]), report

    def _is_plan(self, report: int) -> bool:
        return bool(self.plan.reports[report]["accepted_as"] == AcceptedAs.PLAN)

    def steps(self) -> Iterator[Row]:
        """The statutory steps, report by report, soonest first."""
        told = history.states("statutorystep", self.plan.through)
        rows = [self._step(state) for _, state in sorted(told.items())]
        yield from sorted(rows, key=lambda row: (row["report"]["series"], row["computed"]["due"] or "9999"))

    def _step(self, step: State) -> Row:
        due, met = step["chosen"] or step["printed"] or step["computed"], step["met_on"]
        late = bool(due) and (met or self.plan.present.day.isoformat()) > due
        return {
            "report": self.plan.reports[step["report"]],
            "step": step,
            "computed": {"due": due, "met": bool(met), "late": late},
        }

    def movement(self) -> Iterator[Row]:
        """Every action that moved since the earlier moment."""
        if self.plan.earlier:
            present, earlier = self.plan.present.entries, self.plan.earlier.entries
            for number, how in self.plan.moved.items():
                was, before = (earlier[number], earlier.state(number)) if number in earlier else (None, {})
                yield self._movement(present[number], present.state(number), was, before, how)

    def _movement(self, entry: Entry, action: State, was: Entry | None, before: State, how: Ways) -> Row:
        delivery = rated(was.delivery if was else None)
        return {
            "action": action,
            "before": before,
            "owner": self.plan.person(action["owner"]),
            "owner_before": self.plan.person(before.get("owner")),
            "computed": {
                "how": in_words(how),
                **rated(entry.delivery),
                **{f"{name}_before": words for name, words in delivery.items()},
            },
        }


def in_words(ways: Iterable[Movement]) -> str:
    """The ways in which an action moved, one after the other."""
    return "; ".join(way.value for way in ways)


RATED: dict[Delivery | None, Mapping[str, str]] = {
    None: {"delivery": "", "delivery_code": ""},
    **{each: {"delivery": str(each.label), "delivery_code": each.value} for each in Delivery},
}


def rated(rating: Delivery | None) -> Mapping[str, str]:
    """A delivery rating in words and as its code; both empty where there is none."""
    return RATED[rating]


def _stands(entry: Entry) -> State:
    """How it stands by the rules, as the moment has judged it."""
    return {
        **rated(entry.delivery),
        "overdue": entry.stood.is_overdue,
        "overdue_original": entry.is_overdue_original,
        "days_overdue": entry.days_overdue,
    }


def _kept(action: State) -> State:
    """Whether the submission that was signed off kept the dates; None while the action is not closed, or without one."""
    if action["status"] != Status.CLOSED or not action["submitted_at"]:
        return {"in_time": None, "in_time_original": None}
    original, agreed = (date.fromisoformat(action[n]) if action[n] else None for n in ("original_due", "agreed_due"))
    found = completion(day_of(datetime.fromisoformat(action["submitted_at"])), original, agreed)
    told = {Timeliness.ON_TIME: True, Timeliness.LATE: False, Timeliness.NO_DATE: None}
    return {"in_time": told[found.against_agreed], "in_time_original": told[found.against_original]}
