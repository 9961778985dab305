"""What the records were at a past moment, told by the trail alone."""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from tracker.choices import EventKind
from tracker.models import Authority, Chain, Event, EventBody
from tracker.rules.refusal import Refused


@transaction.atomic
def resolve(authority: Authority | None, at: datetime) -> Event:
    """The last event of the chain at or before the moment (time zone aware).

    The head is locked meanwhile, so that nothing being written can still come in before the moment. Raises Refused
    where the trail begins later.
    """
    chain = Chain.objects.select_for_update().filter(authority=authority).first()
    event = Event.objects.filter(chain=chain, recorded_at__lte=at).order_by("-sequence").first() if chain else None
    if event is None:
        whose = f"The trail of {authority}" if authority else "The installation's trail"
        first = Event.objects.filter(chain=chain, sequence=1).first() if chain else None
        begins = f"begins on {first.recorded_at:%-d %B %Y}" if first else "has not begun"
        raise Refused(f"{whose} {begins}: there is nothing to show as at {at:%-d %B %Y}.")
    return event


def states(kind: str, through: Event) -> dict[int, dict[str, Any]]:
    """The state of every record of a kind after that event, by number; erased ones are left out."""
    bodies = EventBody.objects.filter(
        subject_type=kind, event__chain=through.chain_id, event__sequence__lte=through.sequence
    )
    told: dict[int, dict[str, Any]] = {}
    for number, body in bodies.order_by("event_id", "position").values_list("subject_id", "body").iterator():
        state = json.loads(body).get("state") if body else None
        if state is not None:
            told[number] = state
    return told


MOVES = (
    EventKind.ACTION_STARTED,
    EventKind.ACTION_SUBMITTED,
    EventKind.ACTION_RECALLED,
    EventKind.ACTION_RETURNED,
    EventKind.ACTION_SIGNED_OFF,
    EventKind.ACTION_REOPENED,
    EventKind.ACTION_SUPERSEDED,
    EventKind.ACTION_SET_ASIDE,
    EventKind.ACTION_RESTORED,
)


def moved(through: Event) -> list[tuple[int, str]]:
    """Each move of an action up to that event: the action's number and the moment in ISO form."""
    events = Event.objects.filter(chain=through.chain_id, sequence__lte=through.sequence, kind__in=MOVES)
    return [(number, at.isoformat()) for number, at in events.values_list("subject_id", "recorded_at")]


def heads() -> list[tuple[str, int, str]]:
    """Each chain's key, number of events and head, in the order the chains began."""
    return list(Chain.objects.order_by("id").values_list("key", "length", "head"))
