"""Who may open which page about people, and what each role reads there: the table of roles, page by page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.factories import acting
from tests.web.test_pages import INLINE
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Membership
from tracker.services import actions, deputies, memberships

NOW = factories.at(2012, 9, 10)
KEEPERS = {Role.LEAD, Role.ADMINISTRATOR}


@world
def everybody(rotherham, lead, owner):
    """Somebody for each role of the table, in Rotherham."""
    others = {role: factories.member(f"{role.label} Vane", rotherham, role) for role in Role}
    return {**others, Role.LEAD: lead, Role.OWNER: owner}


@world
def pages(rotherham, everybody):
    """The pages of those who keep people, about somebody who is none of those who ask."""
    pia = factories.member("Pia Ray", rotherham, Role.OWNER, job_title="Designated nurse")
    held = pia.memberships.get()
    return {
        "invite": reverse("invite", args=["RTH"]),
        "another role": reverse("grant-role", args=["RTH", pia.pk]),
        "settings": reverse("council-settings", args=["RTH"]),
        "change settings": reverse("change-settings", args=["RTH"]),
        "director": reverse("director", args=["RTH"]),
        "change": reverse("change-role", args=[held.pk]),
        "end": reverse("end-membership", args=[held.pk]),
        "deputy": reverse("name-deputy", args=[held.pk]),
        "send": reverse("send-invitation", args=[held.pk]),
    }


OF_A_MEMBERSHIP = {"change", "end", "deputy", "send"}


@pytest.mark.parametrize("role", Role)
def test_people_are_kept_by_leads_and_administrators_alone(client, everybody, pages, role):
    client.force_login(everybody[role])
    found = {name: client.get(address).status_code for name, address in pages.items()}
    refused = {name: 404 if name in OF_A_MEMBERSHIP | {"another role"} else 302 for name in pages}
    if role != Role.PARTNER:
        refused["another role"] = 302
    assert found == (dict.fromkeys(pages, 200) if role in KEEPERS else refused)


@pytest.mark.parametrize("role", Role)
def test_the_list_tells_roles_and_use_to_keepers_and_names_to_the_others(client, everybody, role):
    client.force_login(everybody[role])
    page = client.get(reverse("people-of", args=["RTH"])).content.decode()
    assert ("Last signed in" in page, "Invite somebody" in page) == (role in KEEPERS, role in KEEPERS)
    assert everybody[role].name in page


@pytest.mark.parametrize("role", sorted(set(Role) - KEEPERS))
def test_who_keeps_no_people_reads_no_address_and_no_role_of_a_colleague(client, everybody, owned, role):
    client.force_login(everybody[role])
    actions.edit(
        owned, what="Read", outcome="", start_on=None, partners=[everybody[Role.PARTNER]],
        accountable=everybody[Role.LEAD], by=acting(everybody[Role.LEAD]), at=NOW,
    )  # fmt: skip
    shown = everybody[Role.LEAD]
    page = client.get(reverse("person", args=["RTH", shown.pk])).content.decode()
    assert shown.name in page and shown.email not in page and "Keeps the whole plan" not in page


def test_a_partner_finds_those_who_answer_for_their_actions_and_nobody_else(client, everybody, owned, lead):
    partner = everybody[Role.PARTNER]
    actions.edit(owned, what="Read", outcome="", start_on=None, partners=[partner], by=acting(lead), at=NOW)
    client.force_login(partner)
    found = client.get(reverse("people-of", args=["RTH"])).context["people"]
    assert {each.name for each in found} == {partner.name, owned.owner.name}
    assert client.get(reverse("person", args=["RTH", everybody[Role.BOARD].pk])).status_code == 404


def test_a_stranger_at_another_council_finds_none_of_these_pages(as_stranger, pages, lead):
    about = [*pages.values(), reverse("people-of", args=["RTH"]), reverse("person", args=["RTH", lead.pk])]
    assert {as_stranger.get(address).status_code for address in about} == {404}
    assert {as_stranger.post(address, {}).status_code for address in pages.values()} == {404}


def test_a_person_of_one_council_is_not_found_under_another(as_stranger, lead):
    assert as_stranger.get(reverse("person", args=["STF", lead.pk])).status_code == 404


def test_nobody_reads_about_people_without_signing_in(client, pages):
    assert {client.get(address).url.split("?")[0] for address in pages.values()} == {"/accounts/login/"}


def test_the_pages_hold_no_inline_script_or_style_and_one_first_heading(as_lead, pages, owner):
    more = [reverse("people"), reverse("people-of", args=["RTH"]), reverse("person", args=["RTH", owner.pk])]
    for address in [*pages.values(), *more, reverse("me"), reverse("change-me")]:
        page = as_lead.get(address, follow=True).content.decode()
        assert not INLINE.findall(page) and page.count("<h1") == 1


def test_the_menu_leads_to_people_for_whoever_has_a_role(as_owner):
    assert f'href="{reverse("people")}"' in as_owner.get(reverse("home")).content.decode()


def test_without_a_role_the_page_of_people_says_what_to_do(client, db):
    client.force_login(factories.person("Tom Finch"))
    assert "You have no role in a council yet" in client.get(reverse("people")).content.decode()


def test_who_is_at_one_council_gets_to_its_people_at_once(as_owner):
    assert as_owner.get(reverse("people")).url == reverse("people-of", args=["RTH"])


def test_who_is_at_several_councils_chooses_one(as_lead, lead, staffordshire):
    memberships.grant_membership(user=lead, authority=staffordshire, role=Role.BOARD, by=factories.house(), at=NOW)
    assert [each.code for each in as_lead.get(reverse("people")).context["councils"]] == ["RTH", "STF"]


def test_the_site_s_administrator_keeps_people_and_reads_no_word_of_the_plan(client, owned, owner):
    client.force_login(factories.person("Rosa Quill", is_superuser=True))
    assert "People of Rotherham" in client.get(reverse("people")).content.decode()
    page = client.get(reverse("person", args=["RTH", owner.pk]))
    assert page.context["owned"] == 1
    assert owned.what not in page.content.decode() and owned.reference not in page.content.decode()


def test_an_administrator_of_the_council_reads_how_many_actions_and_not_which(client, everybody, owned, owner):
    client.force_login(everybody[Role.ADMINISTRATOR])
    page = client.get(reverse("person", args=["RTH", owner.pk])).content.decode()
    assert "1. What the action says is shown to those who see the plan." in page and owned.reference not in page


def lines(client, show=""):
    page = client.get(reverse("people-of", args=["RTH"]), {"show": show} if show else {})
    return {line.person.name: line for line in page.context["lines"]}


def test_the_list_counts_each_person_s_open_actions(as_lead, owned, owner, lead):
    found = lines(as_lead)
    assert (found[owner.name].open_actions, found[lead.name].open_actions) == (1, 0)


def test_a_sign_in_before_the_role_was_granted_is_not_told_to_the_council(as_lead, stranger, rotherham):
    stranger.last_login = factories.at(2012, 9, 20)
    stranger.save()
    by = factories.house()
    memberships.grant_membership(
        user=stranger, authority=rotherham, role=Role.BOARD, by=by, at=factories.at(2012, 10, 1)
    )
    assert lines(as_lead)[stranger.name].seen_on is None


def test_accounts_that_nobody_uses_are_listed_apart(as_lead, owner):
    assert owner.name in lines(as_lead, "unused")


def test_those_who_have_left_are_listed_on_request_alone(as_lead, owner, lead):
    memberships.end_membership(owner.memberships.get(), by=acting(lead), at=NOW)
    assert (owner.name in lines(as_lead), owner.name in lines(as_lead, "left")) == (False, True)


def test_who_keeps_no_people_finds_nobody_who_has_left(client, everybody, lead):
    gone = everybody[Role.OWNER]
    memberships.end_membership(gone.memberships.get(), by=acting(lead), at=NOW)
    client.force_login(everybody[Role.BOARD])
    assert gone.name not in client.get(reverse("people-of", args=["RTH"])).content.decode()
    assert client.get(reverse("person", args=["RTH", gone.pk])).status_code == 404


def test_the_list_takes_no_more_queries_for_more_people(as_lead, rotherham):
    as_lead.get("/me/")  # notes in the session that it is used, which is done once a minute
    before = queries_of_the_list(as_lead)
    for number in range(5):
        factories.member(f"Somebody Number{number}", rotherham, Role.OWNER)
    assert queries_of_the_list(as_lead) == before


def queries_of_the_list(client):
    with CaptureQueriesContext(connection) as found:
        client.get(reverse("people-of", args=["RTH"]))
    return len(found)


def test_a_button_that_is_closed_says_why(as_lead, lead):
    page = as_lead.get(reverse("person", args=["RTH", lead.pk])).content.decode()
    assert "Nobody changes their own role." in page and "the only improvement lead of Rotherham" in page


def test_a_deputy_reads_for_whom_they_stand_in(client, owner, lead, rotherham):
    deputy, day = factories.member("Dora Vale", rotherham, Role.OWNER), Membership.objects.get(user=owner)
    today = factories.at(2012, 9, 10).date()
    deputies.name_deputy(
        day, deputy=deputy, first_day=today, last_day=today.replace(year=2099), by=acting(owner), at=NOW
    )
    client.force_login(deputy)
    assert owner.name in client.get(reverse("me")).content.decode()
