"""The first page of the admin says what waits, and every figure leads to the rows it counts."""

import pytest
from django.urls import reverse

from tests import factories
from tests.plenty import plenty
from tests.worlds import world
from tracker.choices import Role


@world
def there(rotherham):
    return plenty(rotherham, "rotherham")


def figures(client):
    return client.get(reverse("admin:index")).context["waiting"]


def test_every_figure_counts_the_rows_of_the_list_it_leads_to(there, client_of, rotherham):
    client = client_of(factories.member("Amina Lark", rotherham, Role.LEAD, is_staff=True))
    counted = {
        each.words: (each.count, client.get(each.address).context["cl"].result_count) for each in figures(client)
    }
    assert {words: shown for words, (count, shown) in counted.items() if count != shown} == {}


def test_something_waits_in_a_council_with_everything(there, client_of, rotherham):
    client = client_of(factories.member("Amina Lark", rotherham, Role.LEAD, is_staff=True))
    counts = {each.words: each.count for each in figures(client)}
    assert counts["no owner"] and (counts["extensions to decide"], counts["challenges without an answer"]) == (1, 1)


def test_another_councils_lead_counts_nothing_of_it(there, client_of, staffordshire):
    client = client_of(factories.member("Cato Reed", staffordshire, Role.LEAD, is_staff=True))
    assert {each.count for each in figures(client)} == {0}


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.AUDITOR])
def test_who_keeps_no_plan_has_no_figures(there, client_of, rotherham, role):
    client = client_of(factories.member("Bea Holt", rotherham, role, is_staff=True))
    assert figures(client) == []


def test_the_site_s_administrator_sees_when_reminders_were_planned(there, client_of):
    client = client_of(factories.person("Sol Ames", is_staff=True, is_superuser=True))
    assert "Reminders were last planned on 3 June 2013" in client.get(reverse("admin:index")).content.decode()
