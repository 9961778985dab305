"""Several actions at once: shown first, each by its own verb, and what was skipped is told."""

from django.contrib.messages import get_messages
from django.urls import reverse

from tests import factories
from tests.admin.conftest import NAMED
from tracker.choices import Role
from tracker.models import Action

LIST = "admin:tracker_action_changelist"


def sent(client, name, rows, **typed):
    return client.post(reverse(LIST), {"action": name, "_selected_action": [row.pk for row in rows], **typed})


def due(client, rows, step):
    return sent(client, "set_first_due_dates", rows, due="2030-03-04", reason="agreed by the board", step=step)


def test_the_page_first_asks_and_changes_nothing(admin_client, report):
    before = factories.events()
    page = sent(admin_client, "assign_owner", Action.objects.all(), index=0)
    assert len(page.context["chosen"]) == 3
    assert factories.events() == before


def test_what_would_be_skipped_is_shown_with_the_verb_s_own_sentence(admin_client, owned):
    before = factories.events()
    page = due(admin_client, Action.objects.all(), "show")
    told = {str(row): refused for row, _, _, refused in page.context["shown"]}
    assert "has a due date already" in told.pop(owned.reference)
    assert set(told.values()) == {""}
    assert factories.events() == before


def test_each_row_goes_through_its_verb_and_the_skipped_one_is_told(admin_client, owned):
    before = len(factories.events())
    answer = due(admin_client, Action.objects.all(), "do")
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert factories.events()[before:] == ["first_due_set", "first_due_set"]
    assert "2 actions changed" in told[0]
    assert told[1].startswith(f"{owned.reference} was skipped")


def test_an_owner_is_given_to_several_actions(admin_client, report, owner):
    sent(admin_client, "assign_owner", Action.objects.all(), owner=owner.pk, step="do")
    assert set(Action.objects.values_list("owner", flat=True)) == {owner.pk}


def test_only_people_of_the_authority_are_offered(admin_client, report, owner, lead, foreign):
    page = sent(
        admin_client, "assign_owner", Action.objects.filter(authority=lead.memberships.get().authority), index=0
    )
    assert set(page.context["form"].fields["owner"].queryset) == {owner, lead}


def test_another_authority_s_action_cannot_be_chosen_along(admin_client, report, foreign, owner):
    page = sent(admin_client, "assign_owner", Action.objects.all(), index=0)
    assert NAMED not in page.content.decode()
    sent(admin_client, "assign_owner", Action.objects.all(), owner=owner.pk, step="do")
    assert not Action.objects.filter(authority=foreign.authority_id, owner=owner).exists()


def test_nobody_but_a_lead_is_offered_it(client_of, rotherham, report):
    client = client_of(factories.member("Una Dell", rotherham, Role.AUDITOR, is_staff=True))
    assert "assign_owner" not in client.get(reverse(LIST)).content.decode()
