"""The list of actions: quick, small, with counts that agree, a next step in each row, and a file and a print of it."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.factories import acting
from tests.plenty import plenty
from tests.worlds import world
from tracker.choices import EventKind, Role
from tracker.models import Action, Event
from tracker.services import actions, memberships, moves

NOW = factories.at(2012, 9, 10)
LONG = (
    "ensure that the quality of assessments is consistently good, that they take account of the history of the family "
    "and of the views, wishes and feelings of every child, and that managers oversee and record decisions at each stage "
    "so that plans are specific, measurable and reviewed within the timescales that the procedures of the board set out"
)


def fifty(rotherham, lead, owner):
    report = factories.peer_review(rotherham, by=lead, texts=tuple(f"{LONG} ({n})" for n in range(50)))
    for recommendation in report.recommendations.all()[:25]:
        factories.owned(recommendation.actions.get(), owner, by=lead)


def test_fifty_long_actions_take_at_most_twelve_queries_and_sixty_kilobytes(as_lead, rotherham, lead, owner):
    fifty(rotherham, lead, owner)
    as_lead.get(reverse("me"))  # a session notes its use once a minute
    with CaptureQueriesContext(connection) as queries:
        page = as_lead.get(reverse("actions"), {"per": 50})
    assert len(page.context["listed"]) == 50
    assert len(queries) <= 12
    assert len(page.content) < 60_000


def test_two_councils_take_at_most_twelve_queries(as_lead, rotherham, lead, owner, staffordshire, stranger):
    fifty(rotherham, lead, owner)
    factories.peer_review(staffordshire, by=stranger)
    memberships.grant_membership(user=lead, authority=staffordshire, role=Role.LEAD, by=factories.house(), at=NOW)
    as_lead.get(reverse("me"))  # a session notes its use once a minute
    with CaptureQueriesContext(connection) as queries:
        as_lead.get(reverse("actions"), {"per": 50})
    assert len(queries) <= 12


@pytest.mark.parametrize(("per", "rows"), [("25", 25), ("50", 30), ("7", 25), ("x", 25), ("-1", 25), ("", 25)])
def test_a_page_is_as_long_as_the_address_says_where_it_is_a_known_length(as_lead, rotherham, lead, per, rows):
    factories.peer_review(rotherham, by=lead, texts=tuple(f"improve {n}" for n in range(30)))
    assert len(as_lead.get(reverse("actions"), {"per": per}).context["listed"]) == rows


def test_the_length_of_a_page_stays_in_the_address(as_lead, rotherham, lead):
    factories.peer_review(rotherham, by=lead, texts=tuple(f"improve {n}" for n in range(60)))
    page = as_lead.get(reverse("actions"), {"per": "50"}).content.decode()
    assert "per=50&amp;page=2" in page and '<input type="hidden" name="per" value="50">' in page


def test_every_quick_filter_counts_what_its_address_finds(as_owner, owned, owner, lead):
    factories.submitted(owned, by=owner)
    page = as_owner.get(reverse("actions"))
    found = {
        link.words: as_owner.get(f"{reverse('actions')}?{link.query}").context["pages"].count
        for link in page.context["quick"]
    }
    assert found == {link.words: link.count for link in page.context["quick"]}
    assert found["Awaiting sign-off"] == 1


def test_the_quick_filter_in_force_is_marked(as_lead, owned):
    page = as_lead.get(reverse("actions"), {"when": "none", "page": 1})
    assert [link.words for link in page.context["quick"] if link.current] == ["No date"]


def test_a_filter_is_taken_away_by_a_link(as_lead, owned):
    page = as_lead.get(reverse("actions"), {"status": "open", "when": "none"})
    assert [rest for _, rest in page.context["narrowed"]] == ["when=none", "status=open"]


def test_a_lead_without_a_plan_is_led_to_the_upload(as_lead):
    assert reverse("upload") in as_lead.get(reverse("actions")).content.decode()


# The next step of each row.


WHO = ["lead", "second", "owner", "partner", "board", "auditor"]


@world
def council(rotherham):
    """A plan of which two more actions are given to the owner: one handed in, one begun."""
    council = plenty(rotherham, "rotherham")
    rows = list(Action.objects.order_by("reference"))
    actions.assign(rows[3], owner=council.owner, by=acting(council.lead), at=NOW)
    actions.assign(rows[4], owner=council.owner, by=acting(council.lead), at=NOW)
    factories.submitted(Action.objects.get(pk=rows[3].pk), by=council.owner)
    moves.move(rows[4], moves.Move.START, by=acting(council.owner), at=NOW)
    return council


@pytest.mark.parametrize("who", WHO)
def test_the_next_step_of_a_row_is_the_next_step_of_the_action_s_own_page(client, council, who):
    client.force_login(getattr(council, who))
    listed = client.get(reverse("actions")).context["listed"]
    alone = {row.pk: client.get(reverse("action", args=[row.pk])).context["next"] for row, _ in listed}
    assert {action.pk: row.step for action, row in listed} == alone


def test_a_row_leads_to_its_next_step(as_lead, action):
    page = as_lead.get(reverse("actions")).content.decode()
    assert f'href="{reverse("assign", args=[action.pk])}"' in page


# Ticks.


def test_only_rows_of_a_plan_the_person_keeps_can_be_ticked(client, lead, owned, staffordshire, stranger):
    factories.peer_review(staffordshire, by=stranger)
    memberships.grant_membership(user=lead, authority=staffordshire, role=Role.BOARD, by=factories.house(), at=NOW)
    client.force_login(lead)
    listed = client.get(reverse("actions")).context["listed"]
    assert {row.may_tick for action, row in listed if action.authority_id == owned.authority_id} == {True}
    assert {row.may_tick for action, row in listed if action.authority_id == staffordshire.pk} == {False}


def test_an_owner_is_offered_no_ticks(as_owner, owned):
    page = as_owner.get(reverse("actions")).content.decode()
    assert 'name="action"' not in page and "Change several at once" not in page


# The file and the print.


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_filtered_list_is_saved_as_a_file(as_lead, owned, owner):
    answer = as_lead.get(reverse("save-actions"), {"owner": owner.pk})
    assert [row["Reference"] for row in rows_of(answer)] == [owned.reference]
    assert answer["Content-Disposition"].startswith('attachment; filename="actions-20')
    assert rows_of(answer)[0]["Owner"] == "Ben Moss"


def test_a_file_leaves_a_line_in_the_trail_with_its_hash_and_its_actions(as_lead, owned, owner):
    as_lead.get(reverse("save-actions"), {"owner": owner.pk})
    event = Event.objects.latest("id")
    details = json.loads(event.bodies.get().body)["details"]
    assert event.kind == EventKind.LIST_SAVED
    assert details["actions"] == [owned.reference] and len(details["sha256"]) == 64
    assert details["filter"] == "Owner: Ben Moss"


def test_an_owner_takes_their_own_actions_only(as_owner, owned):
    assert [row["Reference"] for row in rows_of(as_owner.get(reverse("save-actions")))] == [owned.reference]


def test_a_partner_takes_nothing_and_is_told(client, rotherham, owned):
    partner = factories.member("Pia Frost", rotherham, Role.PARTNER)
    owned.partners.add(partner)
    client.force_login(partner)
    before = factories.events()
    answer = client.get(reverse("save-actions"), follow=True)
    assert "no action in this list that you may save" in answer.content.decode()
    assert factories.events() == before


def test_a_stranger_s_file_holds_no_row_of_it(as_stranger, owned, staffordshire, stranger):
    factories.peer_review(staffordshire, by=stranger)
    assert {row["Authority"] for row in rows_of(as_stranger.get(reverse("save-actions")))} == {"Staffordshire"}


def test_a_formula_in_the_words_is_not_run_by_a_spreadsheet(as_lead, action, lead):
    actions.edit(action, what="=cmd|' /C calc'!A0", outcome="", start_on=None, by=acting(lead), at=NOW)
    rows = rows_of(as_lead.get(reverse("save-actions"), {"q": action.reference}))
    assert rows[0]["What we will do"].startswith("'=")


def test_an_address_that_makes_no_sense_saves_nothing(as_lead, owned):
    before = factories.events()
    answer = as_lead.get(reverse("save-actions"), {"status": "bogus"})
    assert answer.url == f"{reverse('actions')}?status=bogus" and factories.events() == before


def test_rows_of_two_councils_leave_a_line_in_each_trail(as_lead, lead, owned, staffordshire, stranger):
    factories.peer_review(staffordshire, by=stranger)
    memberships.grant_membership(user=lead, authority=staffordshire, role=Role.LEAD, by=factories.house(), at=NOW)
    as_lead.get(reverse("save-actions"))
    saved = Event.objects.filter(kind=EventKind.LIST_SAVED)
    assert set(saved.values_list("chain__authority__code", flat=True)) == {"RTH", "STF"}


def test_the_print_holds_every_row_with_all_its_words(as_lead, rotherham, lead):
    factories.peer_review(rotherham, by=lead, texts=tuple(f"{LONG} ({n})" for n in range(30)))
    page = as_lead.get(reverse("print-actions"), {"status": "open"})
    assert page.content.decode().count(LONG) == 30 and "Status: Open" in page.content.decode()


def test_the_print_takes_as_few_queries_for_many_rows(as_lead, rotherham, lead, django_assert_max_num_queries):
    factories.peer_review(rotherham, by=lead, texts=tuple(f"improve {n}" for n in range(30)))
    with django_assert_max_num_queries(8):
        as_lead.get(reverse("print-actions"))
