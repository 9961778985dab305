"""The board's page: every figure leads to the list it counts; who finds it; what it offers to whom."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.boards import board_council
from tests.factories import acting
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Action
from tracker.rules.london import day_of
from tracker.services import actions, board, memberships

ROLES = [Role.LEAD, Role.OWNER, Role.BOARD, Role.AUDITOR]


@world
def there(rotherham):
    return board_council(rotherham, timezone.now())


@world
def address(rotherham):
    return reverse("board", args=[rotherham.pk])


def page_of(client, person, address):
    client.force_login(person)
    return client.get(address)


def words(client, person, address):
    return page_of(client, person, address).content.decode()


def test_every_figure_is_the_count_of_the_list_it_leads_to(client, there, address):
    shown = page_of(client, there.member, address).context
    figures = {each.words: each for each in [*shown["totals"], *shown["exceptions"]] if each.number}
    assert len(figures) > 5
    extended = figures.pop("Extensions granted")
    counts = {name: client.get(each.address).context["pages"].count for name, each in figures.items()}
    assert counts == {name: each.number for name, each in figures.items()}
    assert client.get(extended.address).context["pages"].count == 1


def test_the_statement_of_totals_adds_up(client, there, address):
    shown = page_of(client, there.member, address).context
    assert sum(each.number for each in shown["totals"]) == shown["total"] == Action.objects.count()


def test_a_lead_of_two_councils_finds_the_figures_of_the_one(client, there, address, staffordshire):
    memberships.grant_membership(
        user=there.lead, authority=staffordshire, role=Role.LEAD, by=factories.house(), at=timezone.now()
    )
    factories.peer_review(staffordshire, by=there.lead)
    shown = page_of(client, there.lead, address).context
    started = next(each for each in shown["totals"] if each.words == "Not started")
    assert client.get(started.address).context["pages"].count == started.number


def test_who_follows_one_board_is_led_to_it(client, there, address):
    client.force_login(there.member)
    assert client.get(reverse("boards")).url == address


def test_who_follows_several_boards_chooses(client, there, staffordshire):
    memberships.grant_membership(
        user=there.member, authority=staffordshire, role=Role.BOARD, by=factories.house(), at=timezone.now()
    )
    page = words(client, there.member, reverse("boards"))
    assert "13 actions, 10 overdue." in page and "There is no plan yet." in page


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR])
def test_who_sees_no_whole_plan_finds_no_board(client, there, address, role):
    somebody = factories.member("Bea Holt", there.authority, role)
    assert page_of(client, somebody, address).status_code == 404
    assert "You have none of these roles" in words(client, somebody, reverse("boards"))


def test_a_stranger_finds_no_board(as_stranger, there, address):
    assert as_stranger.get(address).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_offered_what_it_may_do(client, there, address, role):
    page = words(client, factories.member("Bea Holt", there.authority, role), address)
    offered = {name for name in ("Plan another meeting", "Raise a challenge", "Download the plan") if name in page}
    wanted = {
        Role.LEAD: {"Plan another meeting", "Raise a challenge", "Download the plan"},
        Role.OWNER: set(),
        Role.BOARD: {"Raise a challenge", "Download the plan"},
        Role.AUDITOR: {"Download the plan"},
    }
    assert offered == wanted[role]


def test_what_moved_since_the_last_meeting_is_told_with_names_and_dates(client, there, address):
    page = words(client, there.member, address)
    due = there.authority.actions.get(pk=there.action.pk).agreed_due
    assert f"from 10 August 2012 to {due:%-d %B %Y}" in page
    assert "from Ben Moss to Amina Lark" in page
    assert "Superseded: Merged into another action." in page


def test_challenges_answered_since_the_last_meeting_are_shown_with_their_answers(client, there, address):
    page = words(client, there.member, address)
    assert "Every challenge has its answer." in page and "The practice board reads all of them" in page


def test_an_empty_board_says_what_to_do_next(client, rotherham, lead, address):
    page = words(client, lead, address)
    assert "No meeting is planned." in page and "There is no action in this plan yet." in page
    assert "No meeting has been held yet." in page and "No challenge has been raised yet." in page


def test_a_cancelled_meeting_is_shown_with_its_reason_and_is_not_the_next(client, there, address):
    board.cancel_meeting(there.next, reason="The room is closed.", by=acting(there.lead), at=timezone.now())
    page = words(client, there.member, address)
    assert "cancelled: The room is closed." in page and "No meeting is planned." in page


def test_an_action_that_became_overdue_since_the_last_meeting_is_told(client, there, address, report):
    today = day_of(timezone.now())
    action = report.recommendations.first().actions.get()
    actions.set_first_due(
        action, due=today - timedelta(days=5), reason="agreed", by=acting(there.lead), at=timezone.now()
    )
    shown = page_of(client, there.member, address).context
    fallen, _ = shown["stood"]
    assert [line.reference for line in fallen.lines] == [action.reference]


@world
def report(there):
    return factories.peer_review(there.authority, by=there.lead)


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


@pytest.mark.parametrize("name", ["board", "home", "meeting"])
def test_more_actions_and_challenges_ask_no_more_of_the_database(client, there, address, name):
    client.force_login(there.lead)
    address = {"board": address, "home": reverse("home"), "meeting": reverse("meeting", args=[there.next.pk])}[name]
    board.challenge(there.authority, text="Why?", meeting=there.next, by=acting(there.member), at=timezone.now())
    queries(client, address)
    few = queries(client, address)
    for action in Action.objects.filter(owner=None, status="not_started")[:5]:
        actions.assign(action, owner=there.owner, by=acting(there.lead), at=timezone.now())
        board.challenge(
            there.authority,
            text="Why?",
            action=action,
            meeting=there.next,
            by=acting(there.member),
            at=timezone.now(),
        )
    assert queries(client, address) <= few


def test_a_board_s_page_holds_no_inline_script_or_style(client, there, address):
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    addresses = [
        address,
        reverse("boards"),
        reverse("challenges", args=[there.authority.pk]),
        reverse("meeting", args=[there.next.pk]),
        reverse("change-meeting", args=[there.next.pk]),
        reverse("cancel-meeting", args=[there.next.pk]),
        reverse("plan-meeting", args=[there.authority.pk]),
        reverse("challenge-plan", args=[there.authority.pk]),
        reverse("pack", args=[there.authority.pk]),
        reverse("notifications"),
    ]
    client.force_login(there.lead)
    for each in addresses:
        page = client.get(each, follow=True)
        assert page.status_code == 200 and page.content.decode().count("<h1") == 1
        assert not inline.findall(page.content.decode())
