"""The trail's rows as the database keeps them: a chain's head read under its lock, and an event put after it.

In SQL by hand, because every verb comes through here while its whole authority waits: composing the same statements
from the models takes longer than the database needs to carry them out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.transaction import TransactionManagementError

from tracker.models import Chain, Event, EventBody
from tracker.rules import chain as rules

INSTALLATION = "installation"
CHAIN, EVENT, BODY = (model._meta.db_table for model in (Chain, Event, EventBody))
# SQLite needs no lock: a transaction that writes has the whole file to itself.
LOCK = {"postgresql": "FOR UPDATE", "sqlite": ""}
CLOCK = {"postgresql": "clock_timestamp()", "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"}
# The clock is read from the row once it is locked, so that no later event can carry an earlier time.
HEAD = (
    f"WITH locked AS (SELECT id, length, head, recorded_at FROM {CHAIN} WHERE key = %s {{lock}})"  # noqa: S608
    f" SELECT locked.*, {{clock}}, (SELECT b.body FROM {BODY} b JOIN {EVENT} e ON e.id = b.event_id"
    f" JOIN {CHAIN} c ON c.id = e.chain_id WHERE c.key = '{INSTALLATION}' AND e.sequence = 1 AND b.position = 0)"
    " FROM locked"
)
EVENT_COLUMNS = (
    *("format", "chain_id", "sequence", "recorded_at", "kind", "subject_type", "subject_id"),
    *("actor_id", "channel", "request_id", "body_hash", "previous_hash", "hash"),
)
BODY_COLUMNS = ("event_id", "chain_id", "position", "subject_type", "subject_id", "hash", "salt", "body")
MOVE = f"UPDATE {CHAIN} SET length = %s, head = %s, recorded_at = %s WHERE id = %s"  # noqa: S608
# Rows in one statement: SQLite may be built to take no more than 999 values.
AT_ONCE = 999 // len(BODY_COLUMNS)


@dataclass(frozen=True)
class Head:
    """The end of a chain while it is locked. Moments are in UTC."""

    chain: int
    key: str
    length: int
    hash: str
    recorded_at: datetime | None
    clock: datetime
    """The database's, read under the lock."""
    first: str | None
    """What the installation's first event says; None before there is one."""


def locked_head(key: str) -> Head | None:
    """The head of the chain of that key, locked until the transaction ends; None where there is no such chain.

    Raises TransactionManagementError outside a transaction, where the lock would be gone at once.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("The trail is written in the verb's own transaction.")
    with connection.cursor() as cursor:
        cursor.execute(HEAD.format(lock=LOCK[connection.vendor], clock=CLOCK[connection.vendor]), [key])
        if (row := cursor.fetchone()) is None:
            return None
    chain, length, head, recorded_at, clock, first = row
    return Head(chain, key, length, head, recorded_at and _utc(recorded_at), _utc(clock), first)


def insert(head: Head, header: rules.Header, bodies: Sequence[EventBody]) -> Event:
    """The event of this header put after the head, with its bodies, and the head moved on to it."""
    told = {name: value for name, value in vars(header).items() if name != "chain"}
    event = Event(**told, chain_id=head.chain, hash=rules.event_hash(header))
    recorded_at = connection.ops.adapt_datetimefield_value(header.recorded_at)
    written = [recorded_at if name == "recorded_at" else getattr(event, name) for name in EVENT_COLUMNS]
    with connection.cursor() as cursor:
        event.pk = _inserted(cursor, _insert(EVENT, EVENT_COLUMNS, 1), written)
        for start in range(0, len(bodies), AT_ONCE):
            part = bodies[start : start + AT_ONCE]
            for body in part:
                body.event_id, body.chain_id = event.pk, head.chain
            values = [getattr(body, name) for body in part for name in BODY_COLUMNS]
            cursor.execute(_insert(BODY, BODY_COLUMNS, len(part)), values)
        cursor.execute(MOVE, [header.sequence, event.hash, recorded_at, head.chain])
    event._state.adding = False
    return event


def _insert(table: str, columns: Sequence[str], rows: int) -> str:
    places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * rows)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {places}"  # noqa: S608  our own names


def _inserted(cursor: Any, statement: str, values: Iterable[object]) -> int:
    """The number that the database gave the row. An older SQLite cannot return it, but keeps it."""
    if connection.features.can_return_columns_from_insert:
        cursor.execute(f"{statement} RETURNING id", values)
        return int(cursor.fetchone()[0])
    cursor.execute(statement, values)
    return int(cursor.lastrowid)


def _utc(told: datetime | str) -> datetime:
    """A moment as the database told it: SQLite keeps text, in UTC."""
    moment = datetime.fromisoformat(told) if isinstance(told, str) else told
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
