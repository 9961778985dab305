"""The steps within an action: their order, ticks, withdrawals, and who may change them when."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import EventKind, Move
from tracker.models import ActionStep, Event
from tracker.rules.refusal import Refused
from tracker.services import moves, steps, verification

pytestmark = pytest.mark.django_db

NOW, DAY = at(2012, 10, 1), date(2012, 11, 5)


@world
def three(owned, owner):
    """Three steps of an owned action, in their order."""
    return [
        steps.add_step(owned, text=text, due_on=None, by=acting(owner), at=NOW) for text in ("read", "teach", "audit")
    ]


def order(action):
    return [(step.position, step.text) for step in action.steps.standing().order_by("position")]


def change(step, by, **more):
    return steps.change_step(step, by=acting(by), at=NOW, **{"text": step.text, "due_on": step.due_on, **more})


def tick(step, by, done=True, **more):
    return steps.tick_step(step, done=done, by=acting(by), at=NOW, **more)


@pytest.mark.parametrize(
    ("which", "place", "after"),
    [(2, 1, ["audit", "read", "teach"]), (0, 3, ["teach", "audit", "read"]), (0, None, ["read", "teach", "audit"])],
)
def test_a_step_is_put_at_its_place(three, owned, owner, which, place, after):
    change(three[which], owner, place=place)
    assert order(owned) == list(enumerate(after, 1))


def test_a_new_order_is_one_event_that_tells_of_every_step_that_moved(three, owner):
    change(three[2], owner, place=1)
    assert Event.objects.order_by("-id").first().bodies.count() == 3
    assert [finding for finding in verification.verify() if not finding.lawful] == []


def test_a_withdrawn_step_stays_to_be_seen_and_the_others_close_up(three, owned, owner):
    gone = steps.withdraw_step(three[0], reason="done elsewhere", by=acting(owner), at=NOW)
    assert order(owned) == [(1, "teach"), (2, "audit")]
    assert (gone.withdrawn_by, gone.withdrawn_reason, owned.steps.count()) == (owner, "done elsewhere", 3)


def test_after_a_withdrawal_the_next_step_takes_the_next_place(three, owned, owner):
    steps.withdraw_step(three[2], reason="done elsewhere", by=acting(owner), at=NOW)
    assert steps.add_step(owned, text="tell", due_on=None, by=acting(owner), at=NOW).position == 3


def test_a_tick_sent_twice_is_one_tick(three, owner):
    tick(three[0], owner)
    before = factories.events()
    tick(three[0], owner)
    assert factories.events() == before


def test_taking_a_tick_back_has_a_word_of_its_own(three, owner):
    tick(three[0], owner)
    tick(three[0], owner, done=False)
    assert factories.events()[-2:] == [EventKind.STEP_DONE, EventKind.STEP_UNDONE]


def test_a_lead_ticks_on_the_owner_s_behalf_and_both_names_are_kept(three, owner, lead):
    ticked = tick(three[0], lead, on_behalf_of=owner)
    assert (ticked.done_by, ticked.done_for) == (lead, owner)
    assert f'"on_behalf_of":"{owner.name}"' in Event.objects.order_by("-id").first().bodies.get().body


def test_an_owner_enters_nothing_on_another_s_behalf(three, owner, lead):
    with pytest.raises(Refused, match="Only an improvement lead"):
        tick(three[0], owner, on_behalf_of=lead)


def test_nobody_ticks_for_somebody_who_does_not_own_the_action(three, lead):
    with pytest.raises(Refused, match="does not own"):
        tick(three[0], lead, on_behalf_of=lead)


def withdrawn(step, by):
    steps.withdraw_step(step, reason="twice", by=acting(by), at=NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda step, by: change(step, by),
        lambda step, by: tick(step, by),
        lambda step, by: withdrawn(step, by),
    ],
)
def test_a_withdrawn_step_is_changed_no_more(three, owner, act):
    withdrawn(three[0], owner)
    with pytest.raises(Refused, match="has been withdrawn"):
        act(three[0], owner)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda step, by: change(step, by, text=" "), "text"),
        (lambda step, by: change(step, by, due_on=date(2212, 1, 1)), "due_on"),
        (lambda step, by: steps.withdraw_step(step, reason=" ", by=acting(by), at=NOW), "reason"),
    ],
)
def test_what_is_missing_is_told_at_its_field(three, owner, act, field):
    with pytest.raises(Refused) as refused:
        act(three[0], owner)
    assert refused.value.field == field


def test_the_steps_of_a_submitted_action_stand_as_they_are(three, owned, owner):
    factories.submitted(owned, by=owner)
    with pytest.raises(Refused, match="Submitted, awaiting sign-off"):
        steps.tick_step(three[0], done=True, by=acting(owner), at=at(2012, 11, 2))


def test_the_steps_of_a_returned_action_go_on(three, owned, owner, lead):
    factories.submitted(owned, by=owner)
    moves.move(owned, Move.RETURN, reason="two files", by=acting(lead), at=at(2012, 11, 2))
    assert steps.tick_step(three[0], done=True, by=acting(owner), at=at(2012, 11, 3)).done_on == date(2012, 11, 3)


def test_another_owner_changes_no_step(three, rotherham):
    other = factories.member("Ivo Hale", rotherham, "owner")
    with pytest.raises(Refused):
        tick(three[0], other)
    assert ActionStep.objects.get(pk=three[0].pk).done_on is None
