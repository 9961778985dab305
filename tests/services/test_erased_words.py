"""What words of an action leave behind that are erased: in the trail, in packs, on pages that tell its history."""

import json
from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker import packing
from tracker.admin import trail_page
from tracker.choices import Move, Priority, Role
from tracker.exports.verifying import verify_pack
from tracker.models import Action, EventBody, Extension
from tracker.rules.pack import Scope
from tracker.services import actions, bulk, bulk_undo, erasures, extensions, moves, packs, rearranging, verification
from tracker.services.movement import movement
from tracker.services.plan import add_action
from tracker.web import history

pytestmark = pytest.mark.django_db

NOW, CHANGED, DECIDED, AFTER = at(2012, 10, 1), at(2012, 10, 2), at(2012, 10, 3), at(2012, 10, 4)
WORDS, CLEAN = "See to it that Jordan Quixotrel is visited.", "See to it that every child is visited."
SHARED_WORDS = "See to it that everybody is visited."
OUTCOME = "So that Jordan Quixotrel is safe."


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


def fresh(action):
    return Action.objects.get(pk=action.pk)


def edited(action, words, lead, moment=CHANGED, outcome=""):
    given = {"what": words, "outcome": outcome, "start_on": None, "partners": []}
    return actions.edit(fresh(action), **given, by=acting(lead), at=moment)


def erase(action, text, lead, second, *, reason="a child is named", moment=DECIDED):
    places = [words.place for words in erasures.words_of(fresh(action)) if words.text == text]
    asked = erasures.ask_erasure(fresh(action), places=places, reason=reason, by=acting(lead), at=moment)
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=moment)
    return fresh(action)


@world
def changed(owned, lead):
    """An action that has named a child in two of its fields, and does so no more."""
    edited(owned, WORDS, lead, NOW)
    edited(owned, WORDS, lead, CHANGED, OUTCOME)
    return edited(owned, CLEAN, lead)


@world
def erased(changed, lead, second):
    return erase(changed, WORDS, lead, second)


@world
def erased_twice(erased, lead, second):
    """The second erasure takes words that the first has left."""
    return erase(erased, OUTCOME, lead, second, moment=AFTER)


def plan_of(rotherham, lead, moment=AFTER, *, confidential=True):
    scope = Scope(moment, confidential=confidential)
    return packs.plan_as_at(rotherham, scope, by=acting(lead), at=AFTER)


def lines_of(rotherham, lead, moment=AFTER, **more):
    return [json.loads(json.dumps(line)) for line in packs.contents(plan_of(rotherham, lead, moment, **more)).events()]


def walked(lines, **manifest):
    """What the pack's script finds wrong in these lines of the trail."""
    found = verify_pack.Findings()
    trail = verify_pack.Trail(None, {"chain": lines[0]["chain"], "erasures": [], **manifest}, found)
    for line in lines:
        trail.check(line)
    trail.check_gone()
    return trail


def noted_erasures(lines):
    """What a manifest notes of the bodies that were erased."""
    return [
        {"sequence": line["sequence"], "position": place, "erased": body["erased"]}
        for line in lines
        for place, body in enumerate(line["bodies"])
        if "erased" in body
    ]


MOMENTS = {"before": at(2012, 10, 2, 20), "between": at(2012, 10, 3, 20), "after": AFTER}


@pytest.mark.parametrize("confidential", [True, False], ids=["whole", "public"])
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_a_pack_of_any_moment_verifies_after_two_erasures(
    erased_twice, lead, rotherham, tmp_path, moment, confidential
):
    plan = plan_of(rotherham, lead, moment, confidential=confidential)
    found, _ = verify_pack.verify(str(packing.write(plan, tmp_path, at=AFTER).path))
    assert found.wrong == []


def test_what_the_first_erasure_has_left_goes_with_the_second(erased_twice):
    assert not EventBody.objects.filter(body__contains="Quixotrel").exists()


def test_the_live_trail_is_whole_after_two_erasures(erased_twice):
    assert [each.sentence for each in verification.verify() if not each.lawful] == []


def test_a_public_pack_does_not_tell_why_an_erasure_was_asked_for(changed, lead, second, rotherham):
    erase(changed, WORDS, lead, second, reason="An aunt complained.")
    erase(changed, OUTCOME, lead, second, moment=AFTER)
    assert "An aunt complained." not in json.dumps(lines_of(rotherham, lead, confidential=False))


def test_a_pack_that_says_otherwise_of_what_is_left_is_named(erased, lead, rotherham):
    lines = lines_of(rotherham, lead)
    for body in (body for line in lines for body in line["bodies"] if "instead" in body):
        body["instead"] = body["instead"].replace("not_started", "closed")
    wrong = walked(lines, erasures=noted_erasures(lines)).found.wrong
    assert ["what is left of it is not what its erasure says" in sentence for sentence in wrong] == [True, True]


def test_a_pack_that_says_nothing_of_what_is_left_is_named(erased, lead, rotherham):
    lines = lines_of(rotherham, lead)
    for body in (body for line in lines for body in line["bodies"]):
        body.pop("instead", None)
    wrong = walked(lines).found.wrong
    assert ["what is left of it is not what its erasure says" in sentence for sentence in wrong] == [True, True]


def test_what_is_left_has_to_be_json(erased, lead, rotherham):
    lines = lines_of(rotherham, lead, MOMENTS["before"])
    body = next(body for line in lines for body in line["bodies"] if "instead" in body)
    body["instead"] = "{"
    [wrong] = walked(lines, erasures=noted_erasures(lines)).found.wrong
    assert wrong.endswith("is no JSON.")


def test_a_body_that_no_erasure_names_cannot_be_passed_off_as_erased(erased, lead, rotherham):
    lines = lines_of(rotherham, lead)
    body = next(line["bodies"][0] for line in lines if line["kind"] == "action_assigned")
    told = {**json.loads(body.pop("body")), "reason": "forged"}
    del body["salt"]
    body |= {"erased": "by two people", "instead": json.dumps(told)}
    [wrong] = walked(lines).found.wrong
    assert wrong.endswith("is gone, and no erasure names it.")


@pytest.mark.parametrize("bodies", [[5], [None], [["withheld"]]], ids=["a number", "nothing", "a list"])
def test_an_erasure_with_a_body_that_is_none_is_named(erased, lead, rotherham, bodies):
    lines = lines_of(rotherham, lead)
    next(line for line in lines if line["kind"] == "erased")["bodies"] = bodies
    assert [sentence for sentence in walked(lines).found.wrong if sentence.endswith("its body 1 is none any more.")]


@pytest.mark.parametrize("place", [["authority-RTH", [], 0], [{}, 1, 0], ["authority-RTH", 1]], ids=str)
def test_an_erasure_that_names_no_place_names_nothing(erased, lead, rotherham, place):
    trail = walked(lines_of(rotherham, lead))
    told = {"details": {"asked_by": "a", "decided_by": "b", "bodies": [place]}}
    before = dict(trail.erasures)
    trail.take({"kind": "erased", "sequence": 1, "recorded_at": "2012"}, ("erasure", 1), json.dumps(told))
    assert trail.erasures == before


def found_live(trail):
    return list(verification.compare_left(trail.manifest["chain"], trail.gone, trail.left))


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_the_live_trail_agrees_with_what_a_pack_says_is_left(erased, lead, rotherham, moment):
    assert found_live(walked(lines_of(rotherham, lead, moment))) == []


def test_the_live_trail_contradicts_a_pack_that_says_otherwise(erased, lead, rotherham):
    lines = lines_of(rotherham, lead, MOMENTS["before"])
    body = next(body for line in lines for body in line["bodies"] if "instead" in body)
    body["instead"] = body["instead"].replace("not_started", "closed")
    [found] = found_live(walked(lines, erasures=noted_erasures(lines)))
    assert (found.lawful, found.sentence.endswith("what is left of it is another here than in the pack.")) == (
        False,
        True,
    )


def test_the_live_trail_contradicts_a_pack_that_calls_a_whole_body_erased(erased, lead, rotherham):
    lines = lines_of(rotherham, lead)
    body = next(line["bodies"][0] for line in lines if line["kind"] == "action_assigned")
    body |= {"erased": "by two people", "instead": body.pop("body")}
    [found] = found_live(walked(lines))
    assert (found.lawful, "is whole in this database" in found.sentence) == (False, True)


def test_a_pack_from_before_a_second_erasure_is_not_called_wrong_for_it(erased, lead, second, rotherham):
    trail = walked(lines_of(rotherham, lead))
    erase(erased, OUTCOME, lead, second, moment=AFTER)
    assert {(found.lawful, "may have lost more words" in found.sentence) for found in found_live(trail)} == {
        (True, True)
    }


@pytest.mark.parametrize("word", ["normal", "start", "RTH-2012-01", "2012-10-01", "Amina Lark"])
def test_words_that_read_like_a_code_or_a_name_take_none_along(changed, lead, second, rotherham, word):
    edited(changed, CLEAN, lead, CHANGED, word)
    edited(changed, CLEAN, lead)
    erase(changed, word, lead, second)
    row = next(
        row["action"]
        for row in packs.contents(plan_of(rotherham, lead, MOMENTS["before"])).actions()
        if row["recommendation"]["number"] == changed.recommendation.number
    )
    assert (row["reference"], row["priority"], row["accepted_on"]) == (
        changed.reference,
        Priority(changed.priority).value,
        changed.accepted_on.isoformat(),
    )


@world
def undated(report, lead):
    added = add_action(report.recommendations.last(), what="Train the managers", by=acting(lead), at=NOW)
    Action.objects.filter(pk=added.pk).update(agreed_due=None, overdue_after=None, original_due=None)
    return fresh(added)


@pytest.mark.parametrize("reason", ["Joe Bloggs", "Joe Bloggs waits...", "Joe Bloggs waits."])
def test_a_reason_goes_from_the_explanation_of_the_date_too(undated, lead, second, reason):
    actions.set_first_due(undated, due=date(2013, 3, 1), reason=reason, by=acting(lead), at=CHANGED)
    assert erase(undated, reason, lead, second).due_explanation == erasures.TITLE


def test_what_a_split_part_has_taken_over_can_be_erased_on_its_own_page(undated, lead):
    actions.set_first_due(undated, due=date(2013, 3, 1), reason="Joe Bloggs waits", by=acting(lead), at=CHANGED)
    given = {"remains": "Train half of them", "parts": ["Train the rest"], "with_people": False, "with_dates": True}
    [part] = rearranging.split(fresh(undated), **given, by=acting(lead), at=CHANGED)
    assert [words.name for words in erasures.words_of(fresh(part)) if "Joe Bloggs" in words.text] == ["Why this date"]


def test_the_reason_of_an_extension_goes_from_the_action(owned, owner, lead, second):
    asked = extensions.ask(fresh(owned), to_due=date(2013, 9, 1), reason="Joe Bloggs waits", by=acting(owner), at=NOW)
    extensions.decide(Extension.objects.get(pk=asked.pk), granted=True, reason="", by=acting(lead), at=NOW)
    assert "Joe Bloggs" not in erase(owned, fresh(owned).due_explanation, lead, second).due_explanation


def test_a_report_s_own_words_are_not_offered_when_the_action_stands_under_another(report, lead):
    former, other = report.recommendations.all()[:2]
    moved = rearranging.move_to(former.actions.get(), other, reason="It belongs there", by=acting(lead), at=NOW)
    assert [words.text for words in erasures.words_of(fresh(moved))] == ["It belongs there"]


@world
def handed_over(report, owner, lead, rotherham):
    """Two actions with one reason, which stands in the body of the first."""
    both = [recommendation.actions.get() for recommendation in report.recommendations.all()[:2]]
    edited(both[0], SHARED_WORDS, lead, NOW)
    for each in map(fresh, both):
        actions.assign(each, owner=owner, by=acting(lead), at=NOW)
    to = factories.member("Nia Reed", rotherham, Role.OWNER)
    told = {"by": acting(lead), "at": CHANGED, "reason": "Joe Bloggs complained"}
    actions.hand_over([fresh(each) for each in both], of=owner, to=to, **told)
    return both


@pytest.mark.parametrize("which", [0, 1])
def test_a_reason_that_several_actions_share_goes_from_any_of_them(handed_over, lead, second, which):
    erase(handed_over[which], "Joe Bloggs complained", lead, second)
    assert not EventBody.objects.filter(body__contains="Joe Bloggs").exists()


@pytest.mark.parametrize("which", [0, 1])
def test_the_live_trail_is_whole_when_a_shared_reason_has_gone(handed_over, lead, second, which):
    erase(handed_over[which], "Joe Bloggs complained", lead, second)
    assert [each.sentence for each in verification.verify() if not each.lawful] == []


def test_the_own_words_of_another_action_with_the_same_reason_stay(handed_over, lead, second):
    named, other = handed_over
    edited(named, "Joe Bloggs complained", lead)
    erase(other, "Joe Bloggs complained", lead, second)
    assert fresh(named).what == "Joe Bloggs complained"


def test_a_shared_reason_goes_from_what_an_erasure_of_the_other_action_has_left(handed_over, lead, second):
    named, other = handed_over
    erase(named, SHARED_WORDS, lead, second)
    left = EventBody.objects.filter(body__contains="Joe Bloggs", event__kind="erased")
    assert left.exists()
    erase(other, "Joe Bloggs complained", lead, second, moment=AFTER)
    assert not left.exists()


def history_of(action, person):
    lines = history._from_trail(fresh(action), person, AFTER.date())
    return [(line.what, line.who) for line in lines if "erased" not in line.what]


def test_the_history_of_a_split_part_says_as_before_where_it_comes_from(owned, lead, second):
    edited(owned, WORDS, lead, NOW)
    given = {"remains": WORDS, "parts": ["Train the rest"], "with_people": True, "with_dates": True}
    [part] = rearranging.split(fresh(owned), **given, by=acting(lead), at=CHANGED)
    before = history_of(part, lead)
    erase(owned, WORDS, lead, second)
    assert history_of(part, lead) == before


def test_the_history_of_a_bulk_change_says_as_before_to_whom_it_gave_the_action(owned, lead, second, rotherham):
    edited(owned, WORDS, lead, NOW)
    actions.assign(fresh(owned), owner=None, by=acting(lead), at=NOW)
    to = factories.member("Nia Reed", rotherham, Role.OWNER)
    bulk.assign_many([fresh(owned)], owner=to, by=acting(lead), at=CHANGED)
    before = history_of(owned, lead)
    erase(owned, WORDS, lead, second)
    assert history_of(owned, lead) == before


def test_a_bulk_change_is_undone_though_words_were_erased_since(owned, lead, second, rotherham):
    edited(owned, WORDS, lead, NOW)
    actions.assign(fresh(owned), owner=None, by=acting(lead), at=NOW)
    to = factories.member("Nia Reed", rotherham, Role.OWNER)
    change = bulk.assign_many([fresh(owned)], owner=to, by=acting(lead), at=CHANGED)
    erase(owned, WORDS, lead, second, moment=CHANGED)
    bulk_undo.undo(change, by=acting(lead), at=CHANGED)
    assert fresh(owned).owner is None


def test_administration_tells_who_did_what_as_before(owned, owner, lead, second, rf):
    edited(owned, WORDS, lead, NOW)
    moves.move(fresh(owned), Move.START, note="", by=acting(owner), at=NOW)
    edited(owned, CLEAN, lead)
    request = rf.get("/")
    request.user, request.moment, request.day = lead, AFTER, AFTER.date()

    def told():
        lines = trail_page.lines_of(fresh(owned), request)
        return [(line.kind, line.who, [change.field for change in line.changes]) for line in lines]

    before = told()
    erase(owned, WORDS, lead, second)
    assert told()[1:] == before


def test_the_board_s_page_tells_a_movement_that_begins_where_words_were_erased(owned, owner, lead, second, rotherham):
    edited(owned, WORDS, lead, NOW)
    moves.move(fresh(owned), Move.START, note="", by=acting(owner), at=CHANGED)

    def told():
        moved = movement(rotherham, since=at(2012, 10, 1, 20), until=CHANGED, by=acting(lead))
        return [(each.number, each.told.was("status"), each.after["status"]) for each in moved]

    before = told()
    erase(owned, WORDS, lead, second)
    assert told() == before


def test_a_place_that_holds_erased_words_by_now_is_refused(erased, lead):
    place = next(words.place for words in erasures.words_of(erased) if words.text == OUTCOME)
    with pytest.raises(erasures.Refused, match="gone already"):
        erasures.ask_erasure(erased, places=[(*place[:2], "what")], reason="x", by=acting(lead), at=AFTER)
