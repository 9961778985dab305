"""How an event of the trail is written down and bound to the one before. docs/trail.md tells strangers the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

FORMAT = 1
BEGINNING = "0" * 64


@dataclass(frozen=True)
class Record:
    """A record that an event changed, by the hash of its body."""

    subject_type: str
    subject_id: int
    hash: str


@dataclass(frozen=True)
class Header:
    """An event without its bodies: what its hash covers. `recorded_at` carries a time zone."""

    format: int
    chain: str
    sequence: int
    recorded_at: datetime
    kind: str
    subject_type: str
    subject_id: int
    actor_id: int | None
    channel: str
    request_id: str
    body_hash: str
    previous_hash: str


def canonical(value: object) -> bytes:
    """The one way to write a value down: JSON in UTF-8, keys sorted, no space, no number but whole ones.

    Raises ValueError for a float, which different machines may print differently.
    """
    return json.dumps(
        _checked(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _checked(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("The trail writes whole numbers and words, never a float.")
    if isinstance(value, Mapping):
        return {key: _checked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_checked(item) for item in value]
    return value


def moment(at: datetime) -> str:
    """A moment as events print it: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def body_hash(salt: str, body: str) -> str:
    """SHA-256 over salt and body, in hexadecimal; the salt keeps a short body from being guessed after its erasure."""
    return hashlib.sha256((salt + body).encode()).hexdigest()


def records_hash(records: Sequence[Record]) -> str:
    """SHA-256 over the list of changed records with their bodies' hashes, in order: an event's body hash."""
    return hashlib.sha256(canonical([[r.subject_type, r.subject_id, r.hash] for r in records])).hexdigest()


def event_hash(header: Header) -> str:
    """SHA-256 over the event's header, the hash of the event before it included."""
    return hashlib.sha256(
        canonical(
            {
                "format": header.format,
                "chain": header.chain,
                "sequence": header.sequence,
                "recorded_at": moment(header.recorded_at),
                "kind": header.kind,
                "subject": [header.subject_type, header.subject_id],
                "actor": header.actor_id,
                "channel": header.channel,
                "request": header.request_id,
                "body": header.body_hash,
                "previous": header.previous_hash,
            }
        )
    ).hexdigest()
