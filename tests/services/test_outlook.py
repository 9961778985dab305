"""What an owner is told now and will be told next about their actions."""

from datetime import date

import pytest

from tests.factories import at, house, submitted
from tracker.choices import DigestChoice, DueKind
from tracker.models import Action, Due
from tracker.services import notices
from tracker.services.notifications import outlook

pytestmark = pytest.mark.django_db

TODAY = date(2012, 11, 20)  # thirteen days before the action is due


def ahead(on=TODAY):
    return outlook(Action.objects.filter(owner__isnull=False), Due.objects.filter(settled_at=None), on=on)


def kinds(said):
    return [(each.action.reference, each.what.kind, each.what.threshold) for each in said]


def test_what_stands_in_the_ledger_waits_to_be_told(owned):
    notices.plan(by=house(), at=at(2012, 11, 20))
    assert ("RTH-2012-01", DueKind.BEFORE_DUE, 14) in kinds(ahead().waiting)


def test_what_is_not_in_the_ledger_does_not_wait(owned):
    assert ahead().waiting == ()


def test_what_was_written_down_and_holds_no_longer_is_left_out(owned, owner):
    notices.plan(by=house(), at=at(2012, 11, 20))
    submitted(owned, by=owner)
    assert DueKind.BEFORE_DUE not in [kind for _, kind, _ in kinds(ahead().waiting)]


def test_what_comes_next_is_in_the_order_of_its_days(owned):
    found = ahead().coming
    assert kinds(found)[0] == ("RTH-2012-01", DueKind.BEFORE_DUE, 7)
    assert [each.what.since for each in found] == sorted(each.what.since for each in found)


def test_what_is_for_leads_is_not_said_to_the_owner(owned):
    told = {kind for _, kind, _ in kinds(ahead(date(2012, 12, 20)).coming)}
    assert told == {DueKind.OVERDUE}


def test_who_hears_of_what_is_overdue_alone_is_promised_nothing_else(owned):
    notices.plan(by=house(), at=at(2012, 11, 20))
    rows = Action.objects.filter(owner__isnull=False), Due.objects.filter(settled_at=None)
    found = outlook(*rows, on=TODAY, choice=DigestChoice.OVERDUE_ONLY)
    assert {each.what.kind for each in (*found.waiting, *found.coming)} <= {DueKind.OVERDUE}
