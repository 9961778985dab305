"""The sets of actions that pages count with agree with the rules that judge one action."""

from datetime import date, timedelta
from itertools import product

import pytest

from tests import factories
from tests.worlds import world
from tracker.choices import Priority, Status
from tracker.models import Action, Membership
from tracker.rules import standing
from tracker.rules.answers import standing_help
from tracker.services import actions

pytestmark = pytest.mark.django_db

TODAY = date(2012, 11, 12)
DUE = (None, -20, -1, 0, 1, 13, 14, 15)
GRACE = (0, 1, 5)


def day(offset):
    return None if offset is None else TODAY + timedelta(days=offset)


@world
def table(report, owner, lead):
    """An action for every status, due date and first-response period; half of them with an owner."""
    rows = []
    recommendation = report.recommendations.first()
    for number, (status, due, grace) in enumerate(product(Status, DUE, GRACE)):
        kept = {"submitted_at": factories.at(2012, 11, 1), "submitted_by": owner}
        closed = {"closed_at": factories.at(2012, 11, 2), "closed_by": lead} if status == Status.CLOSED else {}
        submitted = kept if status in (Status.SUBMITTED, Status.CLOSED) else {}
        owned = {"owner": owner, "assigned_on": TODAY} if number % 2 else {}
        rows.append(
            Action(
                authority=report.authority,
                recommendation=recommendation,
                reference=f"T-{number:03}",
                what="see every child alone",
                status=status,
                original_due=day(due),
                agreed_due=day(due),
                overdue_after=None if due is None else day(due + grace),
                accepted_on=TODAY - timedelta(days=60),
                last_heard_at=factories.at(2012, 11, 1),
                **owned,
                **submitted,
                **closed,
            )
        )
    Action.objects.bulk_create(rows)
    return Action.objects.filter(reference__startswith="T-")


def by_rule(table, judges):
    return {action.reference for action in table if judges(action)}


def references(rows):
    return set(rows.values_list("reference", flat=True))


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_overdue_rows_are_those_the_rule_calls_overdue(table, offset):
    on = day(offset)
    wanted = by_rule(table, lambda action: standing.is_overdue(action.standing, as_at=on))
    assert references(table.overdue(on)) == wanted != set()


@pytest.mark.parametrize("moved", [0, 30])
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_rows_overdue_against_the_original_date_are_those_of_the_rule(table, offset, moved):
    if moved:
        later = TODAY + timedelta(days=moved)
        table.filter(agreed_due__isnull=False).update(agreed_due=later, overdue_after=later)
    on = day(offset)
    wanted = by_rule(table.all(), lambda action: standing.is_overdue_against_original(action.standing, as_at=on))
    assert references(table.overdue_against_original(on)) == wanted != set()


@pytest.mark.parametrize("days", [0, 1, 14])
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_rows_due_soon_are_those_the_rule_calls_due_soon(table, offset, days):
    on = day(offset)
    wanted = by_rule(table, lambda action: standing.is_due_soon(action.standing, as_at=on, days=days))
    assert references(table.due_within(on, days)) == wanted != set()


def test_open_rows_are_those_of_the_open_statuses(table):
    assert references(table.open()) == by_rule(table, lambda action: action.status in standing.OPEN)


def test_undated_rows_are_open_and_never_overdue(table):
    undated = references(table.undated())
    wanted = by_rule(table, lambda action: action.status in standing.OPEN and action.agreed_due is None)
    assert undated == wanted
    assert not undated & references(table.overdue(TODAY))


def test_rows_without_an_owner_are_the_open_ones_nobody_has(table):
    wanted = by_rule(table, lambda action: action.status in standing.OPEN and action.owner is None)
    assert references(table.unowned()) == wanted


def test_rows_awaiting_sign_off_are_the_submitted_ones_whatever_their_date(table):
    assert references(table.awaiting_sign_off()) == by_rule(table, lambda action: action.status == Status.SUBMITTED)


def test_overdue_due_later_and_undated_part_the_open_actions(table):
    far = (date(2099, 1, 1) - TODAY).days
    parts = [references(rows) for rows in (table.overdue(TODAY), table.due_within(TODAY, far), table.undated())]
    assert (sum(map(len, parts)), set.union(*parts)) == (table.open().count(), references(table.open()))


def test_a_plan_is_read_immediate_first_then_by_date_with_the_undated_last(report):
    for action, priority, due in zip(
        Action.objects.order_by("reference"),
        (Priority.NORMAL, Priority.NORMAL, Priority.IMMEDIATE),
        (None, day(0), day(30)),
        strict=True,
    ):
        Action.objects.filter(pk=action.pk).update(
            priority=priority, original_due=due, agreed_due=due, overdue_after=due
        )
    read = [action.reference for action in Action.objects.all().ranked()]
    assert read == ["RTH-2012-03", "RTH-2012-02", "RTH-2012-01"]


def test_a_deputy_s_days_include_the_first_and_the_last(owner, lead):
    Membership.objects.filter(user=owner).update(deputy=lead, deputy_from=day(0), deputy_to=day(2))
    stands_in = [Membership.objects.deputising(lead, day(offset)).exists() for offset in (-1, 0, 2, 3)]
    assert stands_in == [False, True, True, False]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kinds", "asking"),
    [
        (["help"], 1),
        (["help", "update"], 0),
        (["help", "on_track"], 0),
        (["update", "help"], 1),
        (["help", "no_change"], 1),
        (["no_change"], 0),
    ],
)
def test_an_action_asks_for_help_until_somebody_notes_more(owned, lead, kinds, asking):
    for day, kind in enumerate(kinds, 1):
        actions.note(owned, text="words", kind=kind, by=factories.acting(lead), at=factories.at(2012, 10, day))
    assert Action.objects.asking_for_help().count() == asking
    assert (standing_help([*reversed(kinds)]) is not None) == bool(asking)
