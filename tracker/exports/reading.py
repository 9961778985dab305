"""How a cell is read from a row: one small reader for each way. What a row does not tell gives an empty cell."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices

Cell = str | int | bool | date | datetime | None
# A record of a moment with what belongs to it beside it, each under a name of its own.
Row = Mapping[str, Any]
Read = Callable[[Row], Cell]

NOTHING: Mapping[str, Any] = {}


def plain(part: str, name: str) -> Read:
    """The value as it is stored."""

    def read(row: Row) -> Cell:
        return row.get(part, NOTHING).get(name)

    return read


def day(part: str, name: str) -> Read:
    """A date, stored in ISO form."""
    parsed = date.fromisoformat

    def read(row: Row) -> Cell:
        stored = row.get(part, NOTHING).get(name)
        return parsed(stored) if stored else None

    return read


def moment(part: str, name: str) -> Read:
    """A moment with its time zone, stored in ISO form."""
    parsed = datetime.fromisoformat

    def read(row: Row) -> Cell:
        stored = row.get(part, NOTHING).get(name)
        return parsed(stored) if stored else None

    return read


def label(part: str, name: str, words: type[TextChoices]) -> Read:
    """A word of a closed list as people read it; a word that is in the list no longer stands as it was stored."""
    labels = {str(value): str(text) for value, text in words.choices}

    def read(row: Row) -> Cell:
        stored = row.get(part, NOTHING).get(name)
        return labels.get(stored, stored) if stored else ""

    return read


def listed(part: str, name: str) -> Read:
    """Several words in one cell, as 'one; two'. A single text stands as it is."""

    def read(row: Row) -> Cell:
        stored = row.get(part, NOTHING).get(name)
        return "; ".join(stored) if isinstance(stored, list | tuple) else stored

    return read


def flag(part: str, name: str) -> Read:
    """Yes or no; an empty cell where neither is known."""

    def read(row: Row) -> Cell:
        stored = row.get(part, NOTHING).get(name)
        return None if stored is None else bool(stored)

    return read


def people(name: str) -> Read:
    """Several people in one cell, each with post and organisation, one a line."""

    def read(row: Row) -> Cell:
        return "\n".join(map(person, row.get(name) or ()))

    return read


def person(state: Mapping[str, Any]) -> str:
    """A person as papers print them: Ben Moss, Service manager, Rotherham."""
    return ", ".join(filter(None, (state.get("name"), state.get("job_title"), state.get("organisation"))))
