"""Nobody reads in the admin a word of an authority that they do not belong to."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tests import factories
from tests.admin import walk
from tests.admin.conftest import NAMED, WRITTEN
from tracker.admin.list_filters import VisibleRelatedFilter
from tracker.admin.site import site
from tracker.choices import Role
from tracker.models import Authority, Event, User

TOLD = (WRITTEN, NAMED, "Staffordshire", "STF-", "authority-STF")


def said(response):
    """All that an answer says: its headers, its text, and its file if it sends one."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers} {body.decode(errors='replace')}".lower()


def leaks(client, addresses, words=TOLD):
    """The addresses that answer with one of the words beyond what was asked with."""
    return [
        f"{address} ({response.status_code}): {word}"
        for address in addresses
        for response in [client.get(address)]
        for text in [said(response)]
        for word in words
        if word.lower() in text
    ]


def people(role, rotherham):
    if role == "superuser":
        return factories.person("Sol Ames", is_staff=True, is_superuser=True)
    return factories.member("Bea Holt", rotherham, role, is_staff=role != Role.OWNER)


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_a_lead_reads_no_word_of_another_authority_anywhere_about_a_kind_of_record(
    model, admin_client, action, foreign, staffordshire
):
    addresses = [*walk.lists(model), *walk.lookups(model, staffordshire), *walk.rows_of(model, staffordshire)]
    assert leaks(admin_client, addresses) == []


@pytest.mark.parametrize("role", [Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_of_one_authority_reads_a_word_of_another(role, client_of, rotherham, action, foreign, staffordshire):
    client = client_of(people(role, rotherham))
    assert leaks(client, walk.everything(staffordshire)) == []


def test_a_superuser_without_membership_reads_people_but_no_word_of_any_plan(client_of, foreign, staffordshire):
    client = client_of(people("superuser", None))
    assert leaks(client, walk.everything(staffordshire), (WRITTEN, "STF-", "authority-STF")) == []
    assert NAMED in client.get(reverse("admin:tracker_user_changelist")).content.decode()


def test_the_other_authority_s_own_lead_does_read_those_words(client_of, foreign, foreign_lead, staffordshire):
    client = client_of(foreign_lead)
    words = (WRITTEN, "Staffordshire", "STF-", f"Ida {NAMED}")
    told = {model._meta.model_name: leaks(client, walk.lists(model)[:1], words) for model in walk.MODELS}
    silent = sorted(name for name, found in told.items() if not found)
    assert silent == ["bankholiday", "reminderdefault", "reportfamily", "theme"]


def test_autocompletes_offer_nothing_of_another_authority(admin_client, foreign):
    assert leaks(admin_client, walk.autocompletes()) == []


def test_an_autocomplete_offers_what_is_the_lead_s_own(admin_client, action):
    address = reverse("admin:autocomplete")
    found = admin_client.get(f"{address}?app_label=tracker&model_name=challenge&field_name=action").json()
    assert [row["text"] for row in found["results"]] == ["RTH-2012-01", "RTH-2012-02", "RTH-2012-03"]


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_every_filter_on_a_related_record_offers_visible_rows_only(model, rf, lead):
    request = rf.get("/")
    request.user = lead
    related = [
        item
        for item in site._registry[model].get_list_filter(request)
        if isinstance(item, tuple) and hasattr(item[1], "field_choices")
        if site._registry[model]._is_related(item[0])
    ]
    assert all(issubclass(filter_class, VisibleRelatedFilter) for _, filter_class in related)


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_another_authority_s_record_is_a_record_that_is_not_there(model, admin_client, foreign, staffordshire):
    rows = walk.of_authority(model, staffordshire)
    answers = {
        admin_client.get(reverse(f"{walk.stem(model)}_{page}", args=[row.pk])).status_code
        for row in rows
        for page in ("change", "history")
    }
    assert answers <= {302, 404}


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_nothing_can_be_deleted(model, admin_client, client_of, action, rotherham):
    superuser = people("superuser", None)
    row = walk.of_authority(model, rotherham).first() or model._default_manager.first()
    address = reverse(f"{walk.stem(model)}_delete", args=[row.pk if row else 1])
    answers = {client.post(address, {"post": "yes"}).status_code for client in (admin_client, client_of(superuser))}
    assert answers == {403}


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_no_list_offers_to_delete(model, admin_client, action):
    assert "delete_selected" not in admin_client.get(walk.lists(model)[0]).content.decode()


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_no_field_is_chosen_by_a_bare_number(model):
    assert site._registry[model].raw_id_fields == ()


def test_an_owner_without_the_staff_mark_is_kept_out(client_of, owner):
    assert client_of(owner).get(reverse("admin:index")).status_code in (302, 403)


def test_a_stranger_s_post_changes_nothing(client_of, action, foreign_lead):
    before = Event.objects.count()
    client = client_of(foreign_lead)
    client.post(reverse("admin:tracker_action_change", args=[action.pk]), {"what": "taken over", "version": 1})
    client.post(reverse("admin:tracker_action_page", args=[action.pk, "start"]), {"version": action.version})
    assert Event.objects.count() == before


def test_a_prefilled_address_does_not_name_a_stranger(admin_client, foreign_lead, foreign):
    addresses = [f"{reverse('admin:tracker_challenge_add')}?action={foreign.pk}&authority={foreign.authority_id}"]
    assert leaks(admin_client, addresses) == []


def test_the_admin_keeps_no_log_of_its_own(admin_client, action):
    form = {"authority": action.authority_id, "held_on": "01/10/2030", "notes": "", "updates_by": ""}
    answer = admin_client.post(
        reverse("admin:tracker_boardmeeting_add"),
        {**form, "challenges-TOTAL_FORMS": 0, "challenges-INITIAL_FORMS": 0},
    )
    assert answer.status_code == 302
    assert LogEntry.objects.count() == 0


def test_only_our_own_records_are_registered():
    assert {model._meta.app_label for model in site._registry} == {"tracker"}


def test_a_superuser_sees_every_person_and_every_authority_s_name(client_of, foreign_lead):
    client = client_of(people("superuser", None))
    assert client.get(reverse("admin:tracker_authority_changelist")).context["cl"].result_count == (
        Authority.objects.count()
    )
    assert client.get(reverse("admin:tracker_user_changelist")).context["cl"].result_count == User.objects.count()


def choices_of(model):
    """Every field of a kind, and of the rows beside it, that leads to other records."""
    keeper = site._registry[model]
    for place in (keeper, *(inline(model, site) for inline in keeper.get_inlines(None, None))):
        for field in place.model._meta.get_fields():
            if field.is_relation and field.concrete:
                yield place, field


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_no_field_offers_a_record_of_another_authority(model, admin_client, rf, lead, foreign, staffordshire):
    request = rf.get("/")
    request.user, request.moment = lead, factories.at(2012, 11, 1)
    offered = {
        f"{type(place).__name__}.{field.name}"
        for place, field in choices_of(model)
        for options in [place.get_field_queryset(None, field, request)]
        if options.filter(pk__in=walk.of_authority(field.related_model, staffordshire)).exists()
    }
    assert offered == set()


def test_a_lookup_that_no_filter_names_is_not_answered(admin_client, lead):
    address = reverse("admin:tracker_user_changelist")
    answers = {admin_client.get(f"{address}?{asked}=a").status_code for asked in ("password__startswith", "email__gt")}
    assert answers == {400}


def test_view_on_site_leads_nowhere_even_where_a_record_has_a_page(admin_client, foreign, monkeypatch):
    monkeypatch.setattr(type(foreign), "get_absolute_url", lambda self: f"/{WRITTEN}/", raising=False)
    kind = ContentType.objects.get_for_model(foreign).pk
    assert admin_client.get(reverse("admin:view_on_site", args=[kind, foreign.pk])).status_code == 404
