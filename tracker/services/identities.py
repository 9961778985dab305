"""What the words of a plan seem to hold of a child: looked through again before a pack leaves the house."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tracker.models import Action, ActionCheck, ActionStep, Challenge, Evidence, Extension, ImpactMeasure, ProgressNote
from tracker.models.trailed import Trailed
from tracker.rules.identities import identities_in
from tracker.rules.london import day_of
from tracker.rules.written_dates import short_date
from tracker.services import history
from tracker.services.packs import Plan

# For each kind of record: what it is called, where its words stand, and the moment it is of.
WORDS: dict[type[Trailed], tuple[str, tuple[str, ...], str]] = {
    Action: ("the action itself", ("what", "outcome", "last_move_reason", "lowered_reason"), ""),
    ActionStep: ("a step", ("text",), ""),
    ProgressNote: ("a note", ("text",), "written_at"),
    Evidence: ("evidence", ("title", "url", "text", "withdrawn_reason"), "received_at"),
    Extension: ("an extension", ("reason", "decision_reason"), "asked_at"),
    ImpactMeasure: ("a measure of impact", ("name", "baseline", "target", "current"), ""),
    ActionCheck: ("a second look", ("note",), ""),
    Challenge: ("a challenge", ("text", "answer"), "raised_at"),
}


@dataclass(frozen=True)
class Carried:
    """An identity that the plan carries: on which action, in what, which kind, and its first letters."""

    reference: str
    number: int
    place: str
    kind: str
    masked: str

    def __str__(self) -> str:
        return f"{self.reference}, {self.place}: {self.kind} (“{self.masked}”)"


def identities_now(actions: "QuerySet[Action]", *, confidential: bool = True) -> list[Carried]:
    """What these actions and all that hangs on them seem to hold today; without `confidential`, what a board sees."""
    references = dict(actions.values_list("pk", "reference"))
    return sorted(_found(references, _live(actions), confidential), key=lambda each: (each.reference, each.place))


def identities_then(plan: Plan, *, confidential: bool = True) -> list[Carried]:
    """The same of a plan as at a past moment, from the trail."""
    references = {entry.number: entry.reference for entry in plan.present.entries.values()}
    rows = ((model, _then(model, plan)) for model in WORDS)
    return sorted(_found(references, rows, confidential), key=lambda each: (each.reference, each.place))


def _then(model: type[Trailed], plan: Plan) -> Iterator[Mapping[str, Any]]:
    for number, body, state in history.latest(model.trail_type(), plan.through):
        if told := state or plan.present.left.get(body, {}).get("state"):
            yield {"id": number, **told}


Rows = Iterable[tuple[type[Trailed], Iterable[Mapping[str, Any]]]]


def _live(actions: "QuerySet[Action]") -> Rows:
    """One query a kind."""
    for model, (_, fields, moment) in WORDS.items():
        own = model is Action
        wanted = {"id", *fields, *([moment] if moment else []), *([] if own else ["action"])}
        if model is Evidence:
            wanted.add("confidential")
        rows = model._default_manager.filter(**{"pk__in" if own else "action__in": actions.values("pk")})
        yield model, rows.values(*wanted)


def _found(references: Mapping[int, str], rows: Rows, confidential: bool) -> Iterator[Carried]:
    for model, records in rows:
        called, fields, moment = WORDS[model]
        for record in records:
            number = record["id"] if model is Action else record["action"]
            if number not in references or (record.get("confidential") and not confidential):
                continue
            for finding in identities_in("\n".join(record.get(name) or "" for name in fields)):
                place = f"{called} of {_day(record[moment])}" if moment else called
                yield Carried(references[number], number, place, finding.kind.value, finding.masked)


def _day(moment: datetime | str) -> str:
    return short_date(day_of(moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)))
