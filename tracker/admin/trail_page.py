"""A record's history: its own lines in the trail, each with what changed since the line before."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from tracker.admin.rights import rows
from tracker.models import Event, Trailed
from tracker.services import history

LONGEST = 400
ERASED = "(erased)"


@dataclass(frozen=True)
class Change:
    """One field: what it was and what it became, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One event as it concerns one record."""

    number: int
    recorded_at: datetime
    kind: str
    who: str
    channel: str
    reason: str
    changes: tuple[Change, ...]


def told_events(request: HttpRequest) -> Any:
    """The events the person may read, each with `told`: the JSON of its first body, which says who and why."""
    first = FilteredRelation("bodies", condition=Q(bodies__position=0))
    return rows(Event, request).annotate(first=first).annotate(told=F("first__body"))


def lines_of(row: models.Model, request: HttpRequest) -> list[Line]:
    """The record's lines, the latest first, as far as the person may read the trail they stand in."""
    if not isinstance(row, Trailed):
        return []
    own = FilteredRelation("bodies", condition=Q(bodies__subject_type=row.trail_type(), bodies__subject_id=row.pk))
    events = told_events(request).annotate(own=own).filter(own__isnull=False).annotate(state=F("own__body"))
    events = events.annotate(own_number=F("own__pk"), first_number=F("first__pk"))
    words = Words(type(row), request)
    found, before = [], None
    for event in _whole(events.order_by("pk")):
        after = read(event.state).get("state")
        found.append(_line(event, words.changes(before, after)))
        before = after or before
    return found[::-1]


def _whole(events: Iterable[Any]) -> list[Any]:
    """The events; where a body lost words of an action to an erasure, with what is left of it."""
    found = list(events)
    emptied = {event.chain_id for event in found if event.state is None or event.told is None}
    left = {number: json.dumps(told) for chain in emptied for number, told in history.left_by_erasures(chain).items()}
    for event in found:
        event.state = event.state or left.get(event.own_number)
        event.told = event.told or left.get(event.first_number)
    return found


def read(body: str | None) -> dict[str, Any]:
    """A body's JSON; nothing where it has been erased."""
    return json.loads(body) if body else {}


def who(told: Mapping[str, Any]) -> str:
    """The actor as on the day of the event: name and roles."""
    actor = told.get("actor")
    if not actor:
        return ERASED
    roles = ", ".join(actor.get("roles", []))
    return f"{actor['name']} ({roles})" if roles else str(actor["name"])


def _line(event: Any, changes: tuple[Change, ...]) -> Line:
    told = read(event.told)
    return Line(
        number=event.pk,
        recorded_at=event.recorded_at,
        kind=event.get_kind_display(),
        who=who(told),
        channel=event.get_channel_display(),
        reason=told.get("reason", ""),
        changes=changes,
    )


class Words:
    """Puts stored values into words. Other records are named only where the person may see them."""

    def __init__(self, model: type[models.Model], request: HttpRequest) -> None:
        self.model, self.request = model, request
        self.names: dict[Any, dict[int, str]] = {}

    def changes(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[Change, ...]:
        """The fields that differ; nothing is said of a first state, which is the record itself."""
        if before is None or after is None:
            return ()
        changed = [name for name in after if name != "version" and before.get(name) != after[name]]
        return tuple(
            Change(self.label(name), self.shown(name, before.get(name)), self.shown(name, after[name]))
            for name in changed
        )

    def label(self, name: str) -> str:
        """The field's name as forms print it."""
        return capfirst(str(getattr(self.model._meta.get_field(name), "verbose_name", name)))

    def shown(self, name: str, value: Any) -> str:
        """A stored value in words."""
        field = self.model._meta.get_field(name)
        if value in (None, "", []):
            return "–"
        if field.is_relation:
            return ", ".join(self._name(field.related_model, number) for number in _listed(value))
        choices = dict(getattr(field, "flatchoices", None) or ())
        if isinstance(value, str) and value in choices:
            return str(choices[value])
        return _plain(field, value)[:LONGEST]

    def _name(self, model: Any, number: int) -> str:
        known = self.names.setdefault(model, {})
        if number not in known:
            row = rows(model, self.request).filter(pk=number).first()
            known[number] = str(row)[:LONGEST] if row else f"no. {number}"
        return known[number]


def _listed(value: Any) -> Iterable[int]:
    return value if isinstance(value, list) else [value]


def _plain(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, models.DateTimeField):
        return f"{timezone.localtime(datetime.fromisoformat(value)):%-d %B %Y, %H:%M}"
    if isinstance(field, models.DateField):
        return f"{datetime.fromisoformat(value):%-d %B %Y}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
