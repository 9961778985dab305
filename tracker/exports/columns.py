"""The columns of every table that leaves the house: one list a table for every format, so that none drops or shifts one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from tracker.choices import Basis, EvidenceKind, Impact, Move, NoteKind, Priority, Response, Status, Step
from tracker.exports.events import happened, recorded, subject, who
from tracker.exports.reading import NOTHING, Cell, Read, Row, day, flag, label, listed, moment, people, plain
from tracker.rules.written_dates import short_date

__all__ = ["Cell", "Column", "Kind", "Look", "Row"]


class Kind(Enum):
    """What a column holds. Moments carry a time zone and are shown in London's."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "whole number"
    FLAG = "yes or no"


class Look(Enum):
    """Words that have colours of their own, always beside letter and word."""

    PLAIN = "plain"
    DELIVERY = "delivery"
    IMPACT = "impact"


@dataclass(frozen=True)
class Column:
    """A column: its heading, how its cell is read from a row, and how wide it stands in a workbook (in characters)."""

    heading: str
    read: Read
    kind: Kind = Kind.TEXT
    width: int = 18
    look: Look = Look.PLAIN


def _date(heading: str, part: str, name: str) -> Column:
    return Column(heading, day(part, name), Kind.DATE, 13)


def _moment(heading: str, part: str, name: str) -> Column:
    return Column(heading, moment(part, name), Kind.MOMENT, 18)


def _number(heading: str, part: str, name: str) -> Column:
    return Column(heading, plain(part, name), Kind.NUMBER, 11)


def _flag(heading: str, part: str, name: str) -> Column:
    return Column(heading, flag(part, name), Kind.FLAG, 14)


def _words(heading: str, part: str, name: str, width: int = 50) -> Column:
    return Column(heading, plain(part, name), width=width)


def _page(row: Row) -> Cell:
    return (row.get("recommendation", NOTHING).get("citation") or NOTHING).get("page")


def _last_note(row: Row) -> Mapping[str, Any]:
    return row.get("computed", NOTHING).get("latest_update") or NOTHING


def _latest(row: Row) -> Cell:
    """Its words; of one without words what it says at a glance."""
    note = _last_note(row)
    return note.get("text") or NOTES.get(note.get("kind", ""), "")


def _latest_at(row: Row) -> Cell:
    at = _last_note(row).get("at")
    return datetime.fromisoformat(at) if at else None


NOTES = {str(value): str(text) for value, text in NoteKind.choices}


def _measures(row: Row) -> Cell:
    return "\n".join(map(_measure, row.get("measures") or ()))


def _measure(state: Mapping[str, Any]) -> str:
    """A figure with what it began at, should reach and is: 'Visits in time: baseline 62%; target 95%; …'."""
    told = [f"{word} {state[name]}" for word, name in MEASURED if state.get(name)]
    if state.get("as_at"):
        told.append(f"as at {short_date(date.fromisoformat(state['as_at']))}")
    return f"{state['name']}: {'; '.join(told) or 'no figure yet'}"


MEASURED = (("baseline", "baseline"), ("target", "target"), ("current", "current"))


def _decision(row: Row) -> Cell:
    asked = row.get("extension", NOTHING)
    if asked.get("granted") is not None:
        return "Granted" if asked["granted"] else "Refused"
    return "Withdrawn" if asked.get("withdrawn") else "Awaiting a decision" if asked else ""


REFERENCE = Column("Reference", plain("action", "reference"), width=14)

ACTIONS: tuple[Column, ...] = (
    REFERENCE,
    Column("Authority", plain("authority", "short_name")),
    _words("Report", "report", "title", 30),
    _date("Publication date", "report", "publication_date"),
    Column("Page", _page, Kind.NUMBER, 7),
    _words("Heading", "recommendation", "heading", 24),
    _words("Recommendation", "recommendation", "text"),
    _words("Timescale as printed", "recommendation", "timescale", 18),
    Column("Response", label("recommendation", "response", Response), width=14),
    Column("Themes", listed("computed", "themes"), width=24),
    _words("What we will do", "action", "what"),
    _words("Desired outcome", "action", "outcome", 40),
    _words("Accountable lead", "accountable", "name", 20),
    _words("Accountable lead's post", "accountable", "job_title", 22),
    _words("Owner", "owner", "name", 20),
    _words("Owner's post", "owner", "job_title", 22),
    _words("Owner's organisation", "owner", "organisation", 22),
    Column("Partners", people("partners"), width=32),
    Column("Priority", label("action", "priority", Priority), width=14),
    _date("Start", "action", "start_on"),
    _date("Work started", "action", "started_on"),
    _date("Original due date", "action", "original_due"),
    Column("Basis of the original date", label("action", "original_basis", Basis), width=22),
    _number("Extensions granted", "computed", "extensions"),
    _date("Due date", "action", "agreed_due"),
    Column("Basis of the date", label("action", "due_basis", Basis), width=22),
    _words("Why this date", "action", "due_explanation", 40),
    Column("Status", label("action", "status", Status), width=16),
    Column("Last move", label("action", "last_move", Move), width=18),
    _words("Reason for the last move", "action", "last_move_reason", 40),
    Column("Delivery rating", plain("computed", "delivery"), width=24, look=Look.DELIVERY),
    _number("Days overdue", "computed", "days_overdue"),
    _flag("Overdue against the original date", "computed", "overdue_original"),
    _words("Rating lowered because", "action", "lowered_reason", 30),
    _number("Updates", "computed", "updates"),
    Column("Latest update", _latest, width=50),
    Column("Latest update by", lambda row: _last_note(row).get("by"), width=20),
    Column("Latest update on", _latest_at, Kind.MOMENT, 18),
    _number("Pieces of evidence", "computed", "evidence"),
    Column("Impact measures", _measures, width=44),
    Column("Impact", label("action", "impact", Impact), width=24, look=Look.IMPACT),
    _words("What the impact rating rests on", "action", "impact_reason", 40),
    _date("Impact rated on", "action", "impact_on"),
    _moment("Submitted", "action", "submitted_at"),
    _moment("Closed", "action", "closed_at"),
    _flag("Closed before this tracker", "action", "closed_elsewhere"),
    _flag("In time against the original date", "computed", "in_time_original"),
    _flag("In time against the due date", "computed", "in_time"),
    _date("Next check", "action", "next_check_on"),
    Column("Movement since", listed("computed", "movement"), width=26),
)
# What a list of actions as they are now can fill: it knows the records, and of what is computed the rating alone.
NOT_LISTED = {
    "Themes",
    "Partners",
    "Extensions granted",
    "Days overdue",
    "Overdue against the original date",
    "Updates",
    "Latest update",
    "Latest update by",
    "Latest update on",
    "Pieces of evidence",
    "Impact measures",
    "In time against the original date",
    "In time against the due date",
    "Movement since",
}
LISTED: tuple[Column, ...] = tuple(column for column in ACTIONS if column.heading not in NOT_LISTED)

UPDATES: tuple[Column, ...] = (
    REFERENCE,
    _moment("Written", "note", "written_at"),
    _words("By", "by", "name", 20),
    _words("Post", "by", "job_title", 24),
    _words("On behalf of", "behalf", "name", 20),
    Column("Kind", label("note", "kind", NoteKind), width=16),
    _words("Update", "note", "text", 90),
)
EVIDENCE: tuple[Column, ...] = (
    REFERENCE,
    _number("Number", "computed", "number"),
    _words("Evidence", "evidence", "title", 40),
    Column("Kind", label("evidence", "kind", EvidenceKind), width=9),
    _date("Date it is about", "evidence", "about_on"),
    _moment("Received", "evidence", "received_at"),
    _words("Added by", "by", "name", 20),
    _words("On behalf of", "behalf", "name", 20),
    _flag("Confidential", "evidence", "confidential"),
    _words("Words", "evidence", "text"),
    _words("Address", "evidence", "url", 30),
    _words("File in the pack", "computed", "file", 30),
    _words("Type of file", "evidence", "media_type", 20),
    _number("Size in bytes", "evidence", "size"),
    _words("SHA-256", "evidence", "sha256", 34),
    _moment("Withdrawn", "evidence", "withdrawn_at"),
    _words("Withdrawn by", "withdrawn_by", "name", 20),
    _words("Why withdrawn", "evidence", "withdrawn_reason", 30),
    _moment("Erased", "evidence", "erased_at"),
)
EXTENSIONS: tuple[Column, ...] = (
    REFERENCE,
    _date("Due date before", "extension", "from_due"),
    _date("Date asked for", "extension", "to_due"),
    _words("Reason", "extension", "reason"),
    _moment("Asked", "extension", "asked_at"),
    _words("Asked by", "asked_by", "name", 20),
    Column("Decision", _decision, width=18),
    _moment("Decided", "extension", "decided_at"),
    _words("Decided by", "decided_by", "name", 20),
    _words("Reason for the decision", "extension", "decision_reason", 40),
)
RECOMMENDATIONS: tuple[Column, ...] = (
    _words("Report", "report", "title", 34),
    _date("Publication date", "report", "publication_date"),
    _number("Number", "recommendation", "number"),
    _words("Number as printed", "recommendation", "printed_ref", 12),
    Column("Page", _page, Kind.NUMBER, 7),
    _words("Heading", "recommendation", "heading", 26),
    _words("Recommendation", "recommendation", "text", 70),
    _words("Addressed to", "recommendation", "addressee", 24),
    _words("Timescale as printed", "recommendation", "timescale", 20),
    Column("Response", label("recommendation", "response", Response), width=16),
    _words("Words of the response", "recommendation", "response_text", 40),
    Column("Themes", listed("computed", "themes"), width=26),
    Column("Actions", listed("computed", "actions"), width=18),
)
STEPS: tuple[Column, ...] = (
    _words("Report", "report", "title", 34),
    Column("Step", label("step", "step", Step), width=34),
    _words("Who owes it", "step", "body", 24),
    _words("To whom it goes", "step", "sent_to", 24),
    _date("Due date", "computed", "due"),
    _date("Met on", "step", "met_on"),
    _flag("Late", "computed", "late"),
    _words("Note", "step", "met_note", 30),
    _date("Date as printed", "step", "printed"),
    _date("Date as computed", "step", "computed"),
    _date("Date as chosen", "step", "chosen"),
    _words("Why chosen", "step", "chosen_reason", 30),
    _words("Why this date", "step", "explanation", 40),
    _words("Rule it comes from", "step", "source", 26),
)
MOVEMENT: tuple[Column, ...] = (
    REFERENCE,
    Column("How it moved", listed("computed", "how"), width=34),
    _words("What we will do", "action", "what", 60),
    Column("Status before", label("before", "status", Status), width=18),
    Column("Status now", label("action", "status", Status), width=18),
    _date("Due date before", "before", "agreed_due"),
    _date("Due date now", "action", "agreed_due"),
    Column("Rating before", plain("computed", "delivery_before"), width=24, look=Look.DELIVERY),
    Column("Rating now", plain("computed", "delivery"), width=24, look=Look.DELIVERY),
    _words("Owner before", "owner_before", "name", 20),
    _words("Owner now", "owner", "name", 20),
)
CHALLENGES: tuple[Column, ...] = (
    replace(REFERENCE, heading="About action"),
    _date("Meeting of", "meeting", "held_on"),
    _moment("Raised", "challenge", "raised_at"),
    _words("Raised by", "raised_by", "name", 20),
    _words("Challenge", "challenge", "text", 60),
    _words("Answer", "challenge", "answer", 60),
    _moment("Answered", "challenge", "answered_at"),
    _words("Answered by", "answered_by", "name", 20),
)
# The lines of the trail without their bodies; a row is the event itself.
TRAIL: tuple[Column, ...] = (
    Column("Event", lambda row: row.get("sequence"), Kind.NUMBER, 10),
    Column("Chain", lambda row: row.get("chain"), width=16),
    Column("Recorded", recorded, Kind.MOMENT, 18),
    Column("What happened", happened, width=36),
    Column("About", subject, width=24),
    Column("By", who, width=24),
    Column("Hash", lambda row: row.get("hash"), width=70),
)


def headings(columns: Sequence[Column]) -> list[str]:
    """The headings of a table, in order."""
    return [column.heading for column in columns]
