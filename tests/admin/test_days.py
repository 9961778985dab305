"""Dates in the admin: as people write them, day before month, and what is wrong said in a sentence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tracker.admin.days import TypedDayField
from tracker.admin.site import site
from tracker.models import Action


@pytest.mark.parametrize("text", ["27 March 2027", "27/3/2027", "27 mar 2027", "2027-03-27", date(2027, 3, 27)])
def test_a_date_is_taken_as_people_write_it(text):
    assert TypedDayField().clean(text) == date(2027, 3, 27)


def test_the_day_stands_before_the_month():
    assert TypedDayField().clean("3/4/2027") == date(2027, 4, 3)


@pytest.mark.parametrize(("text", "said"), [("27/3/27", "four digits"), ("soon", "real date"), ("", "required")])
def test_what_is_wrong_is_said(text, said):
    with pytest.raises(ValidationError, match=said):
        TypedDayField().clean(text)


def test_an_empty_box_is_no_date():
    assert TypedDayField(required=False).clean("") is None


def test_a_first_due_date_is_set_with_a_month_s_name(admin_client, action):
    page = reverse("admin:tracker_action_page", args=[action.pk, "first-due"])
    typed = {"version": action.version, "due": "5 January 2030", "reason": "as the board agreed"}
    seen = admin_client.post(page, typed).context["seen"]
    admin_client.post(page, {**typed, "seen": seen})
    action.refresh_from_db()
    assert action.agreed_due == date(2030, 1, 5)


def test_the_admin_s_own_forms_take_such_dates_too(admin_client, action, rf):
    request = rf.get("/")
    request.user = action.authority.memberships.first().user
    field = site._registry[Action].formfield_for_dbfield(Action._meta.get_field("start_on"), request)
    assert isinstance(field, TypedDayField)
