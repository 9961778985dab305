"""Addresses and forms that no page of ours makes are answered in words, and never by an error of the server's."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from tests import factories
from tests.admin import walk
from tests.admin.conftest import NAMED
from tests.plenty import plenty
from tests.worlds import world
from tracker.admin.site import site
from tracker.choices import Role

HUGE = "9" * 20
NUL = "%00"
MANY_WORDS = quote("chronologies " * 3000)
ODD = ["zz", HUGE, "-1", "(", "%FF"]
# What a lookup of this kind is asked for: no number, a number too large, what is no expression.
ODD_LOOKUPS = {
    **dict.fromkeys(["", "__exact", "__id__exact", "__id__in", "__year"], ("zz", HUGE)),
    **dict.fromkeys(["__isnull", "__isempty"], ("zz",)),
    **{"__gte": (HUGE,), "__regex": ("(",)},
}


@pytest.fixture
def ask(admin_client, rotherham, lead, action):
    """Asks as the lead; an error of the server's is an answer like any other, not an exception."""
    factories.member("Ben Moss", rotherham, Role.OWNER)
    admin_client.raise_request_exception = False
    return admin_client


@world
def plan_of_everything(rotherham):
    """Rows of every kind, so that the lists have filters to offer."""
    return plenty(rotherham, "rotherham")


def status(client, name, asked, *parts):
    return client.get(f"{reverse(f'admin:tracker_{name}', args=parts)}?{asked}").status_code


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("action_changelist", "family"),
        ("action_changelist", "status"),
        ("action_changelist", "status__exact"),
        ("action_changelist", "q"),
        ("membership_changelist", "role__exact"),
        ("event_changelist", "about"),
        ("event_changelist", "kind"),
        ("action_add", "recommendation"),
        ("challenge_add", "action"),
    ],
)
def test_an_address_with_a_nul_is_a_bad_request(ask, name, asked):
    assert status(ask, name, f"{asked}={NUL}") == 400


def test_an_autocomplete_asked_for_a_nul_is_a_bad_request(ask):
    address = reverse("admin:autocomplete")
    asked = f"app_label=tracker&model_name=challenge&field_name=action&term={NUL}"
    assert ask.get(f"{address}?{asked}").status_code == 400


@pytest.mark.parametrize("asked", ["recorded_at__year=9999", "recorded_at__year=9999&recorded_at__month=12"])
def test_a_year_beyond_the_calendar_leads_back_to_the_plain_list(ask, asked):
    answer = ask.get(f"{reverse('admin:tracker_event_changelist')}?{asked}", follow=True)
    assert (answer.status_code, answer.request["QUERY_STRING"]) == (200, "e=1")


def test_an_ordinary_year_filters_the_list(ask):
    address = reverse("admin:tracker_event_changelist")
    counted = {year: ask.get(f"{address}?recorded_at__year={year}").context["cl"].result_count for year in (2012, 1999)}
    assert (counted[2012] > 0, counted[1999]) == (True, 0)


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_no_filter_of_a_list_breaks_at_an_odd_value(model, ask):
    address = reverse(f"{walk.stem(model)}_changelist")
    keeper = site._registry[model]
    names = [
        item[0] if isinstance(item, tuple) else getattr(item, "parameter_name", item) for item in keeper.list_filter
    ]
    names += [keeper.date_hierarchy] if keeper.date_hierarchy else []
    asked = [f"{name}{end}={odd}" for name in names for end, odds in ODD_LOOKUPS.items() for odd in odds]
    asked += [f"{key}={odd}" for key in ("o", "p", "q") for odd in ODD] + [
        f"{key}=zz" for key in ("all", "_facets", "e")
    ]
    broken = [each for each in asked if ask.get(f"{address}?{each}").status_code >= 500]
    assert broken == []


@pytest.mark.parametrize("lookup", ["status__regex", "owner__id__gt", "owner__name__startswith"])
def test_a_filter_is_asked_for_a_value_only_and_not_by_other_lookups(ask, lookup):
    assert status(ask, "action_changelist", f"{lookup}=1") == 400


@pytest.mark.parametrize(
    ("model", "field"), [("action", "recommendation"), ("challenge", "action"), ("challenge", "meeting")]
)
@pytest.mark.parametrize("odd", ODD)
def test_a_form_prefilled_with_what_is_no_record_opens_empty(ask, model, field, odd):
    assert status(ask, f"{model}_add", f"{field}={odd}") == 200


def test_a_form_prefilled_with_a_record_shows_it(ask, action):
    page = ask.get(f"{reverse('admin:tracker_challenge_add')}?action={action.pk}")
    assert f'<option value="{action.pk}" selected>{action.reference}' in page.content.decode()


@pytest.mark.parametrize("odd", ["zz", HUGE, "0"])
def test_a_record_that_is_none_is_refused_beside_its_field(ask, odd):
    page = ask.post(reverse("admin:tracker_action_add"), {"recommendation": odd, "what": "train every team"})
    assert page.status_code == 200
    assert "recommendation" in page.context["adminform"].form.errors


@pytest.mark.parametrize("odd", ["zz", HUGE, ""])
@pytest.mark.parametrize("index", [{}, {"index": 0}])
def test_rows_that_are_none_cannot_be_chosen_for_a_change_of_several(ask, odd, index):
    sent = {"action": "assign_owner", "_selected_action": odd, **index}
    assert ask.post(reverse("admin:tracker_action_changelist"), sent).status_code == 400


def test_a_search_of_thousands_of_words_looks_for_the_first_dozen(ask):
    page = ask.get(f"{reverse('admin:tracker_action_changelist')}?q={MANY_WORDS}")
    assert (page.status_code, page.context["cl"].result_count) == (200, 1)


def test_an_autocomplete_of_thousands_of_words_looks_for_the_first_dozen(ask):
    asked = f"app_label=tracker&model_name=challenge&field_name=action&term={quote('RTH ' * 3000)}"
    found = ask.get(f"{reverse('admin:autocomplete')}?{asked}")
    assert [row["text"] for row in found.json()["results"]] == ["RTH-2012-01", "RTH-2012-02", "RTH-2012-03"]


@pytest.mark.parametrize("field", ["notes", "events", "nothing", "", "what", "memberships", "pk"])
@pytest.mark.parametrize("model", ["action", "user", "report"])
def test_an_autocomplete_leads_to_nothing_by_a_field_that_leads_nowhere(ask, model, field):
    asked = f"app_label=tracker&model_name={model}&field_name={field}"
    assert ask.get(f"{reverse('admin:autocomplete')}?{asked}").status_code == 403


def test_no_relation_of_any_record_breaks_the_autocomplete(ask):
    names = [
        f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field.name}"
        for model in walk.MODELS
        for field in model._meta.get_fields(include_hidden=True)
    ]
    broken = [each for each in names if ask.get(f"{reverse('admin:autocomplete')}?{each}").status_code >= 500]
    assert broken == []


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
@pytest.mark.parametrize("number", ["zz", HUGE, "-1", "0", "_00", "1_2F1"])
def test_a_record_of_an_odd_number_is_a_record_that_is_not_there(model, number, ask):
    pages = [reverse(f"{walk.stem(model)}_{page}", args=[number]) for page in ("change", "history")]
    pages.append(reverse(f"{walk.stem(model)}_page", args=[number, "end"]))
    assert {ask.get(each).status_code for each in pages} <= {302, 400, 404}


def closed_end(client, held, **typed):
    return client.post(reverse("admin:tracker_membership_page", args=[held.pk, "end"]), typed)


def test_who_has_left_is_refused_without_being_told_who_is_left(client_of, rotherham, lead):
    """The names of the council's people stood in the form that came back with the refusal."""
    factories.member(f"Ida {NAMED}", rotherham, Role.OWNER)
    gone = factories.member("Bea Holt", rotherham, Role.LEAD, is_staff=True)
    held, moment = gone.memberships.get(), factories.at(2012, 10, 1)
    factories.memberships.end_membership(held, reason="Has left", by=factories.house(), at=moment)
    gone.refresh_from_db()
    answer = closed_end(client_of(gone), held, reason="", hand_over_to="")
    assert answer.status_code == 403
    assert NAMED not in answer.content.decode()


def test_what_was_typed_on_a_page_that_has_closed_meanwhile_is_not_lost(client_of, rotherham, lead):
    held = factories.member("Ned Ash", rotherham, Role.PARTNER).memberships.get()
    factories.memberships.end_membership(held, reason="Has left", by=factories.house(), at=factories.at(2012, 10, 1))
    answer = closed_end(client_of(lead), held, reason="Went to Hull").content.decode()
    assert "has ended already" in answer
    assert "Went to Hull" in answer


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_every_filter_that_a_list_offers_is_answered(model, ask, plan_of_everything):
    address = reverse(f"{walk.stem(model)}_changelist")
    shown = ask.get(address).context["cl"]
    offered = [choice["query_string"] for each in shown.filter_specs for choice in each.choices(shown)]
    assert {each: code for each in offered if (code := ask.get(f"{address}{each}").status_code) != 200} == {}
