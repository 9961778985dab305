"""What was done to several actions at once, lately: listed, and undone within the hour."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import acting
from tests.worlds import world
from tracker.models import Action, BulkChange
from tracker.services import actions, bulk
from tracker.services.bulk import Dates

NOW = factories.at(2012, 9, 10)


@world
def plan(report):
    return list(Action.objects.order_by("reference"))


def told(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def owners():
    return set(Action.objects.values_list("owner__name", flat=True))


@world
def change(plan, owner, lead):
    """All three actions given to the owner within the hour."""
    return bulk.assign_many(plan, owner=owner, by=acting(lead), at=timezone.now())


def test_the_undoing_first_says_what_goes_back(as_lead, change, plan):
    page = as_lead.get(reverse("bulk-undo", args=[change.pk]))
    assert len(page.context["changing"]) == 3 and "back to nobody" in page.content.decode()
    assert owners() == {"Ben Moss"}


def test_undone_it_is_told(as_lead, change):
    answer = as_lead.post(reverse("bulk-undo", args=[change.pk]))
    assert owners() == {None} and "Undone: 3 actions have again" in told(answer)


def test_what_was_left_is_told_with_its_reason(as_lead, change, plan, lead):
    row = Action.objects.get(pk=plan[0].pk)
    actions.assign(row, owner=lead, by=acting(lead), at=change.made_at)
    answer = as_lead.post(reverse("bulk-undo", args=[change.pk]))
    assert f"{row.reference}: Its owner has been changed since." in told(answer)


def test_after_the_hour_the_page_sends_back_with_the_sentence(as_lead, change):
    BulkChange.objects.update(made_at=change.made_at - timedelta(minutes=61))
    answer = as_lead.get(reverse("bulk-undo", args=[change.pk]))
    assert answer.url == reverse("bulk-changes") and "more than an hour ago" in told(answer)


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_council_s_change_is_as_if_it_did_not_exist(as_stranger, change, method):
    assert getattr(as_stranger, method)(reverse("bulk-undo", args=[change.pk])).status_code == 404
    assert owners() == {"Ben Moss"}


def test_an_owner_may_not_undo_a_lead_s_change(as_owner, change):
    assert as_owner.post(reverse("bulk-undo", args=[change.pk])).status_code == 404


def test_the_latest_changes_are_listed_with_their_way_back(as_lead, change):
    page = as_lead.get(reverse("bulk-changes")).content.decode()
    assert "3 actions given to Ben Moss" in page and reverse("bulk-undo", args=[change.pk]) in page


def test_an_undone_change_has_no_way_back_and_says_who_undid_it(as_lead, change):
    as_lead.post(reverse("bulk-undo", args=[change.pk]))
    page = as_lead.get(reverse("bulk-changes")).content.decode()
    assert "<strong>Undone</strong>" in page and reverse("bulk-undo", args=[change.pk]) not in page


def test_without_any_the_page_says_how_to_begin(as_lead, report):
    assert "Tick several actions" in as_lead.get(reverse("bulk-changes")).content.decode()


def test_a_stranger_reads_nothing_of_it(as_stranger, change):
    assert "Ben Moss" not in as_stranger.get(reverse("bulk-changes")).content.decode()


def test_the_history_of_each_action_tells_its_own_part(as_lead, plan, lead, owner):
    own = {plan[0].pk: date(2013, 1, 1), plan[1].pk: date(2013, 2, 1)}
    bulk.date_many(plan, dates=Dates(own=own), reason="agreed", by=acting(lead), at=NOW)
    bulk.assign_many(plan, owner=owner, by=acting(lead), at=NOW)
    lines = as_lead.get(reverse("action", args=[plan[1].pk])).context["history"]
    assert [line.what for line in lines][:2] == ["Assigned to Ben Moss", "Due date set to 1 February 2013"]
