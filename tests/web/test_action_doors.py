"""Whom the pages of an action answer: those of its council by their role, and nobody else."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tests.web.test_pages import INLINE
from tests.worlds import world
from tracker.choices import Move, Role
from tracker.services import measures, moves, ratings, steps

NOW = at(2012, 10, 1)
OWNERS = (
    "add-step",
    "change-step",
    "step-done",
    "step-undone",
    "withdraw-step",
    "add-measure",
    "change-measure",
    "record-figure",
)
LEADS = (
    "lower-rating",
    "lift-rating",
    "rate-impact",
    "split",
    "move-to",
    "answer-recommendation",
    "add-action",
    "edit-action",
)
REFUSAL = "Only an improvement lead may change the plan."


@world
def pages(owned, owner, lead, report):
    """The address of each page of an action that has one of everything; another action has its rating lowered."""
    step = steps.add_step(owned, text="Read", due_on=None, by=acting(owner), at=NOW)
    measure = measures.add_measure(owned, name="Seen alone", by=acting(owner), at=NOW)
    lowered = report.recommendations.last().actions.get()
    ratings.lower_rating(lowered, reason="late", by=acting(lead), at=NOW)
    green = report.recommendations.all()[1].actions.get()
    type(green).objects.filter(pk=green.pk).update(last_heard_at=at(2199, 1, 1))
    steps_of = ("change-step", "step-done", "step-undone", "withdraw-step")
    about = {
        **dict.fromkeys(steps_of, step.pk),
        **dict.fromkeys(("change-measure", "record-figure"), measure.pk),
        **dict.fromkeys(("answer-recommendation", "add-action"), owned.recommendation_id),
        "lift-rating": lowered.pk,
        "lower-rating": green.pk,
    }
    return {name: reverse(name, args=[about.get(name, owned.pk)]) for name in (*OWNERS, *LEADS)}


def statuses(client, pages, names):
    return {name: client.get(pages[name]).status_code for name in names}


def test_nobody_sees_a_page_without_signing_in(client, pages):
    assert all(client.get(address).url.startswith("/accounts/login/") for address in pages.values())


def test_a_lead_sees_every_page_of_their_council(as_lead, pages):
    assert statuses(as_lead, pages, pages) == dict.fromkeys(pages, 200)


def test_an_owner_sees_what_is_theirs_and_is_told_about_the_rest(as_owner, pages):
    assert statuses(as_owner, pages, OWNERS) == dict.fromkeys(OWNERS, 200)
    for name in LEADS:
        assert REFUSAL in as_owner.get(pages[name], follow=True).content.decode(), name


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_lead_of_another_council_finds_nothing(as_stranger, pages, method):
    found = {getattr(as_stranger, method)(address).status_code for address in pages.values()}
    assert found == {404}


@pytest.mark.parametrize("role", [Role.BOARD, Role.AUDITOR, Role.PARTNER])
def test_who_only_looks_changes_nothing(client, rotherham, owned, pages, role):
    person = factories.member("Ivo Hale", rotherham, role)
    owned.partners.add(person)
    client.force_login(person)
    before = factories.events()
    for name in (*OWNERS, *LEADS):
        assert client.post(pages[name], {"sure": "on"}).status_code in (302, 200, 404), name
    assert factories.events() == before


def test_no_page_holds_inline_script_or_style(as_lead, pages):
    for name, address in pages.items():
        page = as_lead.get(address).content.decode()
        assert not INLINE.findall(page) and page.count("<h1") == 1, name


def test_every_box_has_a_label_of_its_own(as_lead, pages):
    for name, address in pages.items():
        page = as_lead.get(address).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        ids = re.findall(r'<(?:input(?![^>]*type="hidden")|textarea|select)[^>]* id="([^"]+)"', main)
        assert all(f'for="{each}"' in main for each in ids), name


def test_a_closed_action_is_looked_at_again_by_another(client, pages, owned, owner, lead):
    factories.submitted(owned, by=owner)
    moves.move(owned, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))
    address = reverse("look-again", args=[owned.pk])
    client.force_login(owner)
    assert "Only an improvement lead may sign off" in client.get(address, follow=True).content.decode()
    client.force_login(lead)
    assert client.get(address).status_code == 200


def test_an_open_action_is_not_looked_at_again(as_lead, owned):
    answer = as_lead.get(reverse("look-again", args=[owned.pk]), follow=True)
    assert "is not waiting to be looked at again" in answer.content.decode()
