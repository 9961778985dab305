"""The second factor: setting it up, signing in with it, and the ways round it that are shut."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests import factories, signing_in
from tests.signing_in import enter_code, enter_password, is_signed_in, recovery_codes, shown_code
from tests.web import addresses
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Event
from tracker.services import memberships, second_factors

pytestmark = pytest.mark.django_db
SET_UP, CODE, LOGIN = signing_in.SET_UP, signing_in.CODE, signing_in.LOGIN
NOW = factories.at(2013, 6, 1)


@world
def guarded(lead):
    """Amina Lark, with a password and a second factor."""
    return signing_in.with_factor(lead, second_factors)


@pytest.fixture
def asked(settings):
    """An installation that asks leads and administrators for a second factor."""
    settings.SECOND_FACTOR = "leads"


@pytest.fixture
def in_session(client, guarded):
    enter_password(client, guarded)
    enter_code(client, shown_code())
    return client


@pytest.fixture
def plain(client, lead):
    """Amina Lark signed in by her password; she has no second factor yet."""
    signing_in.with_password(lead)
    enter_password(client, lead)
    client.post("/accounts/reauthenticate/", {"password": signing_in.PASSWORD})
    return client


# Setting it up


def test_the_page_shows_the_picture_in_the_page_itself_and_the_key_in_words(plain):
    page = plain.get(SET_UP).content.decode()
    assert "<svg" in page and "<?xml" not in page and page.count("<span>") >= 8


def test_setting_it_up_keeps_the_secret_encrypted(plain, lead):
    secret = signing_in.set_up_by_page(plain)
    kept = second_factors.Authenticator.objects.get(user=lead, type="totp").data["secret"]
    assert secret == signing_in.secret_of(lead) and secret not in kept


def test_the_recovery_codes_are_shown_once(plain, lead):
    signing_in.set_up_by_page(plain)
    codes = recovery_codes(lead)
    first, second = (plain.get(reverse("mfa_view_recovery_codes")).content.decode() for _ in range(2))
    assert all(code in first for code in codes) and not any(code in second for code in codes)


def test_setting_it_up_is_confirmed_beside_the_recovery_codes(plain):
    signing_in.set_up_by_page(plain)
    assert "Your second factor is set up" in plain.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_the_trail_is_told_and_holds_no_secret(plain, lead):
    secret = signing_in.set_up_by_page(plain)
    event = Event.objects.latest("id")
    told = "".join(event.bodies.values_list("body", flat=True))
    assert event.kind == "factor_set_up" and not any(word in told for word in (secret, *recovery_codes(lead)))


def test_the_person_is_told_by_mail(plain, lead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        signing_in.set_up_by_page(plain)
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([lead.email], "Your second factor for the Improvement tracker is set up")
    ]


def test_the_session_that_set_it_up_goes_on_under_a_new_key_and_every_other_ends(plain, lead):
    elsewhere = Client()
    enter_password(elsewhere, lead)
    before = plain.session.session_key
    signing_in.set_up_by_page(plain)
    assert (is_signed_in(plain), is_signed_in(elsewhere), plain.session.session_key == before) == (True, False, False)


def test_setting_it_up_needs_the_password_again(client, lead):
    signing_in.with_password(lead)
    client.force_login(lead)
    assert client.get(SET_UP).url.startswith("/accounts/reauthenticate/")


# Signing in


def test_a_password_alone_leads_to_the_code_and_no_further(client, guarded):
    answer = enter_password(client, guarded)
    assert (answer.url, is_signed_in(client)) == (CODE, False)


def test_the_code_signs_in_under_a_new_session_key(client, guarded):
    enter_password(client, guarded)
    before = client.session.session_key
    enter_code(client, shown_code())
    assert is_signed_in(client) and client.session.session_key != before


def test_signing_in_oneself_gives_a_network_address_no_further_tries(client, guarded, owner):
    signing_in.with_password(owner)
    for number in range(19):
        client.post(LOGIN, {"login": f"somebody{number}@example.org", "password": "x"})
    enter_password(client, guarded)
    enter_code(client, shown_code())
    assert is_signed_in(client)
    Client().post(LOGIN, {"login": "somebody@example.org", "password": "x"})
    again = Client()
    enter_password(again, owner)
    assert not is_signed_in(again)


def test_the_clock_of_a_telephone_may_be_half_a_minute_wrong(client, guarded):
    enter_password(client, guarded)
    enter_code(client, shown_code(later=1))
    assert is_signed_in(client)


@pytest.mark.parametrize("later", [-3, 3])
def test_a_code_of_another_time_is_refused(client, guarded, later):
    enter_password(client, guarded)
    enter_code(client, shown_code(later=later))
    assert not is_signed_in(client)


def test_a_code_is_taken_once_by_whichever_web_process(in_session, guarded):
    signing_in.forget_counts()
    again = Client()
    enter_password(again, guarded)
    enter_code(again, shown_code())
    assert not is_signed_in(again)


def test_an_earlier_code_is_refused_after_a_later_one(client, guarded):
    assert second_factors.accept_timed(guarded, shown_code(later=1))
    assert not second_factors.accept_timed(guarded, shown_code())


def test_the_code_that_set_it_up_signs_nobody_in(plain, lead):
    secret = signing_in.set_up_by_page(plain)
    again = Client()
    enter_password(again, lead)
    enter_code(again, shown_code(secret))
    assert not is_signed_in(again)


def test_a_recovery_code_signs_in_once_and_is_told(client, guarded):
    code = recovery_codes(guarded)[0]
    for each in (client, again := Client()):
        enter_password(each, guarded)
        enter_code(each, code)
    assert (is_signed_in(client), is_signed_in(again)) == (True, False)
    assert factories.events().count("recovery_code_used") == 1


def test_who_signs_in_with_a_recovery_code_is_told_how_many_are_left(client, guarded):
    enter_password(client, guarded)
    enter_code(client, recovery_codes(guarded)[0])
    page = client.get(reverse("me")).content.decode()
    assert "You signed in with a recovery code, which does not work again. You have 9 left." in page


def test_codes_are_guessed_five_times_and_then_the_right_one_is_refused_too(client, guarded):
    enter_password(client, guarded)
    for number in range(5):
        enter_code(client, f"{number:06}")
    again = Client()
    enter_password(again, guarded)
    answer = enter_code(again, shown_code())
    assert "five minutes" in answer.content.decode() and not is_signed_in(again)


# Ways round it


def test_a_sign_in_that_waits_for_its_code_ends_with_a_new_password(client, guarded):
    enter_password(client, guarded)
    guarded.set_password("a different one 9")
    guarded.save()
    enter_code(client, shown_code())
    assert not is_signed_in(client)


def test_a_sign_in_that_waits_for_its_code_ends_with_the_account(client, guarded):
    enter_password(client, guarded)
    factories.people.change_person(guarded, is_active=False, by=factories.house(), at=NOW)
    enter_code(client, shown_code())
    assert not is_signed_in(client)


def test_the_admin_s_own_login_leads_to_the_code(client, guarded):
    factories.people.change_person(guarded, is_staff=True, by=factories.house(), at=NOW)
    told = {"username": guarded.email, "password": signing_in.PASSWORD}
    answer = client.post("/admin/login/?next=/admin/", told)
    assert answer.url.startswith(LOGIN) and client.get("/admin/").status_code == 302


def test_the_page_that_asks_for_the_password_again_finishes_no_sign_in(client, guarded):
    enter_password(client, guarded)
    client.post("/accounts/reauthenticate/", {"password": signing_in.PASSWORD})
    assert not is_signed_in(client)


def test_a_new_password_by_mail_does_not_sign_in_past_it(client, guarded):
    from_mail = client.get(signing_in.link_of(guarded))
    client.post(from_mail.url, {"password1": "a different one 9", "password2": "a different one 9"})
    assert not is_signed_in(client)
    assert enter_password(client, guarded, "a different one 9").url == CODE


def test_who_is_asked_for_one_gets_to_no_page_or_file_before_setting_it_up(asked, client, lead, rotherham, report):
    client.force_login(lead)
    walked = [each for each in addresses.everything(rotherham) if each != reverse("favicon")]
    answers = [way(each).headers.get("Location") for each in walked for way in (client.get, client.post)]
    assert len(walked) > 80 and set(answers) == {SET_UP}


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/tracker/user/", "/no-such-page/"])
def test_the_admin_is_behind_it_too(asked, client, address):
    client.force_login(factories.person("Sol Ames", is_staff=True, is_superuser=True))
    assert client.get(address).headers.get("Location") == SET_UP


def test_a_session_of_before_the_factor_was_asked_for_gets_no_further(client, guarded, settings):
    client.force_login(guarded)  # as by any way that showed no code
    settings.SECOND_FACTOR = "leads"
    assert client.get("/").url == LOGIN and not is_signed_in(client)


def test_who_has_shown_it_goes_on(asked, in_session):
    assert is_signed_in(in_session)


@pytest.mark.parametrize("role", [Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR])
def test_who_keeps_neither_plan_nor_people_needs_none(asked, client, rotherham, role):
    client.force_login(factories.member("Bea Holt", rotherham, role))
    assert is_signed_in(client)


def test_everybody_needs_one_where_the_setting_says_so(client, owner, settings):
    settings.SECOND_FACTOR = "everybody"
    client.force_login(owner)
    assert client.get("/").url == SET_UP


def test_a_new_lead_is_asked_at_the_next_page(asked, client, owner, lead, rotherham):
    client.force_login(owner)
    memberships.grant_membership(user=owner, authority=rotherham, role=Role.LEAD, by=factories.acting(lead), at=NOW)
    assert client.get("/").url == SET_UP


@pytest.mark.parametrize("address", ["/health", "/calendar/no-such-secret.ics"])
def test_what_needs_no_sign_in_needs_no_factor(asked, client, lead, address):
    client.force_login(lead)
    assert client.get(address).status_code != 302


# Switching it off, and losing it


def test_switching_it_off_needs_the_password_again(in_session, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert in_session.post("/accounts/second-factor/switch-off/").url.startswith("/accounts/reauthenticate/")


def test_a_code_stands_in_for_no_password(in_session):
    answer = in_session.post("/accounts/second-factor/again/", {"code": shown_code(later=1)})
    assert answer.url.startswith("/accounts/reauthenticate/")


def test_who_is_asked_for_one_and_switches_it_off_sets_up_another_at_once(asked, in_session, guarded):
    in_session.post("/accounts/reauthenticate/", {"password": signing_in.PASSWORD})
    in_session.post("/accounts/second-factor/switch-off/")
    assert in_session.get("/").url == SET_UP and factories.events()[-1] == "factor_switched_off"


def test_new_recovery_codes_take_the_place_of_the_earlier_ones(in_session, guarded):
    earlier = recovery_codes(guarded)
    in_session.post("/accounts/reauthenticate/", {"password": signing_in.PASSWORD})
    in_session.post("/accounts/second-factor/recovery-codes/new/")
    assert set(earlier).isdisjoint(recovery_codes(guarded)) and is_signed_in(in_session)


@world
def administrator(rotherham):
    """Ned Vale, administrator in Rotherham."""
    return factories.member("Ned Vale", rotherham, Role.ADMINISTRATOR)


def take_off(client, person, code="RTH"):
    return client.post(reverse("take-off-factor", args=[code, person.pk]), {"reason": "new telephone"})


def test_an_administrator_takes_a_lost_one_off(client, guarded, administrator, django_capture_on_commit_callbacks):
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        take_off(client, guarded)
    assert not second_factors.has_factor(guarded) and factories.events()[-1] == "factor_taken_off"
    assert "new telephone" in mail.outbox[0].body and mail.outbox[0].to == [guarded.email]


def test_nobody_takes_off_their_own_in_that_way(client, administrator):
    signing_in.with_factor(administrator, second_factors)
    client.force_login(administrator)
    take_off(client, administrator)
    assert second_factors.has_factor(administrator)


def test_a_lead_takes_none_off(client, guarded, rotherham):
    client.force_login(factories.member("Gil Ash", rotherham, Role.LEAD))
    take_off(client, guarded)
    assert second_factors.has_factor(guarded)


def test_an_administrator_who_asked_somebody_of_another_council_in_takes_none_off(
    client, guarded, staffordshire, administrator
):
    away = factories.member("Vic Orr", staffordshire, Role.ADMINISTRATOR)
    role = {"role": Role.BOARD, "by": factories.acting(away), "at": NOW}
    memberships.grant_membership(user=guarded, authority=staffordshire, **role)
    client.force_login(away)
    take_off(client, guarded, "STF")
    assert second_factors.has_factor(guarded)
