"""Leads and auditors read in the admin what was done about the memberships of their authority, and of no other."""

import pytest
from django.urls import reverse

from tests import factories
from tests.admin.conftest import NAMED
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Event, Membership

LIST = "admin:tracker_event_changelist"


@world
def held(rotherham, lead):
    """A membership that Amina Lark has granted and ended."""
    ned, by = factories.person("Ned Ash"), factories.acting(lead)
    held = factories.memberships.grant_membership(
        user=ned, authority=rotherham, role=Role.PARTNER, by=by, at=factories.at(2012, 10, 1)
    )
    return factories.memberships.end_membership(held, reason="Went to Hull", by=by, at=factories.at(2012, 10, 2))


@pytest.fixture
def auditor_client(client_of, rotherham):
    return client_of(factories.member("Una Dell", rotherham, Role.AUDITOR, is_staff=True))


def history(client, row):
    return client.get(reverse("admin:tracker_membership_history", args=[row.pk]))


def listed(client, kind):
    return list(client.get(f"{reverse(LIST)}?kind={kind}").context["cl"].queryset)


def test_a_membership_s_history_tells_a_lead_who_granted_and_ended_it_and_why(admin_client, held):
    lines = history(admin_client, held).context["lines"]
    assert [(line.kind, line.who, line.reason) for line in lines] == [
        ("Membership ended", "Amina Lark (lead)", "Went to Hull"),
        ("Membership granted", "Amina Lark (lead)", ""),
    ]


def test_an_auditor_finds_the_membership_in_the_list_of_events(auditor_client, held):
    assert held.pk in {event.subject_id for event in listed(auditor_client, "membership_ended")}


def test_an_event_about_a_membership_opens_and_names_the_person(admin_client, held, rotherham):
    event = listed(admin_client, "membership_ended")[0]
    page = admin_client.get(reverse("admin:tracker_event_change", args=[event.pk]))
    assert (page.status_code, "Ned Ash" in page.content.decode()) == (200, True)


def test_no_event_about_another_authority_s_memberships_is_listed(admin_client, held, foreign):
    theirs = set(Membership.objects.filter(authority=foreign.authority_id).values_list("pk", flat=True))
    shown = {event.subject_id for event in listed(admin_client, "membership_granted")}
    assert theirs
    assert not theirs & shown


def test_an_event_about_another_authority_s_membership_is_an_event_that_is_not_there(admin_client, foreign):
    theirs = Membership.objects.filter(authority=foreign.authority_id).values("pk")
    events = Event.objects.filter(subject_type=Membership.trail_type(), subject_id__in=theirs)
    pages = [admin_client.get(reverse("admin:tracker_event_change", args=[each.pk]), follow=True) for each in events]
    assert pages
    assert not any(NAMED in page.content.decode() for page in pages)


def test_who_has_left_for_another_authority_takes_no_sight_along(client_of, held, staffordshire, foreign_lead):
    """A person of both: the lead of the second reads nothing of what was done in the first."""
    factories.memberships.grant_membership(
        user=held.user, authority=staffordshire, role=Role.LEAD, by=factories.house(), at=factories.at(2012, 11, 1)
    )
    shown = {event.subject_id for event in listed(client_of(foreign_lead), "membership_ended")}
    assert held.pk not in shown


def test_an_owner_reads_no_event_about_a_membership(client_of, rotherham, held):
    owner = factories.member("Ivo Pell", rotherham, Role.OWNER, is_staff=True)
    assert client_of(owner).get(reverse(LIST)).status_code == 403
    assert history(client_of(owner), owner.memberships.get()).context["lines"] == []
