"""What happened to an action, newest first: from the trail, or for those who may not read it, from what they may see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from tracker.access import visible
from tracker.choices import EventKind
from tracker.models import Action, Event, EventBody, Evidence, Extension, ProgressNote, User
from tracker.rules.written_dates import short_date

LATEST = 60


@dataclass(frozen=True)
class Happening:
    """One line of the history: when, what, by whom, and their words."""

    at: datetime
    what: str
    who: str
    words: str = ""


def told(action: Action, person: User, on: date) -> list[Happening]:
    """The history as far as the person may know it."""
    events = visible(Event, person, on).filter(_about(action)).distinct()
    latest = events.prefetch_related("bodies").order_by("-recorded_at", "-sequence")[:LATEST]
    read = [(event, *_read(event)) for event in latest]
    owners = {body.get("state", {}).get("owner") for event, body, _ in read if event.kind == EventKind.ACTION_ASSIGNED}
    # What an erasure emptied no longer says who acted; the event itself does, such as who had taken the file out.
    wanted = (owners | {event.actor_id for event, body, _ in read if not body}) - {None}
    names = dict(visible(User, person, on).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    lines = [_line(event, body, first, names) for event, body, first in read]
    return lines or sorted(_seen(action, person, on), key=lambda line: line.at, reverse=True)


def _about(action: Action) -> Q:
    """Events that changed the action itself, or what hangs on it."""
    parts: dict[Any, Any] = {
        ProgressNote: action.notes,
        Evidence: action.evidence,
        Extension: action.extensions,
    }
    found = Q(bodies__subject_type=Action.trail_type(), bodies__subject_id=action.pk)
    for model, rows in parts.items():
        found |= Q(bodies__subject_type=model.trail_type(), bodies__subject_id__in=rows.values("pk"))
    return found


def _read(event: Event) -> tuple[dict[str, Any], EventBody | None]:
    """What the event's first body says, and the body itself."""
    first = next((body for body in event.bodies.all() if body.position == 0), None)
    return (json.loads(first.body) if first and first.body else {}), first


def _line(event: Event, body: dict[str, Any], first: EventBody | None, names: dict[int, str]) -> Happening:
    return Happening(
        event.recorded_at, _what(event, body.get("state", {}), names), _who(event, body, first, names), _words(body)
    )


# Kinds that say more with the date they are about: the words, and where the date stands in the record.
DATED: dict[str, tuple[str, str]] = {
    EventKind.FIRST_DUE_SET: ("Due date set to {0}", "agreed_due"),
    EventKind.EXTENSION_ASKED: ("Extension asked for, to {0}", "to_due"),
    EventKind.EXTENSION_GRANTED: ("Extension granted, to {0}", "to_due"),
    EventKind.EXTENSION_REFUSED: ("Extension to {0} refused", "to_due"),
    EventKind.ACTION_REOPENED: ("Reopened, due {0}", "agreed_due"),
}


def _what(event: Event, state: dict[str, Any], names: dict[int, str]) -> str:
    """What happened, with the person or the date it is about where the trail says so."""
    if event.kind == EventKind.ACTION_ASSIGNED and "owner" in state:
        owner = state["owner"]
        return f"Assigned to {names.get(owner, 'somebody who is no longer here')}" if owner else "Owner taken away"
    words, field = DATED.get(event.kind, ("", ""))
    on = state.get(field)
    return words.format(short_date(date.fromisoformat(on))) if on else event.get_kind_display()


def _who(event: Event, body: dict[str, Any], first: EventBody | None, names: dict[int, str]) -> str:
    if body:
        return str(body.get("actor", {}).get("name", ""))
    who = names.get(event.actor_id or 0, "")
    return f"{who}; erased after a breach".removeprefix("; ") if first else who


def _words(body: dict[str, Any]) -> str:
    """The reason given, or the words of a note; a title for evidence."""
    state, kept = body.get("state", {}), body.get("details", {}).get("kept_after_warning")
    asked = f" (Kept after a warning that it seems to hold {', '.join(kept)}.)" if kept else ""
    return _own_words(body, state) + asked


def _own_words(body: dict[str, Any], state: dict[str, Any]) -> str:
    return str(body.get("reason") or (state.get("text") if "written_at" in state else state.get("title")) or "")


def _seen(action: Action, person: User, on: date) -> Iterable[Happening]:
    """The history told by the records themselves."""
    for note in visible(ProgressNote, person, on).filter(action=action).select_related("written_by"):
        yield Happening(note.written_at, f"Note: {note.get_kind_display()}", note.written_by.name, note.text)
    for row in visible(Evidence, person, on).filter(action=action).select_related("added_by"):
        yield Happening(row.received_at, "Evidence added", row.added_by.name, row.title)
    for row in visible(Extension, person, on).filter(action=action).select_related("asked_by"):
        yield Happening(
            row.asked_at, f"Extension asked for, to {short_date(row.to_due)}", row.asked_by.name, row.reason
        )
    if action.submitted_at and action.submitted_by:
        yield Happening(action.submitted_at, "Submitted as complete", action.submitted_by.name)
    if action.closed_at and action.closed_by:
        yield Happening(action.closed_at, "Signed off and closed", action.closed_by.name)
