"""The trail: what it writes, what it refuses, and what verification finds when somebody bends it."""

import hashlib
import json

import pytest
from django.db.transaction import TransactionManagementError

from tests import factories
from tracker.choices import EventKind
from tracker.models import Chain, Event, EventBody
from tracker.rules import chain as rules
from tracker.rules.refusal import Refused
from tracker.services import actions, trail, verification

pytestmark = pytest.mark.django_db


def test_a_stranger_recomputes_a_hash_with_the_standard_library_alone(action):
    event = Event.objects.filter(kind=EventKind.PLAN_ENTERED).get()
    bodies = list(event.bodies.order_by("position"))
    records = [[b.subject_type, b.subject_id, hashlib.sha256((b.salt + b.body).encode()).hexdigest()] for b in bodies]

    def digest(value):
        return hashlib.sha256(
            json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        ).hexdigest()

    header = {
        "format": 1,
        "chain": "authority-RTH",
        "sequence": event.sequence,
        "recorded_at": event.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "kind": "plan_entered",
        "subject": [event.subject_type, event.subject_id],
        "actor": event.actor_id,
        "channel": "web",
        "request": "test",
        "body": digest(records),
        "previous": "0" * 64,
    }
    assert event.hash == digest(header)


def test_a_verb_writes_one_event_with_a_body_for_each_record_it_changed(report):
    event = Event.objects.get(kind=EventKind.PLAN_ENTERED)
    told = [(body.subject_type) for body in event.bodies.order_by("position")]
    assert told == ["report"] + ["recommendation"] * 3 + ["action"] * 3


def test_an_event_takes_no_query_more_than_it_needs(action, lead, django_assert_num_queries):
    """Lock the head, read the action's partners and the actor's roles, insert event and body, move the head on."""
    act = {"chain": action.authority, "by": factories.acting(lead), "at": factories.at(2012, 10, 1)}
    with django_assert_num_queries(6):
        trail.record(EventKind.ACTION_EDITED, action, **act)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_the_verb_s_transaction():
    """Else the lock on the head would be gone before the event stands."""
    with pytest.raises(TransactionManagementError):
        trail.tell(EventKind.GUARDS_RESTORED, by=factories.house(), at=factories.at(2012, 10, 1), details={})


def test_the_first_body_names_the_actor_and_roles_of_that_day(report, lead):
    body = json.loads(Event.objects.get(kind=EventKind.PLAN_ENTERED).bodies.get(position=0).body)
    assert body["actor"] == {"name": "Amina Lark", "job_title": "", "roles": ["lead"]}


def test_recorded_times_never_run_backwards(action, lead):
    actions.note(action, text="later", by=factories.acting(lead), at=factories.at(2012, 10, 1))
    actions.note(action, text="earlier", by=factories.acting(lead), at=factories.at(2012, 9, 20))
    times = list(
        Event.objects.filter(chain__key="authority-RTH").order_by("sequence").values_list("recorded_at", flat=True)
    )
    assert times == sorted(times)


def test_an_untouched_trail_verifies(owned, lead):
    actions.note(owned, text="begun", by=factories.acting(lead), at=factories.at(2012, 10, 1))
    assert list(verification.verify()) == []


def test_a_database_that_has_begun_never_changes_its_kind(db):
    with pytest.raises(Refused, match="begun already"):
        trail.begin(demonstration=False, by=factories.house(), at=factories.at(2012, 1, 1))


def test_a_real_installation_refuses_a_scripted_history(unbegun):
    trail.begin(demonstration=False, by=factories.house(), at=factories.at(2012, 1, 1))
    with pytest.raises(Refused, match="demonstration"):
        factories.person("Dora Vale")


def test_an_installation_that_nobody_began_is_a_real_one(unbegun):
    assert not trail.is_demonstration()


def test_floats_have_no_place_in_the_trail():
    with pytest.raises(ValueError, match="float"):
        rules.canonical({"share": 0.5})


def test_the_head_of_each_chain_is_its_last_event(action):
    for chain in Chain.objects.all():
        assert chain.head == chain.events.order_by("-sequence").first().hash


def test_bodies_of_the_same_words_have_different_hashes(action, lead):
    for day in (1, 2):
        actions.note(action, text="same words", by=factories.acting(lead), at=factories.at(2012, 10, day))
    hashes = EventBody.objects.filter(subject_type="progressnote").values_list("hash", flat=True)
    assert len(set(hashes)) == 2
