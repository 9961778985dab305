"""Who has access: what the list shows to whom, its file, and the confirmation that somebody has looked through it."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from tests import factories
from tests.factories import acting, at
from tracker.choices import EventKind, Role
from tracker.models import Event, Membership, User
from tracker.rules.refusal import Refused
from tracker.services import access_reviews, deputies, memberships, reference

NOW = at(2012, 10, 1)
LIST, LOOKED, FILE = (reverse(name, args=["RTH"]) for name in ("access", "looked-at-access", "save-access"))


def shown(client, address=LIST):
    return client.get(address).content.decode()


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.PARTNER, Role.AUDITOR])
def test_who_keeps_no_people_finds_no_list(client, rotherham, role):
    client.force_login(factories.member("Vera Vane", rotherham, role))
    assert [client.get(each).status_code for each in (LIST, LOOKED, FILE)] == [404, 404, 404]


def test_another_council_s_lead_finds_no_list(as_stranger):
    assert [as_stranger.get(each).status_code for each in (LIST, LOOKED, FILE)] == [404, 404, 404]


def test_a_role_in_another_council_is_not_shown(as_lead, owner, staffordshire):
    memberships.grant_membership(user=owner, authority=staffordshire, role=Role.BOARD, by=factories.house(), at=NOW)
    assert "Board member" not in shown(as_lead)


def test_an_account_without_a_role_is_shown_to_the_site_s_administrators_alone(client, lead):
    factories.person("Una Bell")
    client.force_login(lead)
    seen = ["Una Bell" in shown(client)]
    client.force_login(factories.person("Sol Ames", is_staff=True, is_superuser=True))
    assert [*seen, "Una Bell" in shown(client)] == [False, True]


def test_a_deputy_is_shown_with_the_days(as_lead, rotherham, owner):
    stands_in = factories.member("Ida Thorn", rotherham, Role.OWNER)
    first, last = localdate(), localdate() + timedelta(days=5)
    by, held = factories.house(), owner.memberships.get()
    deputies.name_deputy(held, deputy=stands_in, first_day=first, last_day=last, by=by, at=NOW)
    assert "Ida Thorn stands in, " in shown(as_lead)


def test_a_role_that_ended_is_shown_with_who_ended_it(as_lead, lead, board_member):
    memberships.end_membership(board_member.memberships.get(), by=acting(lead), at=NOW)
    Membership.objects.filter(user=board_member).update(ended_at=f"{localdate()}T00:00Z")
    assert "ended by Amina Lark" in shown(as_lead)


def test_an_account_is_unused_after_the_council_s_own_number_of_days(as_lead, lead, owner, rotherham):
    for person in (lead, owner):
        User.objects.filter(pk=person.pk).update(last_login=f"{localdate() - timedelta(days=40)}T12:00Z")
    before = "not used" in shown(as_lead)
    reference.change_settings(rotherham, settings={"unused_days": 30}, by=acting(lead), at=NOW)
    assert (before, "not for 30 days" in shown(as_lead)) == (False, True)


def test_the_list_is_sorted_as_asked(as_lead, rotherham, owner):
    page = shown(as_lead, f"{LIST}?sort=role").split("In which order")[1]
    assert page.index("Ben Moss") < page.index("Amina Lark")


def test_the_file_has_a_row_a_role_and_runs_nothing(as_lead, lead, rotherham):
    person = factories.member("Eve Cell", rotherham, Role.BOARD, job_title="=1+1")
    rows = list(csv.DictReader(io.StringIO(as_lead.get(FILE).content.decode("utf-8-sig"))))
    found = next(row for row in rows if row["Name"] == person.name)
    assert (len(rows), found["Role"], found["Job title"]) == (2, "Board member", "'=1+1")


def test_saving_the_file_is_told_by_the_trail(as_lead, lead):
    as_lead.get(FILE)
    last = Event.objects.latest("id")
    assert (last.kind, last.actor_id, last.chain.key) == (EventKind.ACCESS_LIST_SAVED, lead.pk, "authority-RTH")


def test_who_looked_through_the_list_is_shown_with_the_day(as_lead):
    as_lead.post(LOOKED, {"list": as_lead.get(LOOKED).context["form"].initial["list"]})
    assert "by Amina Lark" in shown(as_lead).split("Last looked through on")[1][:80]


def test_a_list_that_changed_meanwhile_is_not_confirmed(lead, rotherham):
    seen = access_reviews.fingerprint(rotherham.memberships.all())
    factories.member("Ida Thorn", rotherham, Role.BOARD)
    with pytest.raises(Refused, match="has changed since"):
        access_reviews.confirm(rotherham, seen=seen, by=acting(lead), at=NOW)


@pytest.mark.parametrize(("days", "asked"), [(180, False), (181, True)])
def test_home_reminds_when_nobody_has_looked_for_too_long(lead, rotherham, days, asked):
    seen = access_reviews.fingerprint(rotherham.memberships.all())
    access_reviews.confirm(rotherham, seen=seen, by=acting(lead), at=NOW)
    assert bool(access_reviews.due([rotherham], NOW + timedelta(days=days))) == asked


def test_the_reminder_stands_on_a_lead_s_home_page(as_lead):
    assert "Nobody has yet looked through who has access to Rotherham" in shown(as_lead, reverse("home"))


def test_an_owner_s_home_page_does_not_remind_of_access(as_owner):
    assert "who has access" not in shown(as_owner, reverse("home"))
