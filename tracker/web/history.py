"""What happened to an action, newest first: from the trail, or for those who may not read it, from what they may see."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tracker.access import visible
from tracker.choices import CheckOutcome, EventKind
from tracker.models import (
    Action,
    ActionStep,
    Event,
    EventBody,
    Evidence,
    Extension,
    ImpactMeasure,
    ProgressNote,
    User,
)
from tracker.rules.written_dates import short_date
from tracker.services import history

LATEST = 60


@dataclass(frozen=True)
class Happening:
    """One line of the history: when, what, by whom, and their words."""

    at: datetime
    what: str
    who: str
    words: str = ""


@dataclass(frozen=True)
class Told:
    """An action with the rows the page has read already: as much of its history as anybody may know who sees them."""

    action: Action
    notes: Sequence[ProgressNote]
    evidence: Sequence[Evidence]
    extensions: Sequence[Extension]


def told(there: Told, person: User, on: date, *, reads_trail: bool) -> list[Happening]:
    """The history from the trail, or for those who may not read it from the rows they see."""
    lines = _from_trail(there.action, person, on) if reads_trail else []
    return lines or sorted(_seen(there), key=lambda line: line.at, reverse=True)


def _from_trail(action: Action, person: User, on: date) -> list[Happening]:
    events = visible(Event, person, on).filter(_about(action)).distinct()
    latest = list(events.prefetch_related("bodies").order_by("-recorded_at", "-sequence")[:LATEST])
    left = _left(action, latest)
    read = [(event, *_read(event, action, left)) for event in latest]
    named = {number for event, body, _ in read for number in _people(event, body)}
    # What an erasure emptied no longer says who acted; the event itself does, such as who had taken the file out.
    named |= {event.actor_id for event, body, _ in read if not body and event.actor_id}
    names = dict(visible(User, person, on).filter(pk__in=named).values_list("pk", "name")) if named else {}
    return [_line(action, event, body, first, names) for event, body, first in read]


def _left(action: Action, events: Iterable[Event]) -> dict[int, dict[str, Any]]:
    """What is left of the bodies that lost words of an action, by the number of the body; read where one is empty."""
    emptied = any(body.body is None for event in events for body in event.bodies.all())
    return history.left_by_erasures(action.authority.chain.pk) if emptied else {}


def _people(event: Event, body: dict[str, Any]) -> Iterable[int]:
    """The numbers of the people whom a line names beside its actor."""
    state = body.get("state", {})
    fields = ("owner",) if event.kind in ASSIGNED else ("on_behalf_of",)
    return [state[field] for field in fields if state.get(field)]


def _about(action: Action) -> Q:
    """Events that changed the action itself, or what hangs on it."""
    parts: dict[Any, Any] = {
        ProgressNote: action.notes,
        Evidence: action.evidence,
        Extension: action.extensions,
        ActionStep: action.steps,
        ImpactMeasure: action.measures,
    }
    found = Q(bodies__subject_type=Action.trail_type(), bodies__subject_id=action.pk)
    for model, rows in parts.items():
        found |= Q(bodies__subject_type=model.trail_type(), bodies__subject_id__in=rows.values("pk"))
    return found


def _read(event: Event, action: Action, left: dict[int, dict[str, Any]]) -> tuple[dict[str, Any], EventBody | None]:
    """What the event's first body says, and the body itself; of several actions changed at once, this one's state."""
    bodies = event.bodies.all()
    first = next((body for body in bodies if body.position == 0), None)
    told = _whole(first, left)
    if event.kind in BULK:
        own = next((b for b in bodies if (b.subject_type, b.subject_id) == (Action.trail_type(), action.pk)), None)
        told["state"] = _whole(own, left).get("state", {})
    return told, first


def _whole(body: EventBody | None, left: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """What a body says, or what an erasure of words has left of it; nothing where all of it is gone."""
    if body is None:
        return {}
    return json.loads(body.body) if body.body else dict(left.get(body.pk, {}))


def _line(
    action: Action, event: Event, body: dict[str, Any], first: EventBody | None, names: dict[int, str]
) -> Happening:
    who = _who(event, body, first, names)
    return Happening(event.recorded_at, _what(action, event, body, names), who, _words(event, body))


# Kinds that change several actions of a kind by one act: what it was for this one stands in its own body.
BULK = (EventKind.BULK_ASSIGNED, EventKind.BULK_DATED, EventKind.BULK_UNDONE)
ASSIGNED = (EventKind.ACTION_ASSIGNED, EventKind.BULK_ASSIGNED)
# Kinds that say more with the date they are about: the words, and where the date stands in the record.
DATED: dict[str, tuple[str, str]] = {
    EventKind.FIRST_DUE_SET: ("Due date set to {0}", "agreed_due"),
    EventKind.BULK_DATED: ("Due date set to {0}", "agreed_due"),
    EventKind.EXTENSION_ASKED: ("Extension asked for, to {0}", "to_due"),
    EventKind.EXTENSION_GRANTED: ("Extension granted, to {0}", "to_due"),
    EventKind.EXTENSION_REFUSED: ("Extension to {0} refused", "to_due"),
    EventKind.ACTION_REOPENED: ("Reopened, due {0}", "agreed_due"),
}


def _what(action: Action, event: Event, body: dict[str, Any], names: dict[int, str]) -> str:
    """What happened, with the person, the date or the other actions it is about where the trail says so."""
    state, details = body.get("state", {}), body.get("details", {})
    if event.kind in ASSIGNED and "owner" in state:
        owner = state["owner"]
        return f"Assigned to {names.get(owner, 'somebody who is no longer here')}" if owner else "Owner taken away"
    if event.kind == EventKind.ACTION_SPLIT and details:
        into = " and ".join(details["into"])
        return f"Split: {into} came of it" if event.subject_id == action.pk else f"Split from {details['from']}"
    if event.kind == EventKind.ACTION_MOVED and details:
        return f"Moved here from {details['from']}"
    if event.kind == EventKind.ERASED and state.get("places"):
        return "Words of the action erased after a breach"
    if event.kind == EventKind.ACTION_CHECKED and details:
        return f"Looked at again: {str(CheckOutcome(details['outcome']).label).lower()}"
    words, field = DATED.get(event.kind, ("", ""))
    on = state.get(field)
    return words.format(short_date(date.fromisoformat(on))) if on else event.get_kind_display()


def _who(event: Event, body: dict[str, Any], first: EventBody | None, names: dict[int, str]) -> str:
    """Who did it, and on whose behalf."""
    if not body:
        who = names.get(event.actor_id or 0, "")
        return f"{who}; erased after a breach".removeprefix("; ") if first else who
    if event.kind == EventKind.ERASED:
        return "{asked_by} and {decided_by}".format(**body["details"])
    owner = body.get("details", {}).get("on_behalf_of") or names.get(body.get("state", {}).get("on_behalf_of"))
    behalf = f" on behalf of {owner}" if owner else ""
    return f"{body.get('actor', {}).get('name', '')}{behalf}"


def _words(event: Event, body: dict[str, Any]) -> str:
    """The reason given, the words of a note or a step, the figure of a measure; a title for evidence.

    Of an erasure, why it was asked for.
    """
    if event.kind == EventKind.ERASED:
        return str(body.get("state", {}).get("reason", ""))
    kept = body.get("details", {}).get("kept_after_warning")
    asked = f" (Kept after a warning that it seems to hold {', '.join(kept)}.)" if kept else ""
    return _own_words(body, body.get("state", {})) + asked


def _own_words(body: dict[str, Any], state: dict[str, Any]) -> str:
    if body.get("reason"):
        return str(body["reason"])
    if "written_at" in state or "position" in state:
        return str(state.get("text") or "")
    if "baseline" in state:
        return ": ".join(part for part in (str(state["name"]), str(state["current"])) if part)
    return str(state.get("title") or "")


def _seen(there: Told) -> Iterable[Happening]:
    """The history told by the records themselves."""
    action = there.action
    for note in there.notes:
        yield Happening(note.written_at, f"Note: {note.get_kind_display()}", _both(note, note.written_by), note.text)
    for row in there.evidence:
        yield Happening(row.received_at, "Evidence added", _both(row, row.added_by), row.title)
    for asked in there.extensions:
        words = f"Extension asked for, to {short_date(asked.to_due)}"
        yield Happening(asked.asked_at, words, asked.asked_by.name, asked.reason)
    if action.submitted_at and action.submitted_by:
        behalf = f" on behalf of {action.submitted_for.name}" if action.submitted_for else ""
        yield Happening(action.submitted_at, "Submitted as complete", f"{action.submitted_by.name}{behalf}")
    if action.closed_at and action.closed_by:
        yield Happening(action.closed_at, "Signed off and closed", action.closed_by.name)


def _both(row: ProgressNote | Evidence, who: User) -> str:
    return f"{who.name} on behalf of {row.on_behalf_of.name}" if row.on_behalf_of else who.name
