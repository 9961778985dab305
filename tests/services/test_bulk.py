"""Several actions at once: each row by the rules of the single verb, one line of the trail, and the way back."""

import json
from datetime import date, timedelta

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Basis, EventKind, Move, Role
from tracker.models import Action, Event, Report
from tracker.rules.bulk import Period
from tracker.rules.due_dates import Unit
from tracker.rules.refusal import Refused
from tracker.services import actions, bulk, memberships, moves
from tracker.services.bulk import Dates

pytestmark = pytest.mark.django_db

NOW = at(2012, 9, 10)
SOON = NOW + timedelta(minutes=20)
DUE = date(2013, 1, 10)


@world
def plan(report):
    return list(Action.objects.order_by("reference"))


@world
def given(plan, owner, lead):
    """All three actions given to the owner by one bulk change."""
    return bulk.assign_many(plan, owner=owner, by=acting(lead), at=NOW)


@world
def dated(plan, lead):
    """All three actions dated by one bulk change."""
    return bulk.date_many(plan, dates=Dates(on=DUE), reason="agreed", by=acting(lead), at=NOW)


def owners():
    return list(Action.objects.order_by("reference").values_list("owner__name", flat=True))


def dues():
    return list(Action.objects.order_by("reference").values_list("agreed_due", flat=True))


def untouched(before):
    return factories.events() == before


def refusals(found):
    return [each.refusal for each in found]


# Giving an owner.


def test_several_actions_get_an_owner_by_one_line_of_the_trail(plan, owner, lead):
    before = len(factories.events())
    bulk.assign_many(plan, owner=owner, by=acting(lead), at=NOW)
    assert owners() == ["Ben Moss"] * 3
    assert factories.events()[before:] == [EventKind.BULK_ASSIGNED]


def test_the_line_holds_the_body_of_every_action_it_changed(given, plan):
    bodies = Event.objects.latest("id").bodies.filter(subject_type="action")
    told = {body.subject_id: json.loads(body.body)["state"]["owner"] for body in bodies}
    assert told == {action.pk: plan[0].authority.memberships.get(role=Role.OWNER).user_id for action in plan}


def test_an_action_with_an_owner_keeps_them_unless_it_is_said(owned, plan, lead, owner):
    bulk.assign_many(plan, owner=lead, by=acting(lead), at=NOW)
    assert owners() == ["Ben Moss", "Amina Lark", "Amina Lark"]


def test_an_action_with_an_owner_changes_hands_where_it_is_said(owned, plan, lead):
    bulk.assign_many(plan, owner=lead, replace=True, by=acting(lead), at=NOW)
    assert owners() == ["Amina Lark"] * 3


def test_a_finished_action_is_left_with_its_owner(owned, plan, owner, lead):
    factories.submitted(owned, by=owner)
    plan = list(Action.objects.order_by("reference"))
    found = bulk.foresee_owners(plan, owner=lead, replace=True, by=acting(lead), at=NOW)
    assert "Change its owner on its own page" in refusals(found)[0] and refusals(found)[1:] == ["", ""]


def test_owners_are_taken_away_from_those_that_have_one(owned, plan, lead):
    bulk.assign_many(plan, owner=None, replace=True, by=acting(lead), at=NOW)
    owned.refresh_from_db()
    assert (owned.owner, owned.assigned_on) == (None, None)


def test_what_is_foreseen_is_what_happens(owned, plan, lead):
    found = bulk.foresee_owners(plan, owner=lead, replace=False, by=acting(lead), at=NOW)
    change = bulk.assign_many(list(Action.objects.all()), owner=lead, by=acting(lead), at=NOW)
    assert {each.action.pk for each in found if each.changes} == set(change.numbers)


def test_foreseeing_writes_nothing(plan, lead, owner):
    before = factories.events()
    bulk.foresee_owners(plan, owner=owner, replace=True, by=acting(lead), at=NOW)
    bulk.foresee_dates(plan, dates=Dates(on=DUE), reason="agreed", by=acting(lead), at=NOW)
    assert untouched(before) and owners() == [None] * 3 and dues() == [None] * 3


def test_an_action_changed_since_it_was_shown_is_left(plan, lead, owner):
    versions = {action.pk: action.version for action in plan}
    actions.edit(plan[0], what="x", outcome="", start_on=None, by=acting(lead), at=NOW)
    bulk.assign_many(plan, owner=owner, versions=versions, by=acting(lead), at=NOW)
    assert owners() == [None, "Ben Moss", "Ben Moss"]


def test_where_nothing_would_change_nothing_is_written(given, plan, owner, lead):
    before = factories.events()
    with pytest.raises(Refused, match="Nothing would change"):
        bulk.assign_many(plan, owner=owner, by=acting(lead), at=NOW)
    assert untouched(before)


def test_somebody_without_a_role_here_is_refused_as_an_owner(plan, lead, stranger):
    with pytest.raises(Refused, match="no role in Rotherham"):
        bulk.assign_many(plan, owner=stranger, by=acting(lead), at=NOW)


def test_actions_of_two_councils_are_refused_whoever_leads_them(plan, lead, owner, staffordshire, stranger):
    theirs = list(Action.objects.filter(recommendation__report=factories.peer_review(staffordshire, by=stranger)))
    memberships.grant_membership(user=lead, authority=staffordshire, role=Role.LEAD, by=factories.house(), at=NOW)
    with pytest.raises(Refused, match="several councils"):
        bulk.assign_many([*plan, *theirs], owner=owner, by=acting(lead), at=NOW)
    assert set(owners()) == {None}


def test_one_action_of_another_council_among_them_is_refused(plan, lead, owner, staffordshire, stranger):
    theirs = Action.objects.filter(recommendation__report=factories.peer_review(staffordshire, by=stranger)).first()
    with pytest.raises(Refused, match="Only an improvement lead"):
        bulk.assign_many([*plan, theirs], owner=owner, by=acting(lead), at=NOW)


@pytest.mark.parametrize("verb", ["assign", "date"])
def test_only_a_lead_changes_several_at_once(plan, owner, verb):
    with pytest.raises(Refused, match="Only an improvement lead"):
        if verb == "assign":
            bulk.assign_many(plan, owner=owner, by=acting(owner), at=NOW)
        else:
            bulk.date_many(plan, dates=Dates(on=DUE), reason="agreed", by=acting(owner), at=NOW)


def test_no_action_at_all_is_refused(lead):
    with pytest.raises(Refused, match="Tick at least one"):
        bulk.assign_many([], owner=lead, by=acting(lead), at=NOW)


# First due dates.


def test_several_actions_get_their_first_date_with_its_reason(dated, plan):
    plan[0].refresh_from_db()
    assert dues() == [DUE] * 3
    assert (plan[0].original_due, plan[0].due_basis) == (DUE, Basis.CHOSEN)
    assert plan[0].due_explanation == "Thursday 10 January 2013, chosen by Amina Lark, because: agreed."


def test_a_date_set_in_bulk_is_the_date_the_single_verb_sets(plan, lead):
    by = acting(lead)
    alone = actions.set_first_due(plan[0], due=DUE, reason="agreed", by=by, at=NOW)
    bulk.date_many(plan[1:], dates=Dates(on=DUE), reason="agreed", by=by, at=NOW)
    together = Action.objects.get(pk=plan[1].pk)
    names = [*bulk.FIELDS["first_due"], "next_notice_on"]
    assert [getattr(together, name) for name in names] == [getattr(alone, name) for name in names]


def test_a_date_that_exists_is_left_alone_and_says_why(owned, plan, lead):
    found = bulk.foresee_dates(
        list(Action.objects.order_by("reference")), dates=Dates(on=DUE), reason="r", by=acting(lead), at=NOW
    )
    assert refusals(found) == [f"{owned} has a due date already; it moves by an extension only.", "", ""]


def test_a_date_counted_from_publication_explains_its_anchor(plan, lead):
    dates = Dates(period=Period(6, Unit.MONTHS))
    bulk.date_many(plan, dates=dates, reason="the board's rule", by=acting(lead), at=NOW)
    plan[0].refresh_from_db()
    assert dues() == [date(2013, 2, 20)] * 3
    assert "6 calendar months from publication (published on 20 August 2012, the letter)" in plan[0].due_explanation


def test_what_waits_for_its_printed_timescale_keeps_it(rotherham, lead, plan):
    report = factories.accepted_seed("west-sussex", rotherham, by=acting(lead), moment=NOW)
    waiting = list(Action.objects.filter(recommendation__report=report, agreed_due=None))
    bulk.date_many([*plan, *waiting], dates=Dates(on=DUE), reason="r", by=acting(lead), at=NOW)
    assert not Action.objects.filter(pk__in=[row.pk for row in waiting], agreed_due__isnull=False).exists()
    assert "when the publication date is entered" in bulk.why_undated(waiting[0])


def test_a_period_cannot_be_counted_without_a_publication_date(rotherham, lead):
    report = factories.accepted_seed("focused-visit", rotherham, by=acting(lead), moment=NOW)
    Report.objects.filter(pk=report.pk).update(publication_date=None, publication_source="")
    rows = list(Action.objects.filter(recommendation__report=report))
    found = bulk.foresee_dates(rows, dates=Dates(period=Period(6, Unit.MONTHS)), reason="r", by=acting(lead), at=NOW)
    assert all("nothing to count from" in refusal for refusal in refusals(found))


def test_each_action_gets_the_date_entered_for_it(plan, lead):
    own = {plan[0].pk: DUE, plan[2].pk: DUE + timedelta(days=1)}
    bulk.date_many(plan, dates=Dates(own=own), reason="r", by=acting(lead), at=NOW)
    assert dues() == [DUE, None, DUE + timedelta(days=1)]


def test_an_odd_date_is_questioned_for_each_action(plan, lead):
    found = bulk.foresee_dates(plan, dates=Dates(on=date(2011, 1, 1)), reason="r", by=acting(lead), at=NOW)
    assert all("before the report was published" in each.question for each in found)


def test_an_impossible_year_is_refused_for_the_action(plan, lead):
    found = bulk.foresee_dates(plan, dates=Dates(on=date(3013, 1, 1)), reason="r", by=acting(lead), at=NOW)
    assert all("check the year" in refusal for refusal in refusals(found))


def test_dates_without_a_reason_are_refused(plan, lead):
    with pytest.raises(Refused, match="Say why"):
        bulk.date_many(plan, dates=Dates(on=DUE), reason=" ", by=acting(lead), at=NOW)


def test_a_set_aside_action_gets_no_date(plan, lead):
    moves.move(plan[0], Move.SET_ASIDE, reason="r", by=acting(lead), at=NOW)
    bulk.date_many(plan, dates=Dates(on=DUE), reason="r", by=acting(lead), at=NOW)
    assert dues() == [None, DUE, DUE]


def test_several_hundred_actions_take_few_queries_each(rotherham, lead, owner, django_assert_max_num_queries):
    report = factories.peer_review(rotherham, by=lead, texts=tuple(f"improve {n}" for n in range(40)))
    rows = list(Action.objects.filter(recommendation__report=report).select_related("authority", "owner"))
    with django_assert_max_num_queries(40 * 4 + 40):
        bulk.assign_many(rows, owner=owner, by=acting(lead), at=NOW)
