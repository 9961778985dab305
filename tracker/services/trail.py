"""Writing the trail: one event a verb, in the verb's own transaction, bound to the event before it.

docs/trail.md sets out the form. The head's lock is taken last, so verbs call `record` when everything else is done.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Subquery

from tracker.access import Actor, check_site, roles_in
from tracker.choices import EventKind
from tracker.models import Authority, Chain, Event, EventBody, Trailed
from tracker.rules import chain as rules
from tracker.rules.refusal import Refused

INSTALLATION = "installation"
# How far a verb's moment may lie from the database's clock before it counts as a scripted history.
LEEWAY = timedelta(minutes=15)

Details = Mapping[str, object]


@transaction.atomic
def begin(*, demonstration: bool, by: Actor, at: datetime) -> Event:
    """Write the installation's first event, which says for ever whether this database is a demonstration.

    Refused where there is a first event already: a database never changes its kind.
    """
    check_site(by)
    if has_begun():
        raise Refused("This installation has begun already; what kind it is cannot be changed.")
    return _begin(demonstration, by, at)


def _begin(demonstration: bool, by: Actor, at: datetime) -> Event:
    chain = _locked(None)
    recorded_at = at if demonstration else _clock()
    first = {"details": {"demonstration": demonstration}, "reason": "", "actor": _actor(by, None)}
    return _append(chain, EventKind.INSTALLATION_BEGUN, (INSTALLATION, 0), [(INSTALLATION, 0, first)], by, recorded_at)


def has_begun() -> bool:
    """Whether this database has its first event, which says of what kind it is."""
    return Chain.objects.filter(key=INSTALLATION, length__gt=0).exists()


# What the installation's first event says, as text; None where there is none.
FIRST = EventBody.objects.filter(event__chain__key=INSTALLATION, event__sequence=1, position=0).values("body")


def is_demonstration() -> bool:
    """Whether the installation's first event says that this database is a demonstration."""
    return _says_so(next(iter(FIRST.values_list("body", flat=True)), None))


def _says_so(first: str | None) -> bool:
    return bool(first and json.loads(first)["details"]["demonstration"])


def record(
    kind: EventKind,
    *rows: Trailed,
    chain: Authority | None,
    by: Actor,
    at: datetime,
    reason: str = "",
    details: Details | None = None,
) -> Event:
    """Write what a verb did: the first row is its subject, the others changed with it; all in their state after.

    `chain` is the authority whose trail it belongs to, or None for the installation's own. `at` is the verb's moment
    (with a time zone); only a demonstration may place it in the past. Raises Refused where it lies elsewhere.
    """
    head = _locked(chain)
    if head.first is None:
        head = _after_the_beginning(chain, by, at)
    subject = (rows[0].trail_type(), rows[0].pk)
    bodies: list[tuple[str, int, Details]] = [(row.trail_type(), row.pk, {"state": row.trail_state()}) for row in rows]
    told = {"actor": _actor(by, chain or _place_of(rows[0])), "reason": reason, "details": _details(details, by)}
    bodies[0] = (*subject, {**bodies[0][2], **told})
    return _append(head, kind, subject, bodies, by, _moment(at, head))


def _after_the_beginning(chain: Authority | None, by: Actor, at: datetime) -> Any:
    """The head of the chain once the database has its first event, which it had not yet."""
    if not has_begun():
        _begin(False, by, at)
    return _locked(chain)


def _details(details: Details | None, by: Actor) -> dict[str, object]:
    """The verb's own details, and what the actor kept after a warning: its kinds alone, never the words."""
    return {**(details or {}), **({"kept_after_warning": list(by.kept)} if by.kept else {})}


def tell(kind: EventKind, *, by: Actor, at: datetime, details: Details) -> Event:
    """Write in the installation's trail what changed no record, such as its guards being put back."""
    head = _locked(None)
    told = {"actor": _actor(by, None), "reason": "", "details": dict(details)}
    return _append(head, kind, (INSTALLATION, 0), [(INSTALLATION, 0, told)], by, _moment(at, head))


def key_of(authority: Authority | None) -> str:
    """What the chain of an authority is called, or the installation's own."""
    return f"authority-{authority.code}" if authority else INSTALLATION


def _locked(authority: Authority | None) -> Any:
    """The chain with its head locked, and with what the installation's first event says as `first`: one query."""
    key = key_of(authority)
    chain = Chain.objects.select_for_update().annotate(first=Subquery(FIRST)).filter(key=key)
    if not (found := chain.first()):
        Chain.objects.get_or_create(key=key, defaults={"authority": authority, "head": rules.BEGINNING})
        found = chain.get()
    return found


def _moment(at: datetime, head: Any) -> datetime:
    if _says_so(head.first):
        return at
    clock = _clock()
    if abs(clock - at) > LEEWAY:
        raise Refused("Only a demonstration installation can be given a history: this is a real one.")
    return clock


def _clock() -> datetime:
    """The database's clock, read while the head is locked, so that no later event can carry an earlier time."""
    query = (
        "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')" if connection.vendor == "sqlite" else "SELECT clock_timestamp()"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        told = cursor.fetchone()[0]
    read = datetime.fromisoformat(told) if isinstance(told, str) else told
    return read.astimezone(UTC)


def _place_of(row: Trailed) -> Authority | None:
    """The authority that a record of the installation's chain is about, such as a membership's."""
    place = row if isinstance(row, Authority) else getattr(row, "authority", None)
    return place if isinstance(place, Authority) else None


def _actor(by: Actor, authority: Authority | None) -> dict[str, object]:
    """The actor as on that day: the name and roles may be others tomorrow."""
    if by.user is None:
        return {"name": "the installation itself", "roles": []}
    roles = sorted(roles_in(by.user, authority)) if authority else []
    site = ["site administrator"] if by.user.is_superuser else []
    return {"name": by.user.name, "job_title": by.user.job_title, "roles": [*map(str, roles), *site]}


def _append(
    chain: Chain,
    kind: EventKind,
    subject: tuple[str, int],
    bodies: Sequence[tuple[str, int, Details]],
    by: Actor,
    recorded_at: datetime,
) -> Event:
    rows = [_body(position, *body) for position, body in enumerate(bodies)]
    header = rules.Header(
        format=rules.FORMAT,
        chain=chain.key,
        sequence=chain.length + 1,
        recorded_at=max(recorded_at, chain.recorded_at or recorded_at),
        kind=kind,
        subject_type=subject[0],
        subject_id=subject[1],
        actor_id=by.user.pk if by.user else None,
        channel=by.channel,
        request_id=by.request_id,
        body_hash=rules.records_hash([rules.Record(row.subject_type, row.subject_id, row.hash) for row in rows]),
        previous_hash=chain.head,
    )
    event = Event.objects.create(
        **{**vars(header), "chain": chain},
        hash=rules.event_hash(header),
    )
    for row in rows:
        row.event = event
    EventBody.objects.bulk_create(rows)
    chain.length, chain.head, chain.recorded_at = header.sequence, event.hash, header.recorded_at
    chain.save(update_fields=["length", "head", "recorded_at"])
    return event


def _body(position: int, subject_type: str, subject_id: int, body: Details) -> EventBody:
    salt, text = secrets.token_hex(16), rules.canonical(body).decode()
    return EventBody(
        position=position,
        subject_type=subject_type,
        subject_id=subject_id,
        salt=salt,
        body=text,
        hash=rules.body_hash(salt, text),
    )
