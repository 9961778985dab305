"""The words of a note erased after a breach: by two people, whole, in every place, and told by the trail for ever."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import factories
from tests.factories import acting, at, house
from tests.worlds import world
from tracker import packing
from tracker.choices import Move, NoteKind, PackState, Role
from tracker.exports.verifying import verify_pack
from tracker.models import Erasure, Event, EventBody, Pack, ProgressNote
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import actions, erasures, moves, packs, verification

pytestmark = pytest.mark.django_db

NOW, DECIDED = at(2012, 10, 1), at(2012, 10, 2)
WORDS = "Jordan Quixotrel of Elm Street was not seen."


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


@world
def note(owned, owner):
    return actions.note(owned, text=WORDS, by=acting(owner), at=NOW)


@world
def asked(note, lead):
    return erasures.ask_erasure(note, reason="a child is named", by=acting(lead), at=NOW)


@world
def erased(asked, second):
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=DECIDED)
    return ProgressNote.objects.get(pk=asked.note_id)


def test_the_words_go_from_the_row(erased):
    assert (erased.text, erased.erased_at) == (erasures.TITLE, DECIDED)


def test_they_stand_nowhere_in_the_trail(erased):
    assert not EventBody.objects.filter(body__contains="Quixotrel").exists()


def test_the_body_that_told_of_it_lost_salt_and_text(erased):
    told = EventBody.objects.filter(subject_type="progressnote", subject_id=erased.pk).order_by("event_id")
    assert [(body.salt is None, body.body is None) for body in told] == [(True, True), (False, False)]


def test_verification_calls_it_lawful_and_finds_nothing_else(erased):
    found = list(verification.verify())
    assert [(each.lawful, "erased by Amina Lark and Greta Field" in each.sentence) for each in found] == [(True, True)]


def test_a_note_that_came_with_a_move_goes_and_the_move_stays(owned, owner, lead, second):
    moves.move(owned, Move.START, note=WORDS, by=acting(owner), at=NOW)
    asked = erasures.ask_erasure(owned.notes.get(), reason="named", by=acting(lead), at=NOW)
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=DECIDED)
    bodies = Event.objects.get(kind="action_started").bodies.order_by("position")
    assert [body.body is None for body in bodies] == [False, True]


def test_nobody_decides_what_they_asked_for(asked, lead):
    with pytest.raises(Refused, match="second person"):
        erasures.decide_erasure(asked, granted=True, by=acting(lead), at=DECIDED)


def test_the_database_empties_no_body_of_a_note_before_it_is_granted(asked):
    body = EventBody.objects.get(subject_type="progressnote", subject_id=asked.note_id)
    asked.bodies.set([body])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        EventBody.objects.filter(pk=body.pk).update(salt=None, body=None)


def test_the_database_takes_no_erasure_of_nothing(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=asked.pk).update(note=None)


def test_a_note_is_asked_for_once(asked, second):
    with pytest.raises(Refused, match="already"):
        erasures.ask_erasure(asked.note, reason="again", by=acting(second), at=NOW)


def test_a_note_without_words_has_none_to_erase(owned, owner, lead):
    quiet = actions.note(owned, text="", kind=NoteKind.ON_TRACK, by=acting(owner), at=NOW)
    with pytest.raises(Refused, match="no words"):
        erasures.ask_erasure(quiet, reason="x", by=acting(lead), at=NOW)


def test_a_refused_erasure_leaves_the_words(asked, second):
    erasures.decide_erasure(asked, granted=False, reason="nobody is named", by=acting(second), at=DECIDED)
    assert ProgressNote.objects.get().text == WORDS


@pytest.mark.parametrize("moment", [at(2012, 10, 1, 13), at(2012, 10, 3)], ids=["before", "after"])
def test_a_pack_of_any_moment_says_that_it_was_erased_and_no_more(erased, lead, rotherham, moment):
    plan = packs.plan_as_at(rotherham, Scope(moment, confidential=True), by=acting(lead), at=at(2012, 10, 4))
    told = packs.contents(plan)
    latest = next(row for row in told.actions() if row["computed"]["latest_update"])["computed"]["latest_update"]
    assert ([row["note"]["text"] for row in told.updates()], latest["text"]) == ([erasures.TITLE], erasures.TITLE)


@pytest.mark.parametrize("confidential", [True, False], ids=["whole", "public"])
@pytest.mark.parametrize("moment", [at(2012, 10, 1, 13), at(2012, 10, 3)], ids=["before", "after"])
def test_the_script_in_a_pack_finds_nothing_wrong(erased, lead, rotherham, tmp_path, moment, confidential):
    plan = packs.plan_as_at(rotherham, Scope(moment, confidential=confidential), by=acting(lead), at=at(2012, 10, 4))
    found, _ = verify_pack.verify(str(packing.write(plan, tmp_path, at=at(2012, 10, 4)).path))
    assert (found.wrong, any("was erased lawfully" in each for each in found.notes)) == ([], True)


def test_a_pack_that_held_it_is_taken_away(asked, second, lead, rotherham):
    packs.ask(rotherham, Scope(at(2012, 10, 1, 13)), by=acting(lead), at=DECIDED)
    claimed = packs.claim(by=house(), at=DECIDED)
    made = packs.made(claimed, file=BytesIO(b"zip"), name="pack.zip", digest="0" * 64, by=house(), at=DECIDED)
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=DECIDED)
    assert Pack.objects.get(pk=made.pk).state == PackState.REMOVED


@pytest.mark.parametrize("who", ["lead", "owner"])
def test_the_action_s_page_says_by_whom_and_why(client, erased, who, request):
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse("action", args=[erased.action_id])).content.decode()
    told = "by Amina Lark and Greta Field, because: a child is named" in page
    assert (told, "Quixotrel" in page) == (True, False)


def test_a_lead_asks_on_the_page_and_a_second_one_decides(client, note, lead, second):
    client.force_login(lead)
    client.post(reverse("erase-note", args=[note.pk]), {"reason": "a child is named"})
    client.force_login(second)
    client.post(reverse("decide-erasure", args=[Erasure.objects.get().pk]), {"decision": "grant", "reason": ""})
    assert ProgressNote.objects.get().text == erasures.TITLE


def test_an_owner_asks_for_no_erasure(client, note, owner):
    client.force_login(owner)
    client.post(reverse("erase-note", args=[note.pk]), {"reason": "mine"})
    assert Erasure.objects.count() == 0


def test_a_stranger_finds_no_page(client, note, stranger):
    client.force_login(stranger)
    assert client.get(reverse("erase-note", args=[note.pk])).status_code == 404
