"""The columns of an export of actions: one list for every format, so that none drops, adds or shifts one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tracker.choices import Basis, Impact, Priority, Response, Status

Cell = str | int | date | datetime | None
# One action as at a moment: its own state, with the recommendation's, the report's and the people's beside it.
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: its heading, and how its cell is read from a row."""

    heading: str
    read: Callable[[Row], Cell]


def _plain(part: str, name: str) -> Callable[[Row], Cell]:
    return lambda row: row[part].get(name)


def _day(part: str, name: str) -> Callable[[Row], Cell]:
    return lambda row: date.fromisoformat(row[part][name]) if row[part].get(name) else None


def _moment(part: str, name: str) -> Callable[[Row], Cell]:
    return lambda row: datetime.fromisoformat(row[part][name]) if row[part].get(name) else None


def _label(part: str, name: str, words: Any) -> Callable[[Row], Cell]:
    return lambda row: str(words(row[part][name]).label) if row[part].get(name) else ""


ACTIONS: tuple[Column, ...] = (
    Column("Reference", _plain("action", "reference")),
    Column("Authority", _plain("authority", "short_name")),
    Column("Report", _plain("report", "title")),
    Column("Publication date", _day("report", "publication_date")),
    Column("Page", lambda row: row["recommendation"].get("citation", {}).get("page")),
    Column("Heading", _plain("recommendation", "heading")),
    Column("Recommendation", _plain("recommendation", "text")),
    Column("Timescale as printed", _plain("recommendation", "timescale")),
    Column("Response", _label("recommendation", "response", Response)),
    Column("What we will do", _plain("action", "what")),
    Column("Desired outcome", _plain("action", "outcome")),
    Column("Owner", _plain("owner", "name")),
    Column("Owner's post", _plain("owner", "job_title")),
    Column("Owner's organisation", _plain("owner", "organisation")),
    Column("Accountable lead", _plain("accountable", "name")),
    Column("Priority", _label("action", "priority", Priority)),
    Column("Start", _day("action", "start_on")),
    Column("Original due date", _day("action", "original_due")),
    Column("Due date", _day("action", "agreed_due")),
    Column("Basis of the date", _label("action", "due_basis", Basis)),
    Column("Why this date", _plain("action", "due_explanation")),
    Column("Status", _label("action", "status", Status)),
    Column("Delivery rating", _plain("computed", "delivery")),
    Column("Rating lowered because", _plain("action", "lowered_reason")),
    Column("Impact", _label("action", "impact", Impact)),
    Column("Submitted", _moment("action", "submitted_at")),
    Column("Closed", _moment("action", "closed_at")),
    Column("Next check", _day("action", "next_check_on")),
)
