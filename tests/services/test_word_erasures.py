"""Words of an action erased after a breach: gone from every place, and every past moment still knows where it stood."""

import json
from io import BytesIO

import pytest

from tests import factories
from tests.factories import acting, at, house
from tests.worlds import world
from tracker import packing
from tracker.choices import Move, PackState, Role, Status
from tracker.exports.verifying import verify_pack
from tracker.models import Action, Event, EventBody, Pack
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import actions, erasures, evidence, identities, moves, packs, verification
from tracker.services.movement import movement

pytestmark = pytest.mark.django_db

NOW, CHANGED, DECIDED, AFTER = at(2012, 10, 1), at(2012, 10, 2), at(2012, 10, 3), at(2012, 10, 4)
WORDS = "See to it that Jordan Quixotrel of Elm Street is visited."
CLEAN = "See to it that every child is visited."


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


def edited(action, words, lead, moment):
    return actions.edit(action, what=words, outcome="", start_on=None, partners=[], by=acting(lead), at=moment)


@world
def changed(owned, owner, lead):
    """An action that named a child, was begun, and was then put right."""
    edited(owned, WORDS, lead, NOW)
    moves.move(Action.objects.get(pk=owned.pk), Move.START, note="", by=acting(owner), at=NOW)
    return edited(Action.objects.get(pk=owned.pk), CLEAN, lead, CHANGED)


def places(action, *texts):
    return [words.place for words in erasures.words_of(action) if words.text in texts]


def ask(action, *texts, by, moment=CHANGED):
    return erasures.ask_erasure(
        action, places=places(action, *texts), reason="a child is named", by=acting(by), at=moment
    )


@world
def asked(changed, lead):
    return ask(changed, WORDS, by=lead)


def decide(erasure, second, moment=DECIDED):
    erasures.decide_erasure(erasure, granted=True, by=acting(second), at=moment)
    return Action.objects.get(pk=erasure.action_id)


@world
def erased(asked, second):
    return decide(asked, second)


def plan_of(rotherham, lead, moment, **more):
    scope = Scope(moment, **{"confidential": True, **more})
    return packs.plan_as_at(rotherham, scope, by=acting(lead), at=AFTER)


def test_each_of_the_action_s_words_can_be_chosen_once_the_newest_first(changed):
    told = [(words.text, words.stands) for words in erasures.words_of(changed)]
    assert told[:2] == [(CLEAN, True), (WORDS, False)]
    assert len({text for text, _ in told}) == len(told)


def test_words_within_those_of_today_are_known_to_stand_and_take_them_along(changed, lead, second):
    longer = edited(Action.objects.get(pk=changed.pk), f"{CLEAN} {WORDS}", lead, CHANGED)
    assert {CLEAN, WORDS, longer.what} <= {words.text for words in erasures.words_of(longer) if words.stands}
    assert decide(ask(longer, WORDS, by=lead), second).what == erasures.TITLE


def test_who_gave_them_and_when_is_known(changed):
    words = next(each for each in erasures.words_of(changed) if each.text == WORDS)
    assert (words.name, words.by, words.at) == ("What we will do", "Amina Lark", NOW)


def test_the_request_holds_places_and_no_words(asked):
    assert "Quixotrel" not in json.dumps(asked.trail_state())
    assert [words.text for words in erasures.words_asked(asked)] == [WORDS]


def test_they_stand_nowhere_in_the_trail(erased):
    assert not EventBody.objects.filter(body__contains="Quixotrel").exists()


def test_the_bodies_that_held_them_are_emptied_and_no_others(erased):
    told = EventBody.objects.filter(subject_type="action", subject_id=erased.pk).order_by("event_id")
    kinds = [(body.event.kind, body.body is None) for body in told.select_related("event")]
    assert [kind for kind, emptied in kinds if emptied] == ["action_edited", "action_started"]


def test_words_that_the_action_has_now_are_left_alone(erased):
    assert erased.what == CLEAN


def test_words_that_still_stand_go_from_the_action_too(changed, lead, second):
    erased = decide(ask(changed, CLEAN, by=lead), second)
    assert (erased.what, erased.version) == (erasures.TITLE, changed.version + 1)


def test_a_reason_goes_with_what_it_was_given_for(changed, owner, lead, second):
    begun = Action.objects.get(pk=changed.pk)
    evidence.add_file(begun, data=b"minutes", name="minutes.txt", by=acting(owner), at=CHANGED)
    moves.move(begun, Move.SUBMIT, note="", by=acting(owner), at=CHANGED)
    begun.refresh_from_db()
    named = "Jordan Quixotrel waits still."
    moves.move(begun, Move.RETURN, reason=named, by=acting(lead), at=CHANGED)
    erased = decide(ask(begun, named, WORDS, by=lead), second)
    assert erased.last_move_reason == erasures.TITLE
    assert not EventBody.objects.filter(body__contains="Quixotrel").exists()


def test_verification_calls_it_lawful_and_finds_nothing_else(erased):
    found = list(verification.verify())
    assert {(each.lawful, "erased by Amina Lark and Greta Field" in each.sentence) for each in found} == {(True, True)}


@pytest.mark.parametrize(
    ("moment", "status", "what"),
    [
        (at(2012, 9, 30), Status.NOT_STARTED, None),
        (at(2012, 10, 1, 20), Status.IN_PROGRESS, erasures.TITLE),
        (at(2012, 10, 2, 20), Status.IN_PROGRESS, CLEAN),
        (AFTER, Status.IN_PROGRESS, CLEAN),
    ],
    ids=["before", "meanwhile", "changed", "after"],
)
def test_every_past_moment_knows_where_the_action_stood(erased, rotherham, lead, moment, status, what):
    told = packs.contents(plan_of(rotherham, lead, moment))
    row = next(row for row in told.actions() if row["action"]["reference"] == erased.reference)
    first = json.loads(
        EventBody.objects.filter(subject_type="action", subject_id=erased.pk).order_by("event_id").first().body
    )
    assert (row["action"]["status"], row["action"]["what"]) == (status, what or first["state"]["what"])
    assert told.position.by_status[Status.IN_PROGRESS] == (status == Status.IN_PROGRESS)


def test_the_history_in_a_pack_says_who_acted_all_the_same(erased, rotherham, lead):
    sections = packs.contents(plan_of(rotherham, lead, AFTER)).sections()
    section = next(each for each in sections if each.action["action"]["reference"] == erased.reference)
    told = [(line["event"]["kind"], line["by"].get("name")) for line in section.history]
    assert ("action_started", "Ben Moss") in told and ("erased", "Greta Field") in told


def test_the_board_s_page_tells_the_movement_as_before(asked, second, rotherham, lead):
    def told():
        moved = movement(rotherham, since=at(2012, 9, 30), until=CHANGED, by=acting(lead))
        return [(each.number, each.how) for each in moved]

    before = told()
    decide(asked, second)
    assert told() == before


@pytest.mark.parametrize("confidential", [True, False], ids=["whole", "public"])
@pytest.mark.parametrize("moment", [at(2012, 10, 1, 20), AFTER], ids=["before", "after"])
def test_the_script_in_a_pack_finds_nothing_wrong(erased, lead, rotherham, tmp_path, moment, confidential):
    plan = plan_of(rotherham, lead, moment, confidential=confidential)
    found, _ = verify_pack.verify(str(packing.write(plan, tmp_path, at=AFTER).path))
    assert (found.wrong, any("was erased lawfully" in each for each in found.notes)) == ([], True)


def test_a_pack_that_held_them_is_taken_away(asked, second, lead, rotherham):
    packs.ask(rotherham, Scope(at(2012, 10, 1, 20)), by=acting(lead), at=CHANGED)
    claimed = packs.claim(by=house(), at=CHANGED)
    made = packs.made(claimed, file=BytesIO(b"zip"), name="pack.zip", digest="0" * 64, by=house(), at=CHANGED)
    decide(asked, second)
    assert Pack.objects.get(pk=made.pk).state == PackState.REMOVED


def test_other_words_can_be_erased_later(changed, erased, lead, second, rotherham, tmp_path):
    decide(ask(erased, CLEAN, by=lead, moment=DECIDED), second, AFTER)
    assert not EventBody.objects.filter(body__contains="every child is visited").exists()
    assert [each.sentence for each in verification.verify() if not each.lawful] == []
    found, _ = verify_pack.verify(str(packing.write(plan_of(rotherham, lead, AFTER), tmp_path, at=AFTER).path))
    assert found.wrong == []


def test_a_pack_that_says_otherwise_of_what_is_left_is_named(erased, lead, rotherham, tmp_path):
    lines = [json.loads(json.dumps(line)) for line in packs.contents(plan_of(rotherham, lead, AFTER)).events()]
    found = verify_pack.Findings()
    trail = verify_pack.Trail(None, {"chain": lines[0]["chain"], "erasures": []}, found)
    for line in lines:
        for body in line["bodies"]:
            if "instead" in body:
                body["instead"] = body["instead"].replace("in_progress", "closed").replace("not_started", "closed")
        trail.check(line)
    trail.check_gone()
    assert [sentence for sentence in found.wrong if "what is left of it is not what its erasure says" in sentence]


def test_nobody_decides_what_they_asked_for(asked, lead):
    with pytest.raises(Refused, match="second person"):
        erasures.decide_erasure(asked, granted=True, by=acting(lead), at=DECIDED)


def test_one_request_about_an_action_is_decided_before_the_next(asked, second):
    with pytest.raises(Refused, match="has to decide on that first"):
        ask(asked.action, CLEAN, by=second)


def test_words_have_to_be_chosen(changed, lead):
    with pytest.raises(Refused, match="Choose the words"):
        erasures.ask_erasure(changed, places=[], reason="x", by=acting(lead), at=NOW)


@pytest.mark.parametrize("place", [[1, 0, "what"], [99999, 0, "what"], [0, 0, "status"]], ids=str)
def test_a_place_without_words_of_the_action_is_refused(changed, lead, place):
    with pytest.raises(Refused, match="gone already"):
        erasures.ask_erasure(changed, places=[place], reason="x", by=acting(lead), at=NOW)


def test_an_owner_asks_for_no_erasure(changed, owner):
    with pytest.raises(Refused, match="Only an improvement lead"):
        ask(changed, WORDS, by=owner)


def test_a_refused_erasure_leaves_the_words(asked, second):
    erasures.decide_erasure(asked, granted=False, reason="nobody is named", by=acting(second), at=DECIDED)
    assert EventBody.objects.filter(body__contains="Quixotrel").count() == 2


def test_the_event_lists_what_was_emptied_and_tells_what_is_left(erased):
    details = json.loads(Event.objects.get(kind="erased").bodies.get(position=0).body)["details"]
    emptied = Event.objects.filter(bodies__body=None).order_by("sequence").values_list("sequence", flat=True)
    assert details["bodies"] == [["authority-RTH", sequence, 0] for sequence in emptied]
    assert [(told["state"]["status"], told["state"]["what"]) for told in details["instead"]] == [
        ("not_started", erasures.TITLE),
        ("in_progress", erasures.TITLE),
    ]


def test_what_is_left_is_looked_through_for_children_before_a_pack_leaves(changed, lead, second, rotherham):
    actions.edit(
        Action.objects.get(pk=changed.pk),
        what=WORDS,
        outcome="Seen: Jordan Quixotrel (aged 9)",
        start_on=None,
        partners=[],
        by=acting(lead),
        at=at(2012, 10, 2, 9),
    )
    edited(Action.objects.get(pk=changed.pk), CLEAN, lead, at(2012, 10, 2, 15))
    decide(ask(Action.objects.get(pk=changed.pk), WORDS, by=lead, moment=at(2012, 10, 2, 16)), second)
    then = plan_of(rotherham, lead, at(2012, 10, 2, 12))
    assert [each.number for each in identities.identities_then(then)] == [changed.pk]
