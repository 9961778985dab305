"""The lines of trail.jsonl: every event of the plan's chain, with each body, or why it is not there."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from tracker.choices import EventKind
from tracker.models import Event, EventBody
from tracker.rules import chain
from tracker.rules.pack import Row
from tracker.services.packs.plan import Plan

PAGE = 500
# What a public pack withholds, whatever it says: the kinds of record, each with the reason that stands in its place.
WITHHELD = {
    "erasure": "a request to erase evidence is not for the public",
    "intake": "how a file was read in is not for the public",
    "spreadsheet": "the file that a plan came in from is not for the public",
    "broughtrow": "the file that a plan came in from is not for the public",
}
CONFIDENTIAL = "confidential evidence"
Erased = dict[tuple[int, int], str]


def lines(plan: Plan) -> Iterator[Row]:
    """Every event through the plan's moment, in the order of the chain."""
    through, after = plan.through, 0
    erased = _erased(plan)
    while after < through.sequence:
        events = Event.objects.filter(chain=through.chain_id, sequence__gt=after, sequence__lte=through.sequence)
        page = list(events.order_by("sequence")[:PAGE].select_related("chain").prefetch_related("bodies"))
        if not page:
            return
        yield from (_line(event, plan, erased) for event in page)
        after = page[-1].sequence


def _line(event: Event, plan: Plan, erased: Erased) -> Row:
    return {
        "format": event.format,
        "chain": event.chain.key,
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
        "bodies": [_body(event, body, plan, erased) for body in sorted(event.bodies.all(), key=lambda b: b.position)],
    }


def _body(event: Event, body: EventBody, plan: Plan, erased: Erased) -> dict[str, Any]:
    told: dict[str, Any] = {"subject": [body.subject_type, body.subject_id], "hash": body.hash}
    if body.body is None:
        by_whom = erased.get((event.sequence, body.position))
        return {**told, "erased": by_whom} if by_whom else told
    if why := _why_withheld(body, plan, plan.hidden):
        return {**told, "withheld": why}
    return {**told, "salt": body.salt, "body": body.body}


def _why_withheld(body: EventBody, plan: Plan, hidden: Collection[int]) -> str:
    if plan.scope.confidential:
        return ""
    if body.subject_type == "evidence":
        return CONFIDENTIAL if body.subject_id in hidden else ""
    return WITHHELD.get(body.subject_type, "")


def _erased(plan: Plan) -> Erased:
    """The bodies of the chain that lawful erasures emptied, up to today: by whom and when."""
    found: Erased = {}
    erasures = Event.objects.filter(chain=plan.through.chain_id, kind=EventKind.ERASED).order_by("sequence")
    for event in erasures.prefetch_related("bodies"):
        first = next((body for body in event.bodies.all() if body.position == 0), None)
        details = json.loads(first.body)["details"] if first and first.body else {"bodies": []}
        for _, sequence, position in details["bodies"]:
            words = f"by {details['asked_by']} and {details['decided_by']} on {event.recorded_at:%-d %B %Y}"
            found[sequence, position] = words
    return found
