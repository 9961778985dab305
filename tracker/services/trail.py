"""Writing the trail: one event a verb, in the verb's own transaction, bound to the event before it.

docs/trail.md sets out the form. The head's lock is taken last, so verbs call `record` when everything else is done.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tracker.access import Actor, check_site, roles_in
from tracker.choices import EventKind
from tracker.models import Authority, Chain, Event, EventBody, Trailed
from tracker.rules import chain as rules
from tracker.rules.refusal import Refused
from tracker.services.trail_rows import INSTALLATION, Head, insert, locked_head

# How far a verb's moment may lie from the database's clock before it counts as a scripted history.
LEEWAY = timedelta(minutes=15)

Details = Mapping[str, object]
# What kind of record, its number, and what is told of it.
Body = tuple[str, int, Details]


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
    head = _locked(None)
    recorded_at = at if demonstration else head.clock
    first = {"details": {"demonstration": demonstration}, "reason": "", "actor": _actor(by, None)}
    return _append(head, EventKind.INSTALLATION_BEGUN, _bodies((INSTALLATION, 0, first)), by, recorded_at)


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
    told = {"actor": _actor(by, chain or _place_of(rows[0])), "reason": reason, "details": _details(details, by)}
    states: list[Body] = [(row.trail_type(), row.pk, {"state": row.trail_state()}) for row in rows]
    states[0] = (*states[0][:2], {**states[0][2], **told})
    bodies = _bodies(*states)  # before the lock, so that others wait the shorter
    head = _locked(chain)
    if head.first is None:
        head = _after_the_beginning(chain, by, at)
    return _append(head, kind, bodies, by, _moment(at, head))


def _after_the_beginning(chain: Authority | None, by: Actor, at: datetime) -> Head:
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
    return _append(head, kind, _bodies((INSTALLATION, 0, told)), by, _moment(at, head))


def key_of(authority: Authority | None) -> str:
    """What the chain of an authority is called, or the installation's own."""
    return f"authority-{authority.code}" if authority else INSTALLATION


def _locked(authority: Authority | None) -> Head:
    """The head of the chain, locked until the transaction ends; a chain that nobody has written to yet begins."""
    key = key_of(authority)
    if not (head := locked_head(key)):
        Chain.objects.get_or_create(key=key, defaults={"authority": authority, "head": rules.BEGINNING})
        head = locked_head(key)
    assert head is not None  # noqa: S101  chains are never deleted
    return head


def _moment(at: datetime, head: Head) -> datetime:
    if _says_so(head.first):
        return at
    if abs(head.clock - at) > LEEWAY:
        raise Refused("Only a demonstration installation can be given a history: this is a real one.")
    return head.clock


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


def _append(head: Head, kind: EventKind, bodies: Sequence[EventBody], by: Actor, recorded_at: datetime) -> Event:
    subject = bodies[0]
    header = rules.Header(
        format=rules.FORMAT,
        chain=head.key,
        sequence=head.length + 1,
        recorded_at=max(recorded_at, head.recorded_at or recorded_at),
        kind=kind,
        subject_type=subject.subject_type,
        subject_id=subject.subject_id,
        actor_id=by.user.pk if by.user else None,
        channel=by.channel,
        request_id=by.request_id,
        body_hash=rules.records_hash([rules.Record(body.subject_type, body.subject_id, body.hash) for body in bodies]),
        previous_hash=head.hash,
    )
    return insert(head, header, bodies)


def _bodies(*told: Body) -> list[EventBody]:
    return [_body(position, *each) for position, each in enumerate(told)]


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
