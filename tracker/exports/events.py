"""What the lines of the trail say at a glance: the header of an event in words, and who acted, where a body tells it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.choices import EventKind
from tracker.exports.reading import NOTHING, Cell, Row

KINDS = {str(value): str(text) for value, text in EventKind.choices}
# The words of the trail for records whose names run together.
SUBJECTS = {
    "actionstep": "step within an action",
    "actioncheck": "check after closure",
    "boardmeeting": "board meeting",
    "bulkchange": "bulk change",
    "impactmeasure": "impact measure",
    "progressnote": "progress note",
    "statutorystep": "statutory step",
    "user": "person",
}


def recorded(row: Row) -> Cell:
    """When the event was written down."""
    at = row.get("recorded_at")
    return datetime.fromisoformat(at) if at else None


def happened(row: Row) -> Cell:
    """The verb in words; one that is not known here stands as it was stored."""
    kind = row.get("kind", "")
    return KINDS.get(kind, kind)


def subject(row: Row) -> Cell:
    """What the event is about, as 'Action 12'."""
    kind, number = row.get("subject") or ("", "")
    words = SUBJECTS.get(kind, kind)
    return f"{words[:1].upper()}{words[1:]} {number}".strip()


def who(row: Row) -> Cell:
    """The name of the person who acted, of that day; nothing where its body was withheld or erased as a whole."""
    bodies = row.get("bodies") or ()
    told = _opened(bodies[0].get("body") or bodies[0].get("instead")) if bodies else NOTHING
    return (told.get("actor") or NOTHING).get("name")


def _opened(body: Any) -> Mapping[str, Any]:
    """A body as it was told: its text is JSON."""
    return json.loads(body) if isinstance(body, str) else body or NOTHING
