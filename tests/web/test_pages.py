"""Which page answers whom, and what no page may hold."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.worlds import world
from tracker.services import evidence, extensions

NOW = factories.at(2012, 9, 10)


@world
def everything(owned, owner, lead):
    """One of each thing that has a page, in Rotherham."""
    by = factories.acting(owner)
    piece = evidence.add_file(owned, data=b"Twenty files.", name="audit.txt", by=by, at=NOW)
    asked = extensions.ask(owned, to_due=factories.at(2013, 2, 1).date(), reason="Staff have left", by=by, at=NOW)
    report = owned.recommendation.report
    return {
        "home": reverse("home"),
        "actions": reverse("actions"),
        "action": reverse("action", args=[owned.pk]),
        "start": reverse("move", args=[owned.pk, "start"]),
        "note": reverse("note", args=[owned.pk]),
        "words": reverse("edit-action", args=[owned.pk]),
        "assign": reverse("assign", args=[owned.pk]),
        "ask": reverse("ask-extension", args=[owned.pk]),
        "file": reverse("add-evidence", args=[owned.pk, "file"]),
        "link": reverse("add-evidence", args=[owned.pk, "link"]),
        "observation": reverse("add-evidence", args=[owned.pk, "note"]),
        "download": reverse("download", args=[piece.pk]),
        "withdraw": reverse("withdraw-evidence", args=[piece.pk]),
        "decide": reverse("decide-extension", args=[asked.pk]),
        "take-back": reverse("withdraw-extension", args=[asked.pk]),
        "reports": reverse("reports"),
        "progress": reverse("progress"),
        "report": reverse("report", args=[report.pk]),
        "publication": reverse("publication", args=[report.pk]),
        "received": reverse("received", args=[report.pk]),
        "upload": reverse("upload"),
    }


OPEN_TO_ALL = ("home", "actions", "reports", "progress")
LEADS = {"words", "assign", "decide", "publication", "received", "upload"}


def opened(client, address):
    """The answer; a file is read to its end, as a browser does, so that it is closed."""
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def statuses(client, pages):
    return {name: opened(client, address).status_code for name, address in pages.items()}


def test_nobody_sees_a_page_without_signing_in(client, everything):
    for address in everything.values():
        assert client.get(address).url.startswith("/accounts/login/")


def test_a_lead_sees_every_page_of_their_council(as_lead, everything):
    # Asking for an extension is the owner's; taking one back is for whoever asked.
    assert statuses(as_lead, everything) == {name: 302 if name in ("ask", "take-back") else 200 for name in everything}


def test_an_owner_sees_what_is_theirs_and_is_told_about_the_rest(as_owner, everything):
    assert statuses(as_owner, everything) == {name: 302 if name in LEADS else 200 for name in everything}


def test_a_page_not_open_to_the_person_sends_them_back_with_the_sentence(as_owner, everything):
    answer = as_owner.get(everything["assign"], follow=True)
    assert "Only an improvement lead may change the plan." in answer.content.decode()


def test_others_rows_are_as_if_they_did_not_exist(as_stranger, everything):
    found = statuses(as_stranger, {n: a for n, a in everything.items() if n not in (*OPEN_TO_ALL, "upload")})
    assert set(found.values()) == {404}


def test_the_page_that_is_not_there_says_nothing_of_what_it_is(as_stranger, everything, owned):
    assert owned.reference not in as_stranger.get(everything["action"]).content.decode()


def test_a_stranger_finds_nothing_of_it_in_lists(as_stranger, everything, owned):
    for name in OPEN_TO_ALL:
        assert owned.reference not in as_stranger.get(everything[name]).content.decode()


def test_a_board_member_is_offered_nothing_they_may_not_do(client, board_member, everything):
    client.force_login(board_member)
    page = client.get(everything["action"]).content.decode()
    assert "What you can do" not in page


def test_a_board_member_does_not_see_confidential_evidence(client, board_member, everything):
    client.force_login(board_member)
    assert client.get(everything["download"]).status_code == 404


INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("who", ["lead", "owner"])
def test_no_page_holds_inline_script_or_style(client, who, lead, owner, everything):
    client.force_login({"lead": lead, "owner": owner}[who])
    pages = {n: client.get(a) for n, a in everything.items() if n != "download"}
    found = {n: INLINE.findall(p.content.decode()) for n, p in pages.items() if p.status_code == 200}
    assert found and not any(found.values()), found


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_the_sign_in_pages_hold_no_inline_script_or_style(client, db, name):
    assert not INLINE.findall(client.get(reverse(name)).content.decode())


def test_every_page_has_one_first_heading_and_a_title(as_lead, everything):
    for name, address in everything.items():
        answer = opened(as_lead, address)
        if answer.status_code == 200 and name != "download":
            page = answer.content.decode()
            assert page.count("<h1") == 1 and "Improvement tracker</title>" in page


@pytest.mark.parametrize("name", ["home", "actions", "action", "report", "progress"])
def test_every_page_with_ratings_says_what_they_mean(as_lead, everything, name):
    assert "open, and its agreed due date has passed" in as_lead.get(everything[name]).content.decode()


def test_a_wrong_address_is_answered_in_the_site_s_manner(as_lead):
    page = as_lead.get("/no-such-page/")
    assert page.status_code == 404 and "Page not found" in page.content.decode()


def test_signing_in_leads_home(client, lead):
    lead.set_password("four quiet words here")
    lead.save()
    given = {"login": lead.email, "password": "four quiet words here"}
    assert client.post(reverse("account_login"), given).url == reverse("home")


def test_too_many_wrong_tries_are_told_in_plain_words(client, lead):
    for _ in range(6):
        page = client.post(reverse("account_login"), {"login": lead.email, "password": "wrong words"}).content.decode()
    assert "Sign-in is closed for five minutes" in page and "<title>Error: " in page
