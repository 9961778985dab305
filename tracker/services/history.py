"""What the records were at a past moment, told by the trail alone.

The cost of a moment is a look into an index for each record, however long its history and however many other councils
there are: the numbers of a kind are found by leaping from one to the next within the chain, and of each the last body at
or before the event is read. Event numbers rise within a chain, and all that is told of a record stands in one chain, so
no other condition is needed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction
from django.db.models import Max

from tracker.choices import MOVES_OF_ACTIONS, EventKind
from tracker.models import Authority, Chain, Event, EventBody
from tracker.rules.refusal import Refused

State = dict[str, Any]
T = TypeVar("T")
PAGE = 1000  # records read together: no more than so many bodies are in memory


class Last(NamedTuple):
    """The last that was told of a record: its number, the number of the body, its state (None where it was erased)."""

    number: int
    body: int
    state: State | None


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


LEAP = """
WITH RECURSIVE subject(id, place) AS (
  SELECT min(subject_id), 1 FROM tracker_eventbody
  WHERE chain_id = %(chain)s AND subject_type = %(kind)s AND subject_id > %(after)s
  UNION ALL
  SELECT (
    SELECT min(next.subject_id) FROM tracker_eventbody AS next
    WHERE next.chain_id = %(chain)s AND next.subject_type = %(kind)s AND next.subject_id > subject.id
  ), subject.place + 1
  FROM subject WHERE subject.id IS NOT NULL AND subject.place < %(page)s
)
SELECT found.id, told.id, told.body
FROM (
  SELECT subject.id, (
    SELECT last.id FROM tracker_eventbody AS last
    WHERE last.chain_id = %(chain)s AND last.subject_type = %(kind)s AND last.subject_id = subject.id
      AND last.event_id <= %(event)s
    ORDER BY last.event_id DESC, last.position DESC LIMIT 1
  ) AS body_id
  FROM subject WHERE subject.id IS NOT NULL
) AS found
LEFT JOIN tracker_eventbody AS told ON told.id = found.body_id
ORDER BY found.id
"""


def latest(kind: str, through: Event) -> Iterator[Last]:
    """What was last told of every record of a kind at or before that event, in the order of their numbers.

    The records are those of the trail: one whose row was deleted behind the application's back is among them.
    """
    after, more = 0, True
    while more:
        rows = _page(kind, through, after)
        for number, body, text in rows:
            if body is not None:  # else it was first told of later
                yield Last(number, body, _state(text))
        more, after = len(rows) == PAGE, rows[-1][0] if rows else after


def _page(kind: str, through: Event, after: int) -> list[tuple[int, int | None, str | None]]:
    given: dict[str, str | int] = {
        "kind": kind,
        "after": after,
        "event": through.pk,
        "chain": through.chain_id,
        "page": PAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(LEAP, given)
        return list(cursor.fetchall())


def _state(text: str | None) -> State | None:
    """The state that a body tells; None where it was erased."""
    return json.loads(text).get("state") if text else None


def states(kind: str, through: Event) -> dict[int, State]:
    """The state of every record of a kind after that event, by number: for kinds of which a plan has few.

    Erased ones are left out.
    """
    return {last.number: last.state for last in latest(kind, through) if last.state is not None}


def read(bodies: Iterable[int]) -> dict[int, Last]:
    """What these bodies tell, by the number of the body."""
    found: dict[int, Last] = {}
    for chunk in chunks(bodies, PAGE // 2):
        rows = EventBody.objects.filter(pk__among=chunk).order_by().values_list("pk", "subject_id", "body")
        found.update({pk: Last(number, pk, _state(text)) for pk, number, text in rows})
    return found


def chunks(things: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """The things, such as numbers, in pieces of at most so many."""
    rest = iter(things)
    while piece := list(islice(rest, size)):
        yield piece


def erased_places(details: State) -> Iterator[tuple[tuple[int, int], State | None]]:
    """What the event of an erasure says of each place that it emptied (an event's sequence, a body's position): what is left.

    `details` are those of the event. None where nothing is left; only words of an action leave the rest.
    """
    for (_, *place), left in zip_longest(details["bodies"], details.get("instead", ())):
        yield (place[0], place[1]), left


def left_by_erasures(chain: int) -> dict[int, State]:
    """What is left of the bodies that lost words of an action to an erasure, by the number of the body.

    `chain` is the chain's number. Told by the erasure's own event; of a body that lost words twice, by the later one.
    """
    told = EventBody.objects.filter(chain=chain, subject_type="erasure", position=0, body__isnull=False)
    found: dict[tuple[int, int], State] = {}
    for text in told.filter(event__kind=EventKind.ERASED).order_by("event_id").values_list("body", flat=True):
        found |= {place: left for place, left in erased_places(json.loads(text or "")["details"]) if left}
    places = EventBody.objects.filter(chain=chain, event__sequence__among=[sequence for sequence, _ in found])
    rows = places.order_by().values_list("pk", "event__sequence", "position") if found else ()
    return {pk: found[place] for pk, *where in rows if (place := tuple(where)) in found}


def last_state(kind: str, number: int, through: Event) -> State:
    """The state of one record after that event of its chain; empty where nothing was told of it by then."""
    told = EventBody.objects.filter(chain=through.chain_id, subject_type=kind, subject_id=number)
    body = told.filter(event__lte=through.pk).order_by("-event_id", "-position").first()
    return (_state(body.body) if body else None) or {}


def after_erasure(kind: str, number: int) -> State | None:
    """What is left to tell of a record whose earlier bodies were erased: its first state after that."""
    told = EventBody.objects.filter(subject_type=kind, subject_id=number, body__isnull=False)
    body = told.order_by("event_id", "position").first()
    return _state(body.body) if body else None


def moves(through: Event) -> Iterator[tuple[int, str, datetime]]:
    """Each move of an action up to that event, in the order of the trail: the action's number, the kind, the moment."""
    events = Event.objects.filter(chain=through.chain_id, sequence__lte=through.sequence, kind__in=MOVES_OF_ACTIONS)
    yield from events.order_by("sequence").values_list("subject_id", "kind", "recorded_at").iterator()


def last_moves(through: Event) -> dict[int, datetime]:
    """When each action was last moved, up to that event, by the action's number."""
    events = Event.objects.filter(chain=through.chain_id, sequence__lte=through.sequence, kind__in=MOVES_OF_ACTIONS)
    return dict(
        events.order_by().values("subject_id").annotate(last=Max("recorded_at")).values_list("subject_id", "last")
    )


def heads() -> list[tuple[str, int, str]]:
    """Each chain's key, number of events and head, in the order the chains began."""
    return list(Chain.objects.order_by("id").values_list("key", "length", "head"))
