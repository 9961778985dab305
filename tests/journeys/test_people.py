"""Inviting somebody, who then follows the link and signs in; and a lead who hands over what a colleague leaves."""

import re

import pytest
from django.core import mail

from tests.journeys.conftest import PASSWORD, sign_in
from tracker.models import User

pytestmark = pytest.mark.usefixtures("committed")


def test_a_lead_invites_somebody_who_chooses_a_password_and_sees_the_plan(page, picture, council, given):
    sign_in(page, council["lead"])
    page.goto("/councils/WSX/people/")
    picture("people")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill("ida.thorn@example.org")
    page.get_by_label("Name", exact=True).fill("Ida Thorn")
    page.get_by_label("Board member", exact=True).check()
    picture("invite")
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("Ida Thorn is invited to West Sussex as board member").wait_for()
    picture("invited")
    page.get_by_role("button", name="Sign out").click()

    body = next(each.body for each in mail.outbox if each.to == ["ida.thorn@example.org"])
    page.goto(re.search(r"https?://[^/\s]+(/\S+/key/\S+)", body).group(1))
    page.get_by_role("heading", name="Choose your password").wait_for()
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    picture("choose-password")
    page.get_by_role("button", name="Set the password").click()
    page.get_by_text("Your password is set").wait_for()
    sign_in(page, User.objects.get(email="ida.thorn@example.org"))
    page.goto("/actions/")
    page.get_by_role("link", name=given.reference).wait_for()
    picture("invited-sees-plan")


def test_a_lead_ends_a_role_and_hands_over_what_is_open(page, picture, council, given):
    sign_in(page, council["lead"])
    page.goto("/councils/WSX/people/")
    page.get_by_role("link", name="Ben Moss").click()
    picture("person")
    page.get_by_role("button", name="End the role").click()
    page.get_by_role("link", name=given.reference).wait_for()
    picture("end-role")
    page.get_by_role("button", name="End the role").click()
    page.get_by_role("link", name="say who takes over").click()
    page.get_by_label("Who takes over?").select_option(label="Amina Lark, Improvement lead")
    page.get_by_role("button", name="End the role").click()
    page.get_by_text("Their open actions are now Amina Lark’s.").wait_for()
    picture("role-ended")
    given.refresh_from_db()
    assert given.owner == council["lead"]
