"""The trail is read without detours: no other table beside the bodies, and no event passed that moves nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.plenty import plenty
from tests.worlds import world
from tracker.choices import MOVES_OF_ACTIONS
from tracker.models import Event, EventBody
from tracker.services import history
from tracker.services.moves import EVENTS

pytestmark = pytest.mark.django_db


@world
def there(rotherham):
    return plenty(rotherham, "rotherham")


@pytest.fixture
def through(there):
    return Event.objects.filter(chain__authority=there.authority).latest("sequence")


READS = {
    "some bodies": lambda action, through: history.read([1, 2]),
    "the last state of a record": lambda action, through: history.last_state("action", action.pk, through),
    "what an erasure left": lambda action, through: history.after_erasure("action", action.pk),
    "all bodies": lambda action, through: list(EventBody.objects.all()),
    "all events": lambda action, through: list(Event.objects.all()),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_one_table_alone_is_asked(there, through, read):
    with CaptureQueriesContext(connection) as asked:
        read(there.action, through)
    assert [" JOIN " in query["sql"] for query in asked.captured_queries] == [False]


def test_the_bodies_of_an_event_are_in_their_order(there):
    rows = EventBody.objects.values_list("event_id", "position")
    assert list(rows) == sorted(rows)


def test_the_index_of_moves_holds_every_move():
    assert set(MOVES_OF_ACTIONS) == set(EVENTS.values())


# SQLite does not see that the list asked for is the one of the index, and passes the events of the chain alone.
BY = {"postgresql": "moves_of_actions", "sqlite": "one_event_a_place"}


def test_the_moves_are_found_by_an_index(through):
    events = Event.objects.filter(chain=through.chain_id, sequence__lte=through.sequence, kind__in=MOVES_OF_ACTIONS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # else it reads the few events there are
    assert BY[connection.vendor] in events.explain()
