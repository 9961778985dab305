"""The page on which a person says how often mail comes: reached from each mail, never a way to silence what is overdue."""

import pytest
from django.urls import reverse

from tests import factories
from tracker.choices import DigestChoice, EventKind, Role
from tracker.models import Event

CHOICE = "/me/mail/"


def page(client, **how):
    return client.get(reverse("mail-choice"), **how).content.decode()


def test_the_address_in_the_mails_is_this_page(client, db):
    assert reverse("mail-choice") == CHOICE


def test_a_choice_is_kept_and_is_one_line_of_the_trail(as_owner, owner):
    as_owner.post(CHOICE, {"choice": DigestChoice.WEEKLY})
    owner.refresh_from_db()
    assert (owner.digest_choice, Event.objects.latest("id").kind) == (DigestChoice.WEEKLY, EventKind.PERSON_CHANGED)


def test_what_holds_now_is_marked(as_owner, owner):
    as_owner.post(CHOICE, {"choice": DigestChoice.OVERDUE_ONLY})
    assert as_owner.get(CHOICE).context["form"].initial["choice"] == DigestChoice.OVERDUE_ONLY


@pytest.mark.parametrize("given", [{}, {"choice": "never"}])
def test_silence_is_no_choice(as_owner, owner, given):
    assert as_owner.post(CHOICE, given).status_code == 200
    owner.refresh_from_db()
    assert owner.digest_choice == DigestChoice.EACH_DAY


def test_a_post_from_a_mail_program_without_sign_in_changes_nothing(client, owner):
    """What one-click unsubscribing would send (RFC 8058): we offer it in no mail, and it does nothing here."""
    answer = client.post(CHOICE, {"List-Unsubscribe": "One-Click"})
    owner.refresh_from_db()
    assert (answer.status_code, owner.digest_choice) == (302, DigestChoice.EACH_DAY)


def test_every_choice_says_what_will_come(as_owner):
    found = page(as_owner)
    assert all(words in found for words in ("first working day of the week", "on your home page only", "everything on"))


@pytest.mark.parametrize(
    ("role", "told", "not_told"),
    [
        (Role.OWNER, "A call for updates", "Your week as an improvement lead"),
        (Role.LEAD, "Your week as an improvement lead", "at the beginning of each month"),
        (Role.BOARD, "at the beginning of each month", "A call for updates"),
    ],
)
def test_what_comes_in_any_case_is_told_by_role(client, rotherham, role, told, not_told):
    client.force_login(factories.member("Bea Holt", rotherham, role))
    found = page(client)
    assert told in found and not_told not in found


@pytest.mark.parametrize("name", ["me", "notifications"])
def test_one_s_own_pages_lead_to_it(as_owner, name):
    assert f'href="{CHOICE}"' in as_owner.get(reverse(name)).content.decode()


def test_my_notifications_say_that_one_mail_a_week_holds_things_back(as_owner, owned):
    as_owner.post(CHOICE, {"choice": DigestChoice.WEEKLY})
    assert "You have chosen one mail a week" in as_owner.get(reverse("notifications")).content.decode()
