"""The next mail before it goes: one's own whole, and to a lead the part that is about their council."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import acting, at
from tests.mornings import morning
from tracker.choices import Role
from tracker.services import memberships

# Looked at on Friday 30 November 2012: the action falls due on Monday 3 December, the next working day.
FRIDAY = at(2012, 11, 30, 15)


@pytest.fixture
def friday(owned, monkeypatch):
    """The afternoon of that Friday, when everything up to then was told."""
    for day in ((2012, 9, 4), (2012, 11, 19), (2012, 11, 30)):
        morning(*day)
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY)
    return owned


@pytest.fixture
def elsewhere(friday, owner, stranger, staffordshire):
    """The owner has an action at another council too, due on the same day."""
    memberships.grant_membership(
        user=owner, authority=staffordshire, role=Role.OWNER, by=acting(stranger), at=at(2012, 9, 3)
    )
    other = factories.peer_review(staffordshire, by=stranger, texts=("settle the quixotrel matter",))
    return factories.owned(other.recommendations.get().actions.get(), owner, by=stranger)


def read(client, person, name, *args):
    client.force_login(person)
    return client.get(reverse(name, args=args))


def words(answer):
    return " ".join(answer.content.decode().split())


def test_one_s_next_mail_is_shown_with_its_day_its_subject_and_why(client, friday, owner):
    answer = words(read(client, owner, "own-next-digest"))
    told = ("Monday 3 December 2012", "1 due this week – Rotherham", "due on 3 December 2012: reminder on the day")
    assert [each for each in told if each not in answer] == []


def test_the_mail_stands_in_a_sandbox_and_as_text(client, friday, owner):
    answer = words(read(client, owner, "own-next-digest"))
    assert re.search(r'<iframe[^>]* src="/notifications/next/mail/"[^>]* sandbox="allow-popups', answer)
    assert f"* {friday.reference} (new)" in answer


def test_the_mail_in_the_frame_may_do_nothing_but_look_like_itself(client, friday, owner):
    answer = read(client, owner, "own-next-mail")
    rules = dict(rule.strip().split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split(";"))
    assert {name: rules.get(name) for name in ("default-src", "style-src", "frame-ancestors")} == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "frame-ancestors": "'self'",
    }
    assert ("allow-scripts" in rules["sandbox"], answer.headers["X-Frame-Options"]) == (False, "SAMEORIGIN")


def test_pages_are_framed_by_nobody_all_the_same(client, friday, owner):
    assert read(client, owner, "own-next-digest").headers["X-Frame-Options"] == "DENY"


def test_who_is_owed_nothing_new_reads_so_and_has_no_mail(client, friday, rotherham):
    nobody = factories.member("Ada Wren", rotherham, Role.PARTNER)
    assert "nothing is newly owed to you" in words(read(client, nobody, "own-next-digest"))
    assert read(client, nobody, "own-next-mail").status_code == 404


def test_one_s_own_mail_holds_what_is_of_all_one_s_councils(client, elsewhere, friday, owner):
    answer = words(read(client, owner, "own-next-mail"))
    assert (friday.reference in answer, elsewhere.reference in answer) == (True, True)


@pytest.mark.parametrize("name", ["next-digest-of", "next-mail-of"])
def test_a_lead_reads_the_part_that_is_about_the_council_and_no_other(
    client, elsewhere, friday, owner, lead, stranger, name
):
    answer = words(read(client, lead, name, "RTH", owner.pk))
    assert friday.reference in answer
    assert [word for word in (elsewhere.reference, "quixotrel", "Staffordshire") if word in answer] == []
    assert elsewhere.reference in words(read(client, stranger, name, "STF", owner.pk))


def test_a_lead_sees_to_whom_mail_goes_and_how_many_lines(client, elsewhere, friday, owner, lead):
    answer = read(client, lead, "next-digests", "RTH")
    counts = {each.notice.recipient.name: each.lines for each in answer.context["page"]}
    assert (counts[owner.name], answer.context["rehearsal"].on) == (1, date(2012, 12, 3))
    assert "Staffordshire" not in words(answer)


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_nobody_but_a_lead_looks_at_the_mail_of_others(client, friday, owner, rotherham, role):
    person = factories.member("Bea Holt", rotherham, role)
    found = [
        read(client, person, "next-digests", "RTH"),
        read(client, person, "next-digest-of", "RTH", owner.pk),
        read(client, person, "next-mail-of", "RTH", owner.pk),
    ]
    assert [answer.status_code for answer in found] == [404] * 3


def test_a_lead_looks_at_nobody_s_mail_at_another_council(client, friday, owner, lead, stranger):
    assert read(client, stranger, "next-digest-of", "STF", owner.pk).status_code == 404
    assert read(client, lead, "next-digest-of", "RTH", stranger.pk).status_code == 404


def test_my_notifications_lead_to_it(client, friday, owner):
    assert f'href="{reverse("own-next-digest")}"' in words(read(client, owner, "notifications"))
