"""Reading the trail with suspicion: recomputes every chain, and compares live rows with what the trail last said."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field

from tracker.access import Actor, check_site
from tracker.choices import EventKind
from tracker.models import Chain, Event, EventBody, Trailed, triggers
from tracker.rules import chain as rules
from tracker.services import trail

ErasedBodies = dict[tuple[str, int, int], str]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong (or, where lawful, that is told apart from what is wrong), in a sentence."""

    sentence: str
    lawful: bool = False


def verify(head: str = "") -> Iterator[Finding]:
    """Everything wrong with the trail and the rows it tells of; nothing means that all is as recorded.

    `head` is a hash that left the house (printed in a pack, mailed to an auditor): it must still be in a chain.
    """
    for name in triggers.missing(connection):
        yield Finding(f"The database's own guard {name} is missing: the trail can be changed without a word.")
    erased = dict(_lawful_erasures())
    for chain in Chain.objects.order_by("id"):
        yield from _chain(chain, erased)
    if head and not Event.objects.filter(hash=head).exists():
        yield Finding(f"The head {head} is in no chain: history from before it left the house has been rewritten.")
    yield from _rows()


@transaction.atomic
def restore_guards(*, by: Actor, at: datetime) -> list[str]:
    """Put back the database's guards that are missing, and say so in the installation's trail; which they were."""
    check_site(by)
    missing = triggers.missing(connection)
    if missing:
        triggers.install(connection)
        trail.tell(EventKind.GUARDS_RESTORED, by=by, at=at, details={"guards": missing})
    return missing


def _chain(chain: Chain, erased: ErasedBodies) -> Iterator[Finding]:
    previous, sequence, recorded_at = rules.BEGINNING, 0, None
    for event in Event.objects.filter(chain=chain).order_by("sequence").iterator(chunk_size=2000):
        sequence += 1
        where = f"{chain.key}, event {event.sequence} ({event.get_kind_display()})"
        if event.sequence != sequence:
            yield Finding(f"{chain.key}: {event.sequence - sequence} event(s) are missing before {event.sequence}.")
            sequence = event.sequence
        if event.hash != rules.event_hash(_header(event, chain.key)):
            yield Finding(f"{where} was altered: its hash does not follow from what it says.")
        if event.previous_hash != previous:
            yield Finding(f"{where} does not follow the event before it.")
        if recorded_at and event.recorded_at < recorded_at:
            yield Finding(f"{where} was recorded before the event before it.")
        yield from _bodies(event, where, erased)
        previous, recorded_at = event.hash, event.recorded_at
    if (chain.length, chain.head) != (sequence, previous):
        yield Finding(f"{chain.key}: the chain ends at event {sequence}, but its head speaks of {chain.length}.")


def _header(event: Event, key: str) -> rules.Header:
    fields = {name: getattr(event, name) for name in rules.Header.__dataclass_fields__ if name != "chain"}
    return rules.Header(chain=key, **fields)


def _bodies(event: Event, where: str, erased: ErasedBodies) -> Iterator[Finding]:
    bodies = list(event.bodies.order_by("position"))
    records = [rules.Record(body.subject_type, body.subject_id, body.hash) for body in bodies]
    if rules.records_hash(records) != event.body_hash:
        yield Finding(f"{where}: a body was removed, added, reordered or altered.")
    for body in bodies:
        told = f"{where}, body of {body.subject_type} {body.subject_id}"
        if body.body is None or body.salt is None:
            by_whom = erased.get((event.chain.key, event.sequence, body.position))
            yield (
                Finding(f"{told}: {by_whom}", lawful=True)
                if by_whom
                else Finding(f"{told} is gone, and no erasure names it.")
            )
        elif rules.body_hash(body.salt, body.body) != body.hash:
            yield Finding(f"{told} was altered.")


def _lawful_erasures() -> Iterator[tuple[tuple[str, int, int], str]]:
    """Bodies that an erasure names, each with who erased it and when."""
    for event in Event.objects.filter(kind=EventKind.ERASED).prefetch_related("bodies"):
        told = event.bodies.all()[0].body
        details = json.loads(told)["details"] if told else {"bodies": []}
        for chain, sequence, position in details["bodies"]:
            by_whom = f"erased by {details['asked_by']} and {details['decided_by']} on {event.recorded_at:%-d %B %Y}"
            yield (chain, sequence, position), by_whom


def trailed_models() -> list[type[Trailed]]:
    """Every kind of record that the trail keeps."""
    return [model for model in apps.get_app_config("tracker").get_models() if issubclass(model, Trailed)]


def _rows() -> Iterator[Finding]:
    for model in trailed_models():
        yield from _rows_of(model)


def _rows_of(model: type[Trailed]) -> Iterator[Finding]:
    kind, last = model.trail_type(), _last_states(model.trail_type())
    many = [name for name in model.TRAIL_FIELDS if model._meta.get_field(name).many_to_many]
    for row in model._default_manager.order_by("pk").prefetch_related(*many).iterator(chunk_size=1000):
        told = last.pop(row.pk, None)
        if told is None:
            yield Finding(f"{kind} {row.pk} ({row}) was made behind the application's back: no event tells of it.")
        elif changed := _differences(model, json.loads(told), row.trail_state()):
            yield Finding(f"{kind} {row.pk} ({row}) was changed behind the application's back: {', '.join(changed)}.")
    for number in sorted(last):
        yield Finding(f"{kind} {number} was deleted behind the application's back.")


def _last_states(kind: str) -> dict[int, str]:
    """The latest told state of each record of a kind, as JSON; a body without a state tells of no change."""
    states: dict[int, str] = {}
    bodies = EventBody.objects.filter(subject_type=kind).order_by("event_id", "position")
    for number, body in bodies.values_list("subject_id", "body").iterator(chunk_size=2000):
        state = json.loads(body).get("state") if body else None
        if state is not None:
            states[number] = json.dumps(state)
    return states


def _differences(model: type[Trailed], told: dict[str, Any], live: dict[str, Any]) -> list[str]:
    """The fields that differ; a field that came after the event is compared with its default."""
    return [name for name in live if live[name] != told.get(name, _default(model, name) if name not in told else None)]


def _default(model: type[Trailed], name: str) -> Any:
    field = model._meta.get_field(name)
    return field.get_default() if isinstance(field, Field) and not field.many_to_many else []
