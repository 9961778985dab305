"""What verification finds when somebody goes round the application: rows, events, bodies, guards, whole histories."""

import json
from datetime import date

import pytest
from django.core import checks
from django.db import IntegrityError, connection, transaction

from tests import factories
from tests.worlds import world
from tracker.choices import Move, NoteKind
from tracker.models import Action, Chain, Event, EventBody, ProgressNote, triggers
from tracker.rules import chain as rules
from tracker.services import actions, extensions, history, moves, verification

pytestmark = pytest.mark.django_db


@world
def edited(owned, owner, lead):
    """An hour of ordinary edits by two people."""
    mine, leads = factories.acting(owner), factories.acting(lead)
    actions.note(owned, text="The audit has begun.", by=mine, at=factories.at(2012, 10, 1, 9, 0))
    moves.move(owned, Move.START, by=mine, at=factories.at(2012, 10, 1, 9, 10))
    asked = extensions.ask(
        owned, to_due=date(2013, 1, 7), reason="the audit takes longer", by=mine, at=factories.at(2012, 10, 1, 9, 20)
    )
    extensions.decide(asked, granted=True, by=leads, at=factories.at(2012, 10, 1, 9, 30))
    factories.submitted(owned, by=owner)
    moves.move(owned, Move.SIGN_OFF, by=leads, at=factories.at(2012, 11, 2))
    return owned


def sentences(head=""):
    return [finding.sentence for finding in verification.verify(head=head)]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def unguarded(db):
    triggers.remove(connection)
    yield
    triggers.install(connection)


def test_an_hour_of_edits_verifies(edited):
    assert sentences() == []


def test_a_row_changed_by_raw_sql_is_named_with_its_field(edited):
    sql("UPDATE tracker_action SET agreed_due = '2014-01-01', overdue_after = '2014-01-01' WHERE id = %s", edited.pk)
    found = sentences()
    assert found == [
        f"action {edited.pk} (RTH-2012-01) was changed behind the application's back: agreed_due, overdue_after."
    ]


def test_a_row_made_by_raw_sql_is_named(edited, owner):
    forged = ProgressNote(
        action=edited, kind=NoteKind.UPDATE, text="all done", written_at=factories.at(2012, 10, 3), written_by=owner
    )
    ProgressNote.objects.bulk_create([forged])
    assert sentences() == [
        f"progressnote {forged.pk} (all done) was made behind the application's back: no event tells of it."
    ]


def test_a_row_deleted_by_raw_sql_is_named(edited):
    note = edited.notes.get()
    sql("DELETE FROM tracker_progressnote WHERE id = %s", note.pk)
    assert sentences() == [f"progressnote {note.pk} was deleted behind the application's back."]


def test_an_event_altered_with_the_guards_off_is_named(edited, unguarded):
    event = Event.objects.get(kind="action_started")
    sql("UPDATE tracker_event SET actor_id = 999 WHERE id = %s", event.pk)
    assert (
        f"authority-RTH, event {event.sequence} (Work started) was altered: its hash does not follow from what it says."
        in (sentences())
    )


def test_a_body_altered_with_the_guards_off_is_named(edited, unguarded):
    event = Event.objects.get(kind="note_added")
    body = event.bodies.get()
    sql("UPDATE tracker_eventbody SET body = %s WHERE id = %s", body.body.replace("begun", "ended"), body.pk)
    assert (
        f"authority-RTH, event {event.sequence} (Progress noted), body of progressnote {body.subject_id} was altered."
        in sentences()
    )


def test_an_event_taken_out_with_the_guards_off_is_named(edited, unguarded):
    event = Event.objects.get(kind="note_added")
    event.bodies.all().delete()
    event.delete()
    assert f"authority-RTH: 1 event(s) are missing before {event.sequence + 1}." in sentences()


def test_the_last_event_taken_out_is_named_by_the_head(edited, unguarded):
    event = Event.objects.get(kind="action_signed_off")
    event.bodies.all().delete()
    event.delete()
    assert any("its head speaks of" in sentence for sentence in sentences())


def test_a_body_emptied_without_an_erasure_is_named(edited, unguarded):
    body = EventBody.objects.get(subject_type="progressnote")
    sql("UPDATE tracker_eventbody SET body = NULL, salt = NULL WHERE id = %s", body.pk)
    assert any("is gone, and no erasure names it" in sentence for sentence in sentences())


# One change each to what stands around the events, and what verification says of it.
AROUND = {
    "the chain's moment": (
        "UPDATE tracker_chain SET recorded_at = '2012-01-01 00:00:00+00:00' WHERE key = 'authority-RTH'",
        "authority-RTH: the chain gives its last event another moment",
    ),
    "the chain's head": (
        "UPDATE tracker_chain SET head = '0' WHERE key = 'authority-RTH'",
        "authority-RTH: the chain ends at event",
    ),
    "the chain's authority": (
        "UPDATE tracker_chain SET authority_id = (SELECT id FROM tracker_authority WHERE code = 'STF')"
        " WHERE key = 'authority-RTH'",
        "stands under another authority",
    ),
    "a body's place": (
        "UPDATE tracker_eventbody SET position = 7 WHERE subject_type = 'progressnote'",
        "a body was given another place",
    ),
    "a body's chain": (
        "UPDATE tracker_eventbody SET chain_id = (SELECT min(id) FROM tracker_chain) WHERE subject_type = 'progressnote'",
        "was put under another chain",
    ),
    "a body that is no JSON": (
        "UPDATE tracker_eventbody SET body = 'x' WHERE subject_type = 'progressnote'",
        "body of progressnote",
    ),
}


@pytest.mark.parametrize(("statement", "words"), AROUND.values(), ids=AROUND)
def test_what_stands_around_the_events_is_verified_too(edited, unguarded, statement, words):
    sql(statement)
    assert any(words in sentence for sentence in sentences())


def test_events_that_changed_numbers_are_named(edited, unguarded):
    """What a record was at a moment is read in the order of its events' numbers, which no hash covers."""
    first, second = Event.objects.filter(chain__key="authority-RTH").order_by("sequence")[:2]
    for old, new in ((first.pk, -1), (second.pk, first.pk), (-1, second.pk)):
        sql("UPDATE tracker_event SET id = %s WHERE id = %s", new, old)
        sql("UPDATE tracker_eventbody SET event_id = %s WHERE event_id = %s", new, old)
    assert any("event 2 (Action assigned) was written before the event before it" in each for each in sentences())


def test_missing_guards_are_named(edited, unguarded):
    assert sum("guard" in sentence for sentence in sentences()) == len(triggers._wanted(connection))


def forge(chain, event, words):
    """Rewrite an event's first body and recompute everything after it, as the owner of the database could."""
    body = event.bodies.order_by("position").first()
    told = json.loads(body.body)
    told["state"]["text"] = words
    text = rules.canonical(told).decode()
    sql("UPDATE tracker_eventbody SET body=%s, hash=%s WHERE id=%s", text, rules.body_hash(body.salt, text), body.pk)
    previous = event.previous_hash
    for later in chain.events.filter(sequence__gte=event.sequence).order_by("sequence"):
        bodies = [rules.Record(b.subject_type, b.subject_id, b.hash) for b in later.bodies.order_by("position")]
        later.body_hash, later.previous_hash = rules.records_hash(bodies), previous
        previous = rules.event_hash(verification._header(later, chain.key))
        sql(
            "UPDATE tracker_event SET body_hash=%s, previous_hash=%s, hash=%s WHERE id=%s",
            later.body_hash,
            later.previous_hash,
            previous,
            later.pk,
        )
    sql("UPDATE tracker_chain SET head=%s WHERE id=%s", previous, chain.pk)


def test_a_forged_history_is_unmasked_by_a_head_that_left_the_house(edited, unguarded):
    chain = Chain.objects.get(key="authority-RTH")
    head = chain.head
    event = Event.objects.get(kind="note_added")
    forge(chain, event, "Nothing has begun.")
    sql("UPDATE tracker_progressnote SET text = 'Nothing has begun.'")
    triggers.install(connection)
    assert sentences() == []
    assert sentences(head) == [
        f"The head {head} is in no chain: history from before it left the house has been rewritten."
    ]


def test_an_earlier_head_is_found_in_an_honest_chain(edited):
    earlier = Event.objects.get(kind="note_added").hash
    assert sentences(earlier) == []


@pytest.mark.parametrize("table", [triggers.EVENT, triggers.BODY])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_refuses_to_change_the_trail(edited, table, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(statement.format(table))


# The way each database has of losing rows without a DELETE.
ROUNDABOUT = {"sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0}", "postgresql": "TRUNCATE {0} CASCADE"}


@pytest.mark.parametrize("table", [triggers.EVENT, triggers.BODY])
def test_the_database_refuses_the_ways_round_a_delete(edited, table):
    connection.check_constraints()  # else PostgreSQL refuses for another reason: keys still to be checked
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(ROUNDABOUT[connection.vendor].format(table))


def test_the_guards_stand_after_all_migrations(db):
    assert triggers.missing(connection) == []


def test_the_database_check_names_missing_guards(unguarded):
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [message.id for message in found] == ["tracker.E001"]


def test_the_database_check_waits_for_the_first_migration(db, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda: [])
    assert checks.run_checks(tags=[checks.Tags.database], databases=["default"]) == []


def test_guards_are_put_back_and_the_trail_says_so(edited, unguarded):
    restored = verification.restore_guards(by=factories.house(), at=factories.at(2012, 11, 3))
    assert (len(restored) > 0, triggers.missing(connection), factories.events()[-1]) == (True, [], "guards_restored")


def test_the_database_check_is_content_with_the_guards_on(db):
    assert checks.run_checks(tags=[checks.Tags.database], databases=["default"]) == []


def test_the_plan_as_at_a_past_moment_is_what_it_was(edited):
    through = history.resolve(edited.authority, factories.at(2012, 10, 1, 9, 15))
    state = history.states("action", through)[edited.pk]
    assert (state["status"], state["agreed_due"]) == ("in_progress", "2012-12-03")


def test_a_record_keeps_the_state_after_the_verb(edited):
    last = EventBody.objects.filter(subject_type="action", subject_id=edited.pk).order_by("-event_id").first()
    assert json.loads(last.body)["state"] == Action.objects.get(pk=edited.pk).trail_state()
