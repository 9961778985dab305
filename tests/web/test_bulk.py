"""The pages on which several actions are changed at once: chosen, foreseen, done, and undone."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests import factories
from tests.factories import acting
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Action, BulkChange
from tracker.services import actions, memberships

NOW = factories.at(2012, 9, 10)
DUE = {"due_0": "27", "due_1": "March", "due_2": "2035"}
DATED = {"how": "all", **DUE, "reason": "agreed"}


@world
def plan(report):
    return list(Action.objects.order_by("reference"))


@world
def theirs(staffordshire, stranger):
    """An action of another council."""
    return factories.peer_review(staffordshire, by=stranger).recommendations.first().actions.get()


@world
def leading_both(lead, staffordshire):
    memberships.grant_membership(user=lead, authority=staffordshire, role=Role.LEAD, by=factories.house(), at=NOW)


def packed(rows):
    return ",".join(f"{row.pk}.{row.version}" for row in rows)


def send(client, rows, step="do", name="bulk-owner", **given):
    """The form about the rows, sent as the page would send it."""
    return client.post(reverse(name), {"rows": packed(rows), "filter": "", "step": step, **given})


def chosen(client, name="bulk-owner", **asked):
    return [row.reference for row in client.get(reverse(name), asked).context["chosen"].actions]


def told(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def owners():
    return set(Action.objects.values_list("owner__name", flat=True))


# Choosing.


def test_the_ticked_rows_are_chosen(as_lead, plan):
    assert chosen(as_lead, action=[plan[0].pk, plan[2].pk]) == [plan[0].reference, plan[2].reference]


def test_all_on_the_page_are_chosen(as_lead, plan):
    assert chosen(as_lead, which="page", shown=f"{plan[0].pk},{plan[1].pk},") == [row.reference for row in plan[:2]]


def test_all_that_the_filter_finds_are_chosen(as_lead, plan, owned):
    assert chosen(as_lead, which="found", filter="owner=nobody") == [row.reference for row in plan[1:]]


def test_a_filter_that_makes_no_sense_chooses_nothing(as_lead, plan):
    answer = as_lead.get(reverse("bulk-owner"), {"which": "found", "filter": "status=bogus"})
    assert answer.status_code == 302 and "Tick at least one" in told(answer)


def test_nothing_ticked_is_told_on_the_list_as_it_was(as_lead, plan):
    answer = as_lead.get(reverse("bulk-owner"), {"filter": "status=open&evil=1"})
    assert answer.url == f"{reverse('actions')}?status=open" and "Tick at least one" in told(answer)


@pytest.mark.parametrize("number", ["x", "-1", "0", "99999999999999999999", "1e3", "٣", "1;2", ""])
def test_what_is_no_number_chooses_nothing(as_lead, plan, number):
    assert as_lead.get(reverse("bulk-owner"), {"action": number}).status_code == 302


@pytest.mark.parametrize("rows", ["x", "1", "1.x", ".", ",,", "9" * 40, "1.1.1"])
def test_a_form_that_was_tampered_with_changes_nothing(as_lead, plan, owner, rows):
    before = factories.events()
    as_lead.post(reverse("bulk-owner"), {"rows": rows, "step": "do", "owner": owner.pk})
    assert factories.events() == before


def test_more_than_the_most_are_refused(as_lead, plan, monkeypatch):
    monkeypatch.setattr("tracker.rules.bulk.MOST", 2)
    monkeypatch.setattr("tracker.web.bulk.MOST", 2)
    answer = as_lead.get(reverse("bulk-owner"), {"which": "found"})
    assert "At most 2 actions" in told(answer)


def test_the_list_s_form_may_be_posted_too(as_lead, plan):
    page = as_lead.post(reverse("bulk-owner"), {"which": "found", "filter": ""})
    assert len(page.context["chosen"].actions) == 3 and not page.context["form"].errors


# Whose actions.


def test_another_council_s_action_named_in_the_form_is_not_there(as_lead, plan, theirs, owner):
    page = as_lead.get(reverse("bulk-owner"), {"action": [plan[0].pk, theirs.pk]})
    assert [row.pk for row in page.context["chosen"].actions] == [plan[0].pk]
    send(as_lead, [plan[0], theirs], owner=owner.pk)
    theirs.refresh_from_db()
    assert theirs.owner is None and BulkChange.objects.get().numbers == [plan[0].pk]


def test_only_another_council_s_action_named_is_as_nothing_ticked(as_lead, plan, theirs, owner):
    before = factories.events()
    assert "Tick at least one" in told(send(as_lead, [theirs], owner=owner.pk))
    assert factories.events() == before


def test_a_stranger_is_not_offered_as_an_owner(as_lead, plan, stranger, theirs):
    answer = send(as_lead, plan, step="show", owner=stranger.pk)
    assert "Choose somebody from the list" in answer.context["form"].errors["owner"]


@pytest.mark.parametrize("name", ["bulk-owner", "bulk-dates"])
def test_whoever_keeps_no_plan_is_told_so(as_owner, plan, owner, name):
    before = factories.events()
    for answer in (as_owner.get(reverse(name), {"which": "found"}), send(as_owner, plan, name=name, **DATED)):
        assert "Only an improvement lead may change the plan." in told(answer)
    assert factories.events() == before


@pytest.mark.parametrize("name", ["bulk-owner", "bulk-dates", "bulk-changes", "save-actions", "print-actions"])
def test_nobody_sees_it_without_signing_in(client, db, name):
    assert client.get(reverse(name)).url.startswith("/accounts/login/")


def test_actions_of_two_councils_are_parted(as_lead, leading_both, plan, theirs):
    page = as_lead.get(reverse("bulk-owner"), {"which": "found"})
    assert [(str(council), number) for council, number in page.context["councils"]] == [
        ("Rotherham", 3),
        ("Staffordshire", 3),
    ]


def test_one_council_is_begun_with(as_lead, leading_both, plan, theirs, rotherham):
    rows = list(Action.objects.all())
    page = as_lead.post(reverse("bulk-owner"), {"rows": packed(rows), "council": rotherham.pk})
    assert {row.authority_id for row in page.context["chosen"].actions} == {rotherham.pk}


def test_a_form_about_two_councils_changes_nothing(as_lead, leading_both, plan, theirs, owner):
    before = factories.events()
    send(as_lead, Action.objects.all(), owner=owner.pk)
    assert factories.events() == before


# Giving an owner.


def test_it_is_first_shown_and_nothing_is_written(as_lead, plan, owned, owner, lead):
    before = factories.events()
    page = send(as_lead, Action.objects.all(), step="show", owner=lead.pk)
    assert len(page.context["changing"]) == 2
    assert [(each.action.reference, each.refusal) for each in page.context["left"]] == [
        (owned.reference, "It has an owner already: Ben Moss.")
    ]
    assert factories.events() == before


def test_then_it_is_done_and_told_with_the_way_back(as_lead, plan, owner):
    answer = send(as_lead, plan, owner=owner.pk)
    change = BulkChange.objects.get()
    assert owners() == {"Ben Moss"}
    assert "3 actions given to Ben Moss" in told(answer) and reverse("bulk-undo", args=[change.pk]) in told(answer)


def test_what_was_left_is_named_in_the_message(as_lead, owned, lead):
    answer = send(as_lead, Action.objects.all(), owner=lead.pk)
    assert f"{owned.reference}: It has an owner already: Ben Moss." in told(answer)


def test_an_action_that_changed_after_the_preview_is_left_and_named(as_lead, plan, owner, lead):
    page = send(as_lead, plan, step="show", owner=owner.pk)
    carried = page.context["chosen"].packed
    actions.edit(plan[1], what="x", outcome="", start_on=None, by=acting(lead), at=NOW)
    answer = as_lead.post(reverse("bulk-owner"), {"rows": carried, "step": "do", "owner": owner.pk})
    assert len(BulkChange.objects.get().numbers) == 2
    assert f"{plan[1].reference}: changed meanwhile." in told(answer)


def test_the_tick_about_owned_actions_is_there_only_for_them(as_lead, plan, owned):
    assert "replace" not in as_lead.get(reverse("bulk-owner"), {"action": plan[1].pk}).context["form"].fields
    mixed = as_lead.get(reverse("bulk-owner"), {"which": "found"}).context["form"].fields["replace"]
    alone = as_lead.get(reverse("bulk-owner"), {"action": owned.pk}).context["form"].fields["replace"]
    assert (mixed.initial, alone.initial) == (False, True)


def test_no_owner_chosen_is_told_beside_the_field(as_lead, plan):
    answer = send(as_lead, plan, step="show", owner="")
    assert answer.context["form"].errors["owner"] == ["Choose who is to own them"]


def test_a_page_s_words_are_escaped(as_lead, plan, lead, owner):
    actions.edit(plan[0], what="<script>alert(1)</script>", outcome="", start_on=None, by=acting(lead), at=NOW)
    rows = list(Action.objects.all())
    page = send(as_lead, rows, step="show", owner=owner.pk, evil="<script>").content.decode()
    assert "<script>alert" not in page and 'value="<script>' not in page


# First dates.


def test_one_date_for_all_with_a_month_s_name(as_lead, plan):
    send(as_lead, plan, name="bulk-dates", sure="on", **DATED)
    assert set(Action.objects.values_list("agreed_due", flat=True)) == {date(2035, 3, 27)}


def test_an_odd_date_is_asked_about_before_it_is_saved(as_lead, plan):
    answer = send(as_lead, plan, name="bulk-dates", **DATED)
    assert "Tick the box" in answer.context["form"].errors["sure"][0] and len(answer.context["asked"]) == 3
    assert not BulkChange.objects.exists()


def test_the_preview_explains_each_date(as_lead, plan):
    given = {"how": "period", "count": "6", "unit": "MONTHS", "reason": "the board's rule"}
    page = send(as_lead, plan, step="show", name="bulk-dates", **given).content.decode()
    assert "Wednesday 20 February 2013" in page and "6 calendar months from publication" in page
    assert page.count("Is it right?") == 3


def test_each_row_may_have_its_own_date(as_lead, plan):
    given = {f"own_{plan[0].pk}": "27 March 2035", f"own_{plan[1].pk}": "1/4/2035"}
    send(as_lead, plan, name="bulk-dates", how="own", reason="agreed", sure="on", **given)
    assert list(Action.objects.order_by("reference").values_list("agreed_due", flat=True)) == [
        date(2035, 3, 27),
        date(2035, 4, 1),
        None,
    ]


def test_dates_that_exist_are_left_and_the_page_says_why(as_lead, owned):
    page = as_lead.get(reverse("bulk-dates"), {"which": "found"}).content.decode()
    assert "1 has a date already" in page and "moves by an extension only" in page
    left = send(as_lead, Action.objects.all(), step="show", name="bulk-dates", **DATED).context["left"]
    assert [each.action for each in left] == [owned]


def test_where_all_are_dated_there_is_no_form(as_lead, owned):
    page = as_lead.get(reverse("bulk-dates"), {"action": owned.pk}).content.decode()
    assert "Choose other actions" in page and 'name="how"' not in page


def test_what_waits_for_its_publication_date_is_led_there(as_lead, rotherham, lead):
    report = factories.accepted_seed("west-sussex", rotherham, by=acting(lead), moment=NOW)
    page = as_lead.get(reverse("bulk-dates"), {"which": "found"}).content.decode()
    assert reverse("publication", args=[report.pk]) in page and 'name="how"' not in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"how": "all"}, "due"),
        ({"how": "all", "due_0": "27", "due_1": "3", "due_2": "35"}, "due"),
        ({"how": "period"}, "count"),
        ({"how": "period", "count": "six"}, "count"),
        ({"how": "period", "count": "0"}, "count"),
        ({"how": "period", "count": "37", "unit": "MONTHS"}, "count"),
        ({"how": "period", "count": "6", "unit": "IMMEDIATE"}, "unit"),
        ({"how": "magic"}, "how"),
        ({}, "how"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(as_lead, plan, given, field):
    answer = send(as_lead, plan, step="show", name="bulk-dates", reason="agreed", **given)
    assert field in answer.context["form"].errors


def test_a_wrong_date_of_one_row_is_told_beside_it(as_lead, plan):
    given = {"how": "own", f"own_{plan[0].pk}": "31/2/2035", "reason": "agreed"}
    answer = send(as_lead, plan, step="show", name="bulk-dates", **given)
    assert "Enter a real date" in answer.context["form"].errors[f"own_{plan[0].pk}"][0]
    assert 'value="31/2/2035"' in answer.content.decode()


def test_no_date_of_any_row_is_told(as_lead, plan):
    answer = send(as_lead, plan, step="show", name="bulk-dates", how="own", reason="agreed")
    assert "at least one action" in str(answer.context["form"].errors)


def test_going_back_from_the_preview_keeps_what_was_typed_and_blames_nobody(as_lead, plan):
    answer = send(as_lead, plan, step="ask", name="bulk-dates", how="period", count="6", reason="")
    assert answer.context["form"]["count"].value() == "6" and not answer.context["form"].errors


def test_a_wrong_date_in_a_box_that_is_not_asked_for_is_no_error(as_lead, plan):
    """An officer types a date of its own, is told that it is wrong, and takes another answer instead."""
    wrong = {f"own_{plan[0].pk}": "31/2/2027"}
    answer = send(as_lead, plan, name="bulk-dates", sure="on", **DATED, **wrong)
    assert answer.status_code == 302 and Action.objects.filter(agreed_due=date(2035, 3, 27)).count() == 3
