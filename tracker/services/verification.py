"""Reading the trail with suspicion: recomputes every chain, and compares live rows with what the trail last said."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field, Prefetch

from tracker.access import Actor, check_site
from tracker.choices import EventKind
from tracker.models import Action, Chain, Event, EventBody, Trailed, triggers
from tracker.rules import chain as rules
from tracker.services import history, trail

ErasedBodies = dict[tuple[str, int, int], str]
BODIES = Prefetch("bodies", EventBody.objects.order_by("position"))


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
    for chain in Chain.objects.order_by("id").select_related("authority"):
        yield from _chain(chain, erased)
    yield from _strays()
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


def _strays() -> Iterator[Finding]:
    """Events of no chain and bodies of no event, as they are left where keys were not minded."""
    for event in Event.objects.exclude(chain__in=Chain.objects.all()).order_by("pk"):
        yield Finding(f"Event {event.pk} ({event.get_kind_display()}) belongs to no chain.")
    for body in EventBody.objects.exclude(event__in=Event.objects.all()).order_by("pk"):
        yield Finding(f"Body {body.pk} of {body.subject_type} {body.subject_id} belongs to no event.")


def compare(key: str, hashes: Iterable[tuple[int, str]]) -> Finding:
    """Whether a pack's events, by sequence and hash, stand in the live chain of that key; else from which one on they differ.

    `lawful` where they all do. Nothing is said of whether the live chain is whole: `verify` says that.
    """
    chain = Chain.objects.filter(key=key).first()
    if chain is None:
        return Finding(f"There is no chain {key} in this database: the pack is of another installation.")
    live = Event.objects.filter(chain=chain).order_by("sequence").values_list("sequence", "hash")
    standing, last = dict[int, str](), 0
    rows = live.iterator(chunk_size=2000)
    for sequence, told in hashes:
        if sequence < last:
            continue  # out of its order, which the pack's own verification names
        while last < sequence and (row := next(rows, None)) is not None:
            last, standing = row[0], {row[0]: row[1]}
        if sequence not in standing:
            return Finding(
                f"{key}: event {sequence} of the pack is not in this database, whose chain has {chain.length}."
            )
        if standing[sequence] != told:
            return Finding(
                f"{key}: from event {sequence} on, this database tells another history than the pack: one was rewritten."
            )
    if not last:
        return Finding(f"{key}: the pack has no event that could be compared with this database.")
    further = chain.length - last
    since = f"{further} event(s) have followed since" if further else "nothing has followed since"
    return Finding(f"{key}: the pack’s head is event {last} of this database’s chain; {since}.", lawful=True)


def compare_left(
    key: str, gone: Mapping[tuple[int, int], tuple[str, int]], left: Mapping[tuple[int, int], str]
) -> Iterator[Finding]:
    """Where what a pack says of emptied bodies is not what this database says of them.

    `gone` are the records of the bodies, by the event's sequence and the body's position; `left` what the pack says is
    left of them, as canonical JSON. Only words of actions leave anything.
    """
    chain = Chain.objects.filter(key=key).first()
    if chain is None:
        return
    rows = EventBody.objects.filter(chain=chain, event__sequence__among=[sequence for sequence, _ in gone])
    live = {(each.event.sequence, each.position): each for each in rows.select_related("event").order_by()}
    telling = history.left_by_erasures(chain.pk)
    erasures = EventBody.objects.filter(event__chain=chain, event__kind=EventKind.ERASED, position=0, body=None)
    for place in sorted(gone.keys() & live.keys()):
        if gone[place][0] != Action.trail_type():
            continue
        where = f"{key}, event {place[0]}, body of {' '.join(map(str, gone[place]))}"
        told = telling.get(live[place].pk)
        if live[place].body is not None:
            yield Finding(f"{where} is whole in this database, and the pack says that it was erased.")
        elif (rules.canonical(told).decode() if told else None) != left.get(place):
            again = erasures.exists()  # then what was left of it at first is gone itself
            words = "may have lost more words since the pack was made" if again else "is another here than in the pack"
            yield Finding(f"{where}: what is left of it {words}.", lawful=again)


def _chain(chain: Chain, erased: ErasedBodies) -> Iterator[Finding]:
    previous, sequence, recorded_at, number = rules.BEGINNING, 0, None, 0
    events = Event.objects.filter(chain=chain).order_by("sequence").prefetch_related(BODIES)
    for event in events.iterator(chunk_size=500):
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
        if event.pk < number:
            yield Finding(f"{where} was written before the event before it.")
        yield from _bodies(event, where, erased)
        previous, recorded_at, number = event.hash, event.recorded_at, event.pk
    if (chain.length, chain.head) != (sequence, previous):
        yield Finding(f"{chain.key}: the chain ends at event {sequence}, but its head speaks of {chain.length}.")
    if not sequence:
        yield Finding(f"{chain.key}: the chain has no event; none begins without one.")
    if chain.recorded_at != recorded_at:
        yield Finding(f"{chain.key}: the chain gives its last event another moment than that event does.")
    if chain.key != trail.key_of(chain.authority):
        yield Finding(f"{chain.key}: the chain stands under another authority than its name says.")


def _header(event: Event, key: str) -> rules.Header:
    fields = {name: getattr(event, name) for name in rules.Header.__dataclass_fields__ if name != "chain"}
    return rules.Header(chain=key, **fields)


def _bodies(event: Event, where: str, erased: ErasedBodies) -> Iterator[Finding]:
    bodies = list(event.bodies.all())
    records = [rules.Record(body.subject_type, body.subject_id, body.hash) for body in bodies]
    if rules.records_hash(records) != event.body_hash:
        yield Finding(f"{where}: a body was removed, added, reordered or altered.")
    elif [body.position for body in bodies] != list(range(len(bodies))):
        yield Finding(f"{where}: a body was given another place.")
    for body in bodies:
        told = f"{where}, body of {body.subject_type} {body.subject_id}"
        if body.chain_id != event.chain_id:
            yield Finding(f"{told} was put under another chain.")
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
    for event in Event.objects.filter(kind=EventKind.ERASED).prefetch_related(BODIES):
        for body in event.bodies.all()[:1]:
            details = _told(body.body, body.salt, body.hash).get("details", {})
            for chain, sequence, position in details.get("bodies", ()):
                by_whom = f"{details['asked_by']} and {details['decided_by']} on {event.recorded_at:%-d %B %Y}"
                yield (chain, sequence, position), f"erased by {by_whom}"


def _told(body: str | None, salt: str | None, digest: str) -> dict[str, Any]:
    """What a body says; nothing where it is empty or was altered, which is named elsewhere."""
    if body is None or salt is None or rules.body_hash(salt, body) != digest:
        return {}
    said: dict[str, Any] = json.loads(body)
    return said


def trailed_models() -> list[type[Trailed]]:
    """Every kind of record that the trail keeps."""
    return [model for model in apps.get_app_config("tracker").get_models() if issubclass(model, Trailed)]


def _rows() -> Iterator[Finding]:
    for model in trailed_models():
        yield from _rows_of(model)


def _rows_of(model: type[Trailed]) -> Iterator[Finding]:
    kind, last = model.trail_type(), _last_states(model.trail_type())
    try:
        yield from _compared(model, kind, last)
    except ValueError as error:
        yield Finding(f"The rows of {kind} hold what no such row can hold, and cannot be compared: {error}.")


def _compared(model: type[Trailed], kind: str, last: dict[int, str]) -> Iterator[Finding]:
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
    for number, body, salt, digest in bodies.values_list("subject_id", "body", "salt", "hash").iterator(
        chunk_size=2000
    ):
        state = _told(body, salt, digest).get("state")
        if state is not None:
            states[number] = json.dumps(state)
    return states


def _differences(model: type[Trailed], told: dict[str, Any], live: dict[str, Any]) -> list[str]:
    """The fields that differ; a field that came after the event is compared with its default."""
    return [name for name in live if live[name] != told.get(name, _default(model, name) if name not in told else None)]


def _default(model: type[Trailed], name: str) -> Any:
    field = model._meta.get_field(name)
    return field.get_default() if isinstance(field, Field) and not field.many_to_many else []
