"""A person's own filters: kept under a name, seen by nobody else, and no part of the trail."""

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import acting
from tests.worlds import world
from tracker.models import SavedFilter
from tracker.rules.refusal import Refused
from tracker.services import saved_filters

pytestmark = pytest.mark.django_db


@world
def saved(lead):
    return saved_filters.keep(name="Late ones", query="when=overdue&sort=due", by=acting(lead))


def save(client, address, name):
    return client.post(f"{reverse('save-filter')}?{address}", {"name": name})


def test_a_filter_is_saved_with_the_known_words_of_the_address_alone(as_lead, lead, owned):
    save(as_lead, "sort=due&when=overdue&page=3&per=50&csrf=x&next=//evil.example&status=", "Late ones")
    assert SavedFilter.objects.get().query == "when=overdue&sort=due"


def test_a_saved_filter_stands_above_the_list(as_lead, saved, owned):
    page = as_lead.get(reverse("actions"), {"when": "overdue", "sort": "due"})
    assert [(link.words, link.current) for link in page.context["own"]] == [("Late ones", True)]


def test_nobody_else_sees_it(as_owner, saved, owned):
    assert "Late ones" not in as_owner.get(reverse("actions")).content.decode()
    assert "Late ones" not in as_owner.get(reverse("saved-filters")).content.decode()


@pytest.mark.parametrize("name", ["rename-filter", "remove-filter"])
def test_another_s_filter_is_as_if_it_did_not_exist(as_owner, saved, name):
    address = reverse(name, args=[saved.pk])
    assert as_owner.get(address).status_code == as_owner.post(address, {"name": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["Late ones", "LATE ONES", "  late   ones "])
def test_a_name_is_used_once(as_lead, saved, owned, name):
    answer = save(as_lead, "status=open", name)
    assert "You have a filter called" in " ".join(answer.context["form"]["name"].errors)


def test_two_people_may_use_the_same_name(as_owner, saved, owned):
    save(as_owner, "status=open", "Late ones")
    assert SavedFilter.objects.count() == 2


def test_a_list_that_is_not_narrowed_is_not_saved(as_lead, owned):
    answer = as_lead.get(reverse("save-filter"), {"page": 2}, follow=True)
    assert "no filter to save yet" in answer.content.decode()


def test_it_is_renamed(as_lead, saved):
    as_lead.post(reverse("rename-filter", args=[saved.pk]), {"name": "Overdue first"})
    saved.refresh_from_db()
    assert saved.name == "Overdue first"


def test_it_may_keep_its_own_name(as_lead, saved):
    assert as_lead.post(reverse("rename-filter", args=[saved.pk]), {"name": "late ones"}).status_code == 302


def test_it_is_removed(as_lead, saved):
    as_lead.post(reverse("remove-filter", args=[saved.pk]))
    assert not SavedFilter.objects.exists()


def test_it_leaves_no_line_in_the_trail(as_lead, owned):
    before = factories.events()
    save(as_lead, "status=open", "Open")
    as_lead.post(reverse("remove-filter", args=[SavedFilter.objects.get().pk]))
    assert factories.events() == before


def test_the_verbs_refuse_another_s_filter(saved, owner):
    with pytest.raises(Refused, match="somebody else"):
        saved_filters.rename(saved, name="Mine", by=acting(owner))
    with pytest.raises(Refused, match="somebody else"):
        saved_filters.remove(saved, by=acting(owner))


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\0b"])
def test_a_name_that_cannot_be_kept_is_refused(lead, name):
    with pytest.raises(Refused):
        saved_filters.keep(name=name, query="status=open", by=acting(lead))


def test_a_filter_too_long_is_refused(lead):
    with pytest.raises(Refused, match="too long"):
        saved_filters.keep(name="Long", query=f"q={'x' * 1001}", by=acting(lead))


def test_nobody_keeps_more_than_the_most(lead):
    for n in range(saved_filters.MOST):
        saved_filters.keep(name=str(n), query="status=open", by=acting(lead))
    with pytest.raises(Refused, match="the most"):
        saved_filters.keep(name="one more", query="status=open", by=acting(lead))


def test_an_empty_page_says_how_to_save_the_first(as_lead):
    assert "You have saved no filter yet" in as_lead.get(reverse("saved-filters")).content.decode()
