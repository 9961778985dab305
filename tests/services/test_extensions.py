"""Extensions: asked for with a reason, decided by somebody else; the original date never changes."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Basis, Move, Role
from tracker.models import Action, Extension, Membership
from tracker.rules.refusal import Refused
from tracker.services import actions, extensions, memberships, moves

pytestmark = pytest.mark.django_db

DUE, LATER = date(2012, 12, 3), date(2013, 2, 1)
ASKED = at(2012, 11, 1)


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


def ask(action, by, **more):
    wanted = {"to_due": LATER, "reason": "the audit takes longer", **more}
    return extensions.ask(action, by=acting(by), at=ASKED, **wanted)


def decide(extension, by, granted=True, **more):
    return extensions.decide(extension, granted=granted, by=acting(by), at=at(2012, 11, 2), **more)


@world
def asked(owned, owner):
    return ask(owned, owner)


def fresh(action):
    return Action.objects.get(pk=action.pk)


def test_asking_moves_no_date(asked):
    assert (fresh(asked.action).agreed_due, asked.from_due, asked.to_due) == (DUE, DUE, LATER)


def test_a_granted_extension_moves_the_agreed_date_and_never_the_original(asked, lead):
    decide(asked, lead)
    kept = fresh(asked.action)
    found = kept.original_due, kept.agreed_due, kept.overdue_after, kept.due_basis, kept.due_set_by
    assert found == (DUE, LATER, LATER, Basis.CHOSEN, lead)


def test_a_granted_extension_explains_the_new_date(asked, lead):
    decide(asked, lead)
    why = fresh(asked.action).due_explanation
    assert all(words in why for words in ("1 February 2013", "3 December 2012", "Amina Lark", "the audit takes longer"))


def test_a_refused_extension_moves_no_date_and_has_a_reason(asked, lead):
    kept = decide(asked, lead, granted=False, reason="children wait")
    found = kept.granted, kept.decision_reason, fresh(asked.action).agreed_due, factories.events()[-1]
    assert found == (False, "children wait", DUE, "extension_refused")


def test_refusing_without_a_reason_is_refused(asked, lead):
    with pytest.raises(Refused, match="reason"):
        decide(asked, lead, granted=False)


def test_nobody_decides_on_what_they_asked_for(owned, lead, second):
    actions.assign(owned, owner=lead, by=acting(second), at=at(2012, 10, 1))
    with pytest.raises(Refused, match="Somebody else"):
        decide(ask(owned, lead), lead)


def test_nobody_decides_on_an_extension_of_their_own_action(asked, lead, second):
    actions.assign(asked.action, owner=lead, by=acting(second), at=at(2012, 11, 1))
    with pytest.raises(Refused, match="Somebody else"):
        decide(asked, lead)


def test_who_asked_as_a_deputy_does_not_decide(owned, owner, lead):
    Membership.objects.filter(user=owner).update(
        deputy=lead, deputy_from=date(2012, 10, 29), deputy_to=date(2012, 11, 9)
    )
    with pytest.raises(Refused, match="Somebody else"):
        decide(ask(owned, lead), lead)


@pytest.mark.parametrize("name", ["owner", "board", "auditor"])
def test_only_leads_decide(asked, owner, rotherham, name):
    person = owner if name == "owner" else factories.member("Bo Lind", rotherham, Role(name))
    with pytest.raises(Refused, match="Only an improvement lead"):
        decide(asked, person)


def test_a_lead_asks_for_no_extension_of_another_s_action(owned, lead):
    with pytest.raises(Refused, match="owner or their deputy"):
        ask(owned, lead)


@pytest.mark.parametrize(
    ("more", "match"),
    [({"to_due": DUE}, "later than"), ({"to_due": date(2012, 11, 30)}, "later than"), ({"reason": " "}, "more time")],
)
def test_an_extension_needs_a_later_date_and_a_reason(owned, owner, more, match):
    with pytest.raises(Refused, match=match):
        ask(owned, owner, **more)
    assert not Extension.objects.exists()


def test_an_action_without_a_date_has_nothing_to_extend(action, owner, lead):
    actions.assign(action, owner=owner, by=acting(lead), at=at(2012, 9, 4))
    with pytest.raises(Refused, match="no open due date"):
        ask(action, owner)


def test_a_submitted_action_has_nothing_to_extend(owned, owner):
    factories.submitted(owned, by=owner)
    with pytest.raises(Refused, match="no open due date"):
        ask(owned, owner)


def test_one_request_at_a_time(asked, owner):
    with pytest.raises(Refused, match="already"):
        ask(asked.action, owner)


def test_after_a_decision_a_further_extension_may_be_asked_for(asked, owner, lead):
    decide(asked, lead)
    again = ask(asked.action, owner, to_due=date(2013, 4, 1))
    assert (again.from_due, asked.action.extensions.count()) == (LATER, 2)


def test_an_extension_is_decided_once(asked, lead, second):
    decide(asked, lead)
    with pytest.raises(Refused, match="dealt with"):
        decide(asked, second, granted=False, reason="no")


def test_a_request_taken_back_is_not_decided(asked, owner, lead):
    extensions.withdraw(asked, by=acting(owner), at=ASKED)
    with pytest.raises(Refused, match="dealt with"):
        decide(asked, lead)


def test_only_who_asked_takes_a_request_back(asked, lead):
    actions.assign(asked.action, owner=lead, by=acting(lead), at=ASKED)
    with pytest.raises(Refused, match="Only the person who asked"):
        extensions.withdraw(asked, by=acting(lead), at=ASKED)


def test_a_request_is_taken_back_once(asked, owner):
    extensions.withdraw(asked, by=acting(owner), at=ASKED)
    with pytest.raises(Refused, match="dealt with"):
        extensions.withdraw(asked, by=acting(owner), at=ASKED)


def test_who_has_left_takes_nothing_back(asked, owner, lead):
    memberships.end_membership(owner.memberships.get(), hand_over_to=lead, by=acting(lead), at=ASKED)
    with pytest.raises(Refused):
        extensions.withdraw(asked, by=acting(owner), at=ASKED)


def test_an_action_closed_meanwhile_is_not_extended(asked, lead):
    moves.move(asked.action, Move.SUPERSEDE, reason="r", by=acting(lead), at=ASKED)
    with pytest.raises(Refused, match="no longer open"):
        decide(asked, lead)
    assert Extension.objects.get().granted is None


def test_a_request_that_waits_is_looked_at_by_the_planner_and_a_decided_one_not(asked, lead):
    waiting = fresh(asked.action).next_notice_on
    decide(asked, lead)
    assert waiting < fresh(asked.action).next_notice_on


def test_giving_an_action_away_does_not_open_the_decision_on_its_extension(owned, owner, lead, rotherham):
    mine = actions.assign(owned, owner=lead, by=acting(lead), at=at(2012, 10, 1))
    asked = extensions.ask(mine, to_due=date(2013, 2, 1), reason="more time", by=acting(lead), at=at(2012, 10, 2))
    Extension.objects.filter(pk=asked.pk).update(asked_by=owner)  # as if the owner's deputy had asked
    actions.assign(mine, owner=None, by=acting(lead), at=at(2012, 10, 3))
    with pytest.raises(Refused, match="Somebody else"):
        extensions.decide(asked, granted=True, by=acting(lead), at=at(2012, 10, 4))


def test_an_extension_to_an_impossible_year_is_refused(owned, owner):
    with pytest.raises(Refused, match="check the year"):
        extensions.ask(owned, to_due=date(9999, 12, 31), reason="x", by=acting(owner), at=at(2012, 10, 2))
