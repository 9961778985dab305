"""The settings of a council, its director, and one's own details."""

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import acting
from tracker.choices import Role
from tracker.rules.authority_settings import HINTS, LABELS, LIMITS, AuthoritySettings, in_words
from tracker.rules.refusal import Refused
from tracker.services import reference

NOW = factories.at(2012, 9, 10)


def address(name):
    return reverse(name, args=["RTH"])


def words(answer):
    return answer.content.decode()


def hidden(form):
    """What a form carries beside what is typed."""
    return {name: form[name] for name in ("version", "seen")}


def test_every_number_has_its_label_hint_and_default_on_the_page(as_lead, db):
    page = words(as_lead.get(address("council-settings")))
    assert set(LABELS) == set(HINTS) == set(LIMITS)
    assert page.count("(the default)") == len(LIMITS)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("first_response_days", 1, "1 working day"),
        ("due_soon_days", 14, "14 days"),
        ("digest_weekday", 4, "Friday"),
        ("digest_hour", 8, "8am"),
        ("digest_hour", 12, "12pm"),
        ("digest_hour", 20, "8pm"),
    ],
)
def test_a_setting_is_said_in_words(name, value, said):
    assert in_words(name, value) == said


def test_a_lead_changes_the_numbers_and_what_else_is_set_stays(as_lead, lead, rotherham):
    kept = {"family_defaults": {"ilacs": "within 3 months"}, "silent_days": 45}
    reference.change_settings(rotherham, settings=kept, by=acting(lead), at=NOW)
    typed = {"due_soon_days": "21", "digest_weekday": "0", "digest_hour": "", "version": 2}
    as_lead.post(address("change-settings"), typed)
    rotherham.refresh_from_db()
    assert rotherham.settings == {
        "family_defaults": {"ilacs": "within 3 months"},
        "due_soon_days": 21,
        "digest_weekday": 0,
    }


def test_settings_that_somebody_else_has_changed_meanwhile_are_shown_and_not_overwritten(as_lead, lead, rotherham):
    opened = as_lead.get(address("change-settings")).context["form"].initial
    reference.change_settings(rotherham, settings={"silent_days": 45}, by=acting(lead), at=NOW)
    answer = as_lead.post(address("change-settings"), {"due_soon_days": "21", **hidden(opened)})
    rotherham.refresh_from_db()
    assert rotherham.settings == {"silent_days": 45}
    assert ("No news", "The default", "45 days", True) in answer.context["conflict"]


def test_after_the_comparison_what_was_typed_is_saved_on_the_newer_settings(as_lead, lead, rotherham):
    opened = as_lead.get(address("change-settings")).context["form"].initial
    reference.change_settings(rotherham, settings={"silent_days": 45}, by=acting(lead), at=NOW)
    form = as_lead.post(address("change-settings"), {"due_soon_days": "21", **hidden(opened)}).context["form"]
    as_lead.post(address("change-settings"), {"due_soon_days": "21", "silent_days": "45", **hidden(form.data)})
    rotherham.refresh_from_db()
    assert rotherham.settings == {"silent_days": 45, "due_soon_days": 21}


def test_a_director_whom_somebody_else_has_named_meanwhile_is_not_overwritten(as_lead, lead, rotherham, board_member):
    opened = as_lead.get(address("director")).context["form"].initial
    reference.set_director(rotherham, director=board_member, by=acting(lead), at=NOW)
    answer = as_lead.post(address("director"), {"director": lead.pk, **hidden(opened)})
    rotherham.refresh_from_db()
    assert rotherham.director == board_member
    assert ("Director", "Nobody", board_member.name, True) in answer.context["conflict"]


def test_what_is_set_is_shown_beside_the_default(as_lead, lead, rotherham):
    reference.change_settings(rotherham, settings={"silent_days": 45}, by=acting(lead), at=NOW)
    page = words(as_lead.get(address("council-settings")))
    assert "45 days" in page and f"the default is {AuthoritySettings().silent_days} days" in page


@pytest.mark.parametrize("typed", ["0", "91", "some"])
def test_a_number_outside_its_limits_is_refused_with_the_limits(as_lead, rotherham, typed):
    form = as_lead.post(address("change-settings"), {"due_soon_days": typed}).context["form"]
    assert form.errors["due_soon_days"] == ["Due soon: give a whole number from 1 to 90, or leave it empty"]


def test_an_owner_is_sent_from_the_settings_to_the_people_with_the_sentence(as_owner):
    for name in ("council-settings", "change-settings", "director"):
        answer = as_owner.get(address(name), follow=True)
        assert answer.redirect_chain == [(address("people-of"), 302)]
        assert "Only an improvement lead or an administrator" in words(answer)


def test_a_lead_names_the_director_and_takes_them_back(as_lead, rotherham, board_member):
    as_lead.post(address("director"), {"director": board_member.pk, "version": 1})
    rotherham.refresh_from_db()
    assert rotherham.director == board_member
    assert board_member.name in words(as_lead.get(address("council-settings")))
    as_lead.post(address("director"), {"director": "", "version": 2})
    rotherham.refresh_from_db()
    assert rotherham.director is None


@pytest.mark.parametrize(("role", "may"), [(each, each not in (Role.PARTNER, Role.ADMINISTRATOR)) for each in Role])
def test_only_who_sees_the_whole_plan_is_told_of_what_is_overdue(lead, rotherham, role, may):
    person = factories.member("Dora Vale", rotherham, role)
    try:
        reference.set_director(rotherham, director=person, by=acting(lead), at=NOW)
    except Refused as refused:
        assert (may, refused.field) == (False, "director")
    else:
        assert may


def test_a_director_who_is_director_already_is_no_line_of_the_trail(lead, rotherham, board_member):
    reference.set_director(rotherham, director=board_member, by=acting(lead), at=NOW)
    before = len(factories.events())
    reference.set_director(rotherham, director=board_member, by=acting(lead), at=NOW)
    assert len(factories.events()) == before


def test_people_read_their_own_roles_and_details(as_owner, owner):
    page = words(as_owner.get(reverse("me")))
    assert owner.email in page and "Action owner, Rotherham" in page


def test_people_change_their_own_name_and_post_and_the_trail_tells(as_owner, owner):
    given = {"name": "Ben Moss-Hale", "job_title": "Head of early help", "organisation": ""}
    answer = as_owner.post(reverse("change-me"), given)
    owner.refresh_from_db()
    assert (answer.url, owner.name, owner.job_title) == (reverse("me"), "Ben Moss-Hale", "Head of early help")
    assert factories.events()[-1] == "person_changed"


def test_nobody_takes_their_own_name_away(as_owner, owner):
    form = as_owner.post(reverse("change-me"), {"name": " "}).context["form"]
    owner.refresh_from_db()
    assert form.errors["name"] == ["Enter your name"] and owner.name == "Ben Moss"


def test_nobody_opens_the_admin_to_themselves_by_their_own_details(as_owner, owner):
    as_owner.post(
        reverse("change-me"), {"name": "Ben Moss", "is_staff": "on", "is_superuser": "on", "email": "a@b.org"}
    )
    owner.refresh_from_db()
    assert (owner.is_staff, owner.is_superuser, owner.email) == (False, False, "ben.moss@example.org")
