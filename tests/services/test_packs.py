"""The plan as at a past moment, from the trail alone, and the event that tells of a pack."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.factories import acting, at, house
from tests.worlds import world
from tracker.choices import Move, Role, Status
from tracker.models import Action
from tracker.rules.london import day_of, end_of
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.rules.standing import delivery
from tracker.services import actions, extensions, history, moves, packs, people, plan, ratings, reference

pytestmark = pytest.mark.django_db

THEN, LATEST = at(2012, 10, 1), at(2014, 1, 1)


def plan_of(authority, moment, *, by=None, **more):
    scope = Scope(as_at=moment, confidential=True, **more)
    return packs.plan_as_at(authority, scope, by=by or house(), at=LATEST)


def rows(authority, moment):
    return list(packs.contents(plan_of(authority, moment)).actions())


def told(row):
    action = row["action"]
    return action["reference"], row["owner"].get("name"), action["agreed_due"], action["status"]


@world
def changed(owned, owner, lead, rotherham):
    """After 1 October 2012 the action's owner, date, status and words all change, and a recommendation gains one."""
    mine, leads = acting(owner), acting(lead)
    asked = extensions.ask(owned, to_due=date(2013, 2, 1), reason="floods", by=mine, at=at(2012, 10, 8))
    extensions.decide(asked, granted=True, by=leads, at=at(2012, 10, 9))
    moves.move(owned, Move.START, by=mine, at=at(2012, 10, 10))
    actions.edit(owned, what="Something else", outcome="", start_on=None, by=leads, at=at(2012, 10, 11))
    actions.assign(owned, owner=lead, by=leads, at=at(2012, 10, 12))
    plan.add_action(owned.recommendation, what="Train", by=leads, at=at(2012, 10, 13))
    people.change_person(owner, name="Ben Moss-Hall", by=mine, at=at(2012, 10, 14))
    return owned


def test_the_past_is_what_it_was(changed, rotherham):
    first, *others = rows(rotherham, THEN)
    assert told(first) == ("RTH-2012-01", "Ben Moss", "2012-12-03", Status.NOT_STARTED)
    assert [told(row) for row in others] == [
        ("RTH-2012-02", None, None, Status.NOT_STARTED),
        ("RTH-2012-03", None, None, Status.NOT_STARTED),
    ]


def test_the_past_is_told_with_its_own_words(changed, rotherham):
    assert rows(rotherham, THEN)[0]["action"]["what"] == "improve the chronologies"


def test_the_present_is_what_the_rows_say(changed, rotherham):
    first = rows(rotherham, at(2012, 11, 1))[0]
    assert told(first) == ("RTH-2012-01", "Amina Lark", "2013-02-01", Status.IN_PROGRESS)
    assert len(rows(rotherham, at(2012, 11, 1))) == 4


def test_people_are_called_as_they_were_called_then(changed, rotherham, lead, owner):
    actions.assign(changed, owner=owner, by=acting(lead), at=at(2012, 10, 15))
    names = [rows(rotherham, moment)[0]["owner"]["name"] for moment in (THEN, at(2012, 10, 16))]
    assert names == ["Ben Moss", "Ben Moss-Hall"]


def test_each_moment_stands_between_two_changes(changed, rotherham):
    dues = [rows(rotherham, at(2012, 10, 9) + timedelta(seconds=n))[0]["action"]["agreed_due"] for n in (-1, 0, 1)]
    assert dues == ["2012-12-03", "2013-02-01", "2013-02-01"]


def test_a_day_means_its_end_in_london(changed, rotherham):
    assert rows(rotherham, end_of(date(2012, 10, 8)))[0]["action"]["agreed_due"] == "2012-12-03"


@pytest.mark.parametrize("moment", [at(2012, 10, 16), at(2012, 11, 20), at(2013, 2, 2)])
def test_the_rating_as_at_a_moment_is_the_one_the_page_shows(changed, rotherham, moment):
    shown = {
        action.reference: str(delivery(action.standing, as_at=day_of(moment)).label) for action in Action.objects.all()
    }
    assert {row["action"]["reference"]: row["computed"]["delivery"] for row in rows(rotherham, moment)} == shown


def test_the_rating_of_the_past_goes_by_the_settings_of_the_past(owned, rotherham, lead):
    before = at(2012, 9, 20)
    was = [row["computed"]["delivery"] for row in rows(rotherham, before)]
    settings = {"silent_days": 7}
    reference.change_settings(rotherham, settings=settings, by=acting(lead), at=at(2012, 9, 21))
    found = [[row["computed"]["delivery"] for row in rows(rotherham, moment)] for moment in (before, at(2012, 9, 21))]
    assert (found[0] == was, found[1] == was) == (True, False)


def test_a_lowered_rating_is_lowered_only_from_then_on(owned, rotherham, lead):
    ratings.lower_rating(owned, reason="the supplier is late", by=acting(lead), at=at(2012, 9, 20))
    found = [rows(rotherham, moment)[0]["computed"]["delivery"] for moment in (at(2012, 9, 19), at(2012, 9, 21))]
    assert found == ["Not yet due to start, or no date", "At risk"]


def test_a_superseded_action_has_no_rating(owned, rotherham, lead):
    moves.move(owned, Move.SUPERSEDE, reason="r", by=acting(lead), at=at(2012, 9, 20))
    assert rows(rotherham, at(2012, 9, 21))[0]["computed"]["delivery"] == ""


def test_before_the_first_event_there_is_nothing_to_show(report, rotherham):
    with pytest.raises(Refused, match="begins on 3 September 2012"):
        plan_of(rotherham, at(2012, 9, 3, 11))


def test_an_authority_whose_trail_has_not_begun_has_nothing_to_show(staffordshire):
    with pytest.raises(Refused, match="has not begun"):
        plan_of(staffordshire, THEN)


def test_the_installation_s_own_trail_is_told_apart_by_name(db):
    with pytest.raises(Refused, match="The installation's trail begins on 1 January 2009"):
        history.resolve(None, at(2008, 1, 1))


def test_an_owner_takes_no_pack_of_the_whole_plan(owned, owner, rotherham):
    with pytest.raises(Refused, match="export"):
        plan_of(rotherham, THEN, by=acting(owner))


def test_a_board_member_takes_a_public_pack_and_a_confidential_one_only_as_granted(owned, rotherham):
    board = acting(factories.member("Bo Lind", rotherham, Role.BOARD))
    assert packs.plan_as_at(rotherham, Scope(as_at=THEN), by=board, at=LATEST)
    with pytest.raises(Refused, match="export"):
        plan_of(rotherham, THEN, by=board)


def test_a_moment_to_come_is_refused(owned, rotherham):
    with pytest.raises(Refused, match="Nobody knows yet"):
        packs.plan_as_at(rotherham, Scope(at(2013, 1, 2)), by=house(), at=at(2013, 1, 1))


def test_movement_is_told_since_an_earlier_moment_only(owned, rotherham):
    with pytest.raises(Refused, match="earlier day for movement"):
        plan_of(rotherham, THEN, since=THEN)


def test_an_action_deleted_behind_the_application_s_back_is_still_told(owned, rotherham):
    Action.objects.filter(reference="RTH-2012-02").delete()
    assert [row["action"]["reference"] for row in rows(rotherham, THEN)] == [f"RTH-2012-0{n}" for n in (1, 2, 3)]


def test_another_council_s_plan_is_not_in_it(owned, rotherham, staffordshire, stranger):
    factories.peer_review(staffordshire, by=stranger)
    assert len(rows(rotherham, LATEST)) == 3


def test_more_records_than_are_read_together_are_all_told(owned, rotherham, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 2)
    assert len(rows(rotherham, THEN)) == 3
