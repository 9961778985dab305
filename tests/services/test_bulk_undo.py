"""A bulk change undone within the hour: each action gets back what it had, where nobody has changed it meanwhile."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Basis, DueKind, EventKind, Move, Role, Status
from tracker.models import Action, Due, Notice, Told
from tracker.rules.refusal import Refused
from tracker.services import actions, bulk, bulk_undo, extensions, memberships, moves, verification
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


def lawful():
    return [finding.sentence for finding in verification.verify() if not finding.lawful] == []


def test_undone_each_action_has_its_former_owner_again(owned, plan, lead, owner):
    change = bulk.assign_many(plan, owner=lead, replace=True, by=acting(lead), at=NOW)
    bulk_undo.undo(change, by=acting(lead), at=SOON)
    owned.refresh_from_db()
    assert owners() == ["Ben Moss", None, None] and owned.assigned_on == date(2012, 9, 4)


def test_an_undoing_is_a_line_of_its_own_that_verifies(given, lead):
    bulk_undo.undo(given, by=acting(lead), at=SOON)
    assert factories.events()[-1] == EventKind.BULK_UNDONE and lawful()


def test_what_somebody_else_changed_is_named_and_left(given, plan, lead):
    actions.assign(plan[1], owner=lead, by=acting(lead), at=SOON)
    change = bulk_undo.undo(given, by=acting(lead), at=SOON)
    assert owners() == [None, "Amina Lark", None]
    assert change.left == {str(plan[1].pk): "Its owner has been changed since."}


def test_what_the_new_owner_has_begun_stays_theirs(given, plan, lead, owner):
    moves.move(plan[0], Move.START, by=acting(owner), at=SOON)
    actions.note(plan[1], text="Begun.", by=acting(owner), at=SOON)
    bulk_undo.undo(given, by=acting(lead), at=SOON)
    assert owners() == ["Ben Moss", "Ben Moss", None]


def test_dates_set_together_afterwards_do_not_stop_the_owners_from_going_back(given, plan, lead):
    bulk.date_many(plan, dates=Dates(on=DUE), reason="r", by=acting(lead), at=SOON)
    bulk_undo.undo(given, by=acting(lead), at=SOON)
    assert owners() == [None] * 3 and dues() == [DUE] * 3


def test_a_former_owner_who_left_gets_nothing_back(owned, plan, lead, owner):
    change = bulk.assign_many([owned, plan[1]], owner=lead, replace=True, by=acting(lead), at=NOW)
    memberships.end_membership(owner.memberships.get(), reason="left", by=factories.house(), at=SOON)
    change = bulk_undo.undo(change, by=acting(lead), at=SOON)
    assert change.left == {str(owned.pk): "Ben Moss may own no action here any more."}


def test_undone_dates_are_gone_with_all_that_explained_them(dated, plan, lead):
    before = [Action.objects.get(pk=plan[0].pk).due_explanation]
    bulk_undo.undo(dated, by=acting(lead), at=SOON)
    row = Action.objects.get(pk=plan[0].pk)
    assert (row.agreed_due, row.original_due, row.overdue_after, row.due_set_by) == (None,) * 4
    assert (row.due_basis, row.original_basis) == (Basis.NONE, Basis.NONE)
    assert row.due_explanation == plan[0].due_explanation != before[0] and lawful()


def test_after_an_undoing_a_first_date_can_be_set_again(dated, plan, lead):
    bulk_undo.undo(dated, by=acting(lead), at=SOON)
    bulk.date_many(plan, dates=Dates(on=DUE), reason="agreed", by=acting(lead), at=SOON)
    assert dues() == [DUE] * 3


def test_a_date_with_an_extension_asked_for_stands(owned, plan, lead, owner):
    change = bulk.date_many(plan, dates=Dates(on=DUE), reason="agreed", by=acting(lead), at=NOW)
    row = actions.assign(plan[1], owner=owner, by=acting(lead), at=SOON)
    extensions.ask(row, to_due=DUE + timedelta(days=9), reason="floods", by=acting(owner), at=SOON)
    change = bulk_undo.undo(change, by=acting(lead), at=SOON)
    assert dues() == [owned.agreed_due, DUE, None]
    assert change.left == {str(plan[1].pk): "An extension of its date has been asked for since."}


@pytest.mark.parametrize(("told", "left"), [(True, 1), (False, 0)])
def test_a_date_somebody_was_told_of_stands(dated, plan, owner, lead, told, left):
    due = Due.objects.create(
        authority=plan[0].authority,
        subject_type="action",
        subject_id=plan[0].pk,
        kind=DueKind.OVERDUE,
        threshold="x",
        owed_on=NOW.date(),
    )
    if told:
        notice = Notice.objects.create(recipient=owner, kind="digest", day=NOW.date(), posted_at=SOON)
        Told.objects.create(due=due, person=owner, notice=notice)
    assert len(bulk_undo.undo(dated, by=acting(lead), at=SOON).left) == left


def test_a_date_of_an_action_submitted_meanwhile_stands(dated, plan, lead, owner):
    actions.assign(plan[0], owner=owner, by=acting(lead), at=SOON)
    row = Action.objects.get(pk=plan[0].pk)
    factories.submitted(row, by=owner)
    assert Action.objects.get(pk=row.pk).status == Status.SUBMITTED
    assert list(bulk_undo.undo(dated, by=acting(lead), at=SOON).left) == [str(row.pk)]


def test_after_the_hour_it_stands(given, lead):
    before = factories.events()
    with pytest.raises(Refused, match="more than an hour ago"):
        bulk_undo.undo(given, by=acting(lead), at=NOW + timedelta(minutes=61))
    assert untouched(before)


def test_it_is_undone_once_only(given, lead):
    bulk_undo.undo(given, by=acting(lead), at=SOON)
    with pytest.raises(Refused, match="already"):
        bulk_undo.undo(given, by=acting(lead), at=SOON)


def test_where_everything_was_changed_since_the_undoing_is_refused(given, plan, lead):
    for row in plan:
        actions.assign(row, owner=lead, by=acting(lead), at=SOON)
    with pytest.raises(Refused, match="Nothing is left"):
        bulk_undo.undo(given, by=acting(lead), at=SOON)


def test_another_lead_of_the_council_may_undo_it_and_a_stranger_may_not(given, rotherham, stranger):
    with pytest.raises(Refused, match="Only an improvement lead"):
        bulk_undo.undo(given, by=acting(stranger), at=SOON)
    second = factories.member("Greta Holm", rotherham, Role.LEAD)
    assert bulk_undo.undo(given, by=acting(second), at=SOON).undone_by == second
