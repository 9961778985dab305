"""The lines of trail.jsonl: every event of the plan's chain, with each body, or why it is not there."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from tracker.choices import EventKind
from tracker.models import Event, EventBody
from tracker.rules import chain
from tracker.rules.pack import Row
from tracker.services import history
from tracker.services.packs.plan import Plan

PAGE = 500
# What a public pack withholds, whatever it says: the kinds of record, each with the reason that stands in its place.
WITHHELD = {
    "erasure": "a request to erase something is not for the public",
    "intake": "how a file was read in is not for the public",
    "spreadsheet": "the file that a plan came in from is not for the public",
    "broughtrow": "the file that a plan came in from is not for the public",
}
CONFIDENTIAL = "confidential evidence"
State = dict[str, Any]
Erased = dict[tuple[int, int], tuple[str, State | None]]  # by whom and when, and what is left of it, if anything is


class Told(NamedTuple):
    """What the line of an event needs of it."""

    pk: int
    format: int
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
    hash: str


class Body(NamedTuple):
    """What it needs of a body."""

    event: int
    position: int
    subject_type: str
    subject_id: int
    hash: str
    salt: str | None
    body: str | None


def lines(plan: Plan) -> Iterator[Row]:
    """Every event through the plan's moment, in the order of the chain.

    Read as plain values: of a long chain, making objects of them would take most of the time.
    """
    through, after = plan.through, 0
    erased, key = _erased(plan), through.chain.key
    chained = Event.objects.filter(chain=through.chain_id, sequence__lte=through.sequence).order_by("sequence")
    while after < through.sequence:
        page = [Told(*row) for row in chained.filter(sequence__gt=after).values_list(*Told._fields)[:PAGE]]
        if not page:
            return
        bodies = _bodies(page)
        for event in page:
            told = [_body(event.sequence, body, plan, erased) for body in bodies[event.pk]]
            yield _line(event, key, told)
        after = page[-1].sequence


def _bodies(page: list[Told]) -> dict[int, list[Body]]:
    """The bodies of these events, each event's in their order."""
    rows = EventBody.objects.filter(event__in=[event.pk for event in page]).order_by("event_id", "position")
    found: dict[int, list[Body]] = defaultdict(list)
    for row in rows.values_list(*Body._fields):
        body = Body(*row)
        found[body.event].append(body)
    return found


def _line(event: Told, key: str, bodies: list[dict[str, Any]]) -> Row:
    return {
        "format": event.format,
        "chain": key,
        "sequence": event.sequence,
        "recorded_at": chain.moment(event.recorded_at),
        "kind": event.kind,
        "subject": [event.subject_type, event.subject_id],
        "actor": event.actor_id,
        "channel": event.channel,
        "request": event.request_id,
        "body": event.body_hash,
        "previous": event.previous_hash,
        "hash": event.hash,
        "bodies": bodies,
    }


def _body(sequence: int, body: Body, plan: Plan, erased: Erased) -> dict[str, Any]:
    told: dict[str, Any] = {"subject": [body.subject_type, body.subject_id], "hash": body.hash}
    why = _why_withheld(body, plan)
    if body.body is None:
        by_whom, left = erased.get((sequence, body.position), ("", None))
        told |= {"erased": by_whom} if by_whom else {}
        return told | ({"instead": chain.canonical(left).decode()} if left and not why else {})
    if why:
        return {**told, "withheld": why}
    return {**told, "salt": body.salt, "body": body.body}


def _why_withheld(body: Body, plan: Plan) -> str:
    if plan.scope.confidential:
        return ""
    if body.subject_type == "evidence":
        return CONFIDENTIAL if body.subject_id in plan.hidden else ""
    return WITHHELD.get(body.subject_type, "")


def _erased(plan: Plan) -> Erased:
    """The bodies of the chain that lawful erasures emptied, up to today: by whom and when, and what they left of them."""
    found: Erased = {}
    erasures = Event.objects.filter(chain=plan.through.chain_id, kind=EventKind.ERASED).order_by("sequence")
    for event in erasures.prefetch_related("bodies"):
        first = next((body for body in event.bodies.all() if body.position == 0), None)
        if first is None or first.body is None:
            continue  # a later erasure has emptied it, and names all that this one did
        details = json.loads(first.body)["details"]
        words = f"by {details['asked_by']} and {details['decided_by']} on {event.recorded_at:%-d %B %Y}"
        found |= {place: (words, left) for place, left in history.erased_places(details)}
    return found
