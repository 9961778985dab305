"""A date in three boxes: the month by its number or its name, the year with four digits."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tracker.web.forms.bulk import TypedDay
from tracker.web.forms.fields import DayInput, day


def read(*parts):
    return day("Due date").clean(list(parts))


@pytest.mark.parametrize("month", ["11", "Nov", "november", "NOV.", "November"])
def test_the_month_may_be_a_number_or_a_name(month):
    assert read("24", month, "2026") == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("24", "11", "26"), "four digits"),
        (("24", "Smarch", "2026"), "month as a number or a name"),
        (("31", "Feb", "2026"), "real date"),
        (("24", "", "2026"), "month as a number or a name"),
        (("x", "11", "2026"), "real date"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(parts, said):
    with pytest.raises(ValidationError, match=said):
        read(*parts)


def test_the_box_has_room_for_the_longest_month():
    html = DayInput().render("due", None, {"id": "id_due"})
    assert 'name="due_1" type="text" maxlength="9"' in html


def test_only_day_and_year_ask_for_digits_on_a_telephone():
    assert DayInput().render("due", None, {"id": "id_due"}).count('inputmode="numeric"') == 2


@pytest.mark.django_db
def test_a_first_due_date_is_set_with_a_month_s_name(as_lead, action):
    address = reverse("first-due", args=[action.pk])
    hidden = {f.html_name: f.value() or "" for f in as_lead.get(address).context["form"].hidden_fields()}
    as_lead.post(address, {**hidden, "due_0": "24", "due_1": "Nov", "due_2": "2034", "reason": "agreed", "sure": "on"})
    action.refresh_from_db()
    assert action.agreed_due == date(2034, 11, 24)


def test_one_box_takes_a_whole_date():
    assert TypedDay(required=False).clean("27 Mar 2035") == date(2035, 3, 27)
