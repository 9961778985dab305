"""The page on which words of an action are chosen and their erasure is asked for, and what a second lead sees of it."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tests.web.sending import send, shown
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Action, Erasure, EventBody
from tracker.services import actions, erasures

NOW = at(2012, 10, 1)
WORDS, CLEAN = "Visit Jordan Quixotrel of Elm Street <today>.", "Visit every child."


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


@world
def changed(owned, lead):
    for words in (WORDS, CLEAN):
        owned = actions.edit(owned, what=words, outcome="", start_on=None, partners=[], by=acting(lead), at=NOW)
    return owned


def key(action, text=WORDS):
    return next(words.key for words in erasures.words_of(action) if words.text == text)


@world
def asked(changed, lead):
    place = next(words.place for words in erasures.words_of(changed) if words.text == WORDS)
    return erasures.ask_erasure(changed, places=[place], reason="A child is named.", by=acting(lead), at=NOW)


def page_of(client, name, number):
    return client.get(reverse(name, args=[number])).content.decode()


def test_the_page_offers_all_that_the_action_says_or_has_said(as_lead, changed):
    page = page_of(as_lead, "erase-words", changed.pk)
    assert "Visit Jordan Quixotrel of Elm Street &lt;today&gt;." in page
    assert re.search(r"Visit every child\.</span><br><span[^>]*>What we will do, [^<]*The action says so now\.", page)


def test_words_are_chosen_and_nothing_is_erased_yet(as_lead, changed):
    send(as_lead, "erase-words", changed, words=[key(changed)], reason="A child is named.")
    erasure = Erasure.objects.get()
    assert (erasure.granted, [words.text for words in erasures.words_asked(erasure)]) == (None, [WORDS])


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"words": []}, "words", "Choose the words that are to be erased."),
        ({"words": ["1.0.what"]}, "words", "Some of these words are gone already. Choose again."),
        ({"reason": " "}, "reason", "Say why they have to be erased."),
    ],
    ids=["none", "others", "no reason"],
)
def test_what_is_missing_is_said_beside_its_field(as_lead, changed, given, field, sentence):
    answer = send(as_lead, "erase-words", changed, **{"words": [key(changed)], "reason": "named", **given})
    assert sentence in shown(answer, field)


def test_an_action_in_the_report_s_own_words_has_none_to_erase(as_lead, report):
    untouched = report.recommendations.last().actions.get()
    answer = as_lead.get(reverse("erase-words", args=[untouched.pk]), follow=True)
    assert "none but the report’s own" in answer.content.decode()


def test_the_action_s_page_leads_there_and_says_what_is_asked(as_lead, changed, asked):
    page = page_of(as_lead, "action", changed.pk)
    assert reverse("erase-words", args=[changed.pk]) in page
    assert "Amina Lark has asked for words of this action to be erased." in page


def test_a_second_request_waits_for_the_first(as_lead, changed, asked):
    answer = as_lead.get(reverse("erase-words", args=[changed.pk]), follow=True)
    assert "A second person has to decide on that first." in answer.content.decode()


def test_a_second_lead_finds_it_at_home_reads_the_words_and_erases_them(client, changed, asked, second):
    client.force_login(second)
    assert f"Words of {changed.reference}" in client.get("/").content.decode()
    assert "Visit Jordan Quixotrel" in page_of(client, "decide-erasure", asked.pk)
    answer = send(client, "decide-erasure", asked, decision="grant", reason="")
    assert answer.status_code == 302
    assert not EventBody.objects.filter(body__contains="Quixotrel").exists()


@world
def erased(asked, second):
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=at(2012, 10, 2))
    return Action.objects.get(pk=asked.action_id)


def test_the_history_says_who_did_what_and_no_more(as_lead, erased):
    page = page_of(as_lead, "action", erased.pk)
    assert "Quixotrel" not in page
    assert page.count("<strong>Action&#x27;s words edited</strong>") == 2
    assert "<strong>Words of the action erased after a breach</strong>: A child is named." in page
    assert "Amina Lark and Greta Field" in page


def test_what_was_decided_no_longer_shows_the_words(as_lead, erased, asked):
    page = page_of(as_lead, "decide-erasure", asked.pk)
    assert "They are gone." in page and "Quixotrel" not in page


def test_an_owner_is_offered_no_erasure(client, changed, owner):
    client.force_login(owner)
    assert reverse("erase-words", args=[changed.pk]) not in page_of(client, "action", changed.pk)


def test_an_owner_who_asks_all_the_same_is_refused(client, changed, owner):
    client.force_login(owner)
    client.post(reverse("erase-words", args=[changed.pk]), {"words": [key(changed)], "reason": "mine"})
    assert not Erasure.objects.exists()


def test_an_owner_does_not_learn_that_an_erasure_is_asked_for(client, asked, owner):
    client.force_login(owner)
    assert "to be erased" not in page_of(client, "action", asked.action_id)


def test_a_lead_elsewhere_finds_no_page(client, changed, stranger):
    client.force_login(stranger)
    assert client.get(reverse("erase-words", args=[changed.pk])).status_code == 404


@world
def refused(asked, second):
    erasures.decide_erasure(asked, granted=False, reason="Nobody is named.", by=acting(second), at=at(2012, 10, 2))
    return asked


def test_what_was_not_erased_still_shows_the_words(as_lead, refused):
    assert "Visit Jordan Quixotrel" in page_of(as_lead, "decide-erasure", refused.pk)


def test_who_asks_again_is_told_that_it_was_refused_before(as_lead, refused):
    page = page_of(as_lead, "erase-words", refused.action_id)
    assert "decided on 2 October 2012" in page and reverse("decide-erasure", args=[refused.pk]) in page


@pytest.mark.parametrize("who", ["lead", "owner"])
def test_the_action_s_page_says_by_whom_and_why_its_words_were_erased(client, erased, who, request):
    client.force_login(request.getfixturevalue(who))
    assert "by Amina Lark and Greta Field, because: A child is named." in page_of(client, "action", erased.pk)
