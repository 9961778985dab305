"""Changing a role, ending it with a hand-over, naming a deputy: what is shown first, what is done, what is refused."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import acting
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Action
from tracker.services import memberships, reference

NOW = factories.at(2012, 9, 10)


@world
def held(owner):
    """Ben Moss's membership: action owner in Rotherham."""
    return owner.memberships.get()


def post(client, name, row, **given):
    return client.post(reverse(name, args=[row.pk]), given)


def words(answer):
    return answer.content.decode()


def test_a_change_of_role_is_shown_before_it_is_saved(as_lead, held):
    page = words(post(as_lead, "change-role", held, role="auditor"))
    held.refresh_from_db()
    assert "Check what would change" in page and "Reads everything, with its history." in page
    assert held.role == Role.OWNER


def test_a_confirmed_change_of_role_is_saved(as_lead, held):
    answer = post(as_lead, "change-role", held, role="auditor", confirmed="on")
    held.refresh_from_db()
    assert (answer.url, held.role) == (reverse("person", args=["RTH", held.user_id]), Role.AUDITOR)


def test_a_change_of_role_can_be_thought_over(as_lead, held):
    page = post(as_lead, "change-role", held, role="auditor", change="on")
    held.refresh_from_db()
    assert page.context["form"]["role"].value() == "auditor" and held.role == Role.OWNER


def test_the_preview_lists_the_actions_and_who_takes_them(as_lead, held, owned, lead):
    page = words(post(as_lead, "change-role", held, role="board", hand_over_to=lead.pk))
    assert owned.reference in page and "<strong>Amina Lark</strong> takes over" in page


def test_the_preview_asks_who_takes_over_where_nobody_is_named(as_lead, held, owned):
    form = post(as_lead, "change-role", held, role="board").context["form"]
    assert "say who takes over" in form.errors["hand_over_to"][0]


def test_what_is_not_to_be_handed_over_is_not_asked_about(as_lead, held):
    assert "hand_over_to" not in as_lead.get(reverse("change-role", args=[held.pk])).context["form"].fields


def test_a_role_that_stays_the_same_is_refused_before_the_preview(as_lead, held):
    form = post(as_lead, "change-role", held, role="owner").context["form"]
    assert "nothing would change" in form.errors["role"][0]


def test_one_s_own_role_is_closed_and_says_why(as_lead, lead):
    answer = as_lead.get(reverse("change-role", args=[lead.memberships.get().pk]), follow=True)
    assert "Nobody changes their own role." in words(answer)


def test_an_owner_changes_nobody_s_role_and_ends_none(as_owner, held):
    for name in ("change-role", "end-membership"):
        answer = as_owner.post(reverse(name, args=[held.pk]), {"role": "lead", "confirmed": "on"}, follow=True)
        assert "Only an improvement lead or an administrator" in words(answer)
    held.refresh_from_db()
    assert (held.role, held.ended_at) == (Role.OWNER, None)


def test_the_end_of_a_role_lists_its_open_actions_and_asks_for_the_new_owner(as_lead, held, owned):
    page = words(as_lead.get(reverse("end-membership", args=[held.pk])))
    assert owned.reference in page and "Who takes over?" in page


def test_a_role_does_not_end_before_somebody_takes_over(as_lead, held, owned):
    form = post(as_lead, "end-membership", held).context["form"]
    held.refresh_from_db()
    assert "say who takes over" in form.errors["hand_over_to"][0] and held.ended_at is None


def test_a_role_ends_with_its_open_actions_handed_over(as_lead, held, owned, lead):
    post(as_lead, "end-membership", held, hand_over_to=lead.pk, reason="Has left.")
    held.refresh_from_db()
    assert held.ended_at and Action.objects.get(pk=owned.pk).owner == lead


def test_actions_are_handed_only_to_whom_the_page_offers(as_lead, held, owned, stranger, board_member):
    for nobody in (stranger, board_member, held.user):
        form = post(as_lead, "end-membership", held, hand_over_to=nobody.pk).context["form"]
        assert "hand_over_to" in form.errors


def test_the_end_of_a_role_says_that_a_director_and_a_deputy_go_with_it(as_lead, held, lead, rotherham):
    reference.set_director(rotherham, director=held.user, by=acting(lead), at=NOW)
    name_deputy(as_lead, lead.memberships.get(), held.user)
    page = words(as_lead.get(reverse("end-membership", args=[held.pk])))
    assert "stands in for <strong>Amina Lark</strong>" in page and "another director" in page


def test_the_last_lead_s_role_is_closed_and_says_why(as_lead, lead):
    answer = as_lead.get(reverse("end-membership", args=[lead.memberships.get().pk]), follow=True)
    assert "the only improvement lead of Rotherham" in words(answer)


def test_a_lead_who_ends_their_own_role_lands_on_their_own_details(as_lead, lead, rotherham):
    factories.member("Greta Moor", rotherham, Role.LEAD)
    answer = as_lead.post(reverse("end-membership", args=[lead.memberships.get().pk]), follow=True)
    assert "is no longer improvement lead of Rotherham" in words(answer) and "Your details" in words(answer)


def test_a_role_that_has_ended_can_be_given_again_from_the_person_s_page(as_lead, held, lead):
    memberships.end_membership(held, by=acting(lead), at=NOW)
    address = reverse("grant-role", args=["RTH", held.user_id])
    assert f"{address}?role=owner" in words(as_lead.get(reverse("person", args=["RTH", held.user_id])))
    assert as_lead.get(address, {"role": "owner"}).context["form"]["role"].value() == "owner"


def days(first, last):
    parts = {"first_day": first, "deputy_to": last}
    return {f"{name}_{at}": value for name, on in parts.items() for at, value in enumerate((on.day, on.month, on.year))}


def name_deputy(client, membership, deputy, first=0, last=14):
    today = timezone.localdate()
    given = days(today + timedelta(days=first), today + timedelta(days=last))
    return post(client, "name-deputy", membership, deputy=deputy.pk, **given)


def test_an_owner_says_who_stands_in_for_them(as_owner, held, lead):
    name_deputy(as_owner, held, lead)
    held.refresh_from_db()
    assert held.deputy == lead and "Amina Lark" in words(as_owner.get(reverse("me")))


def test_a_lead_says_who_stands_in_for_an_owner(as_lead, held, lead):
    answer = name_deputy(as_lead, held, lead)
    page = words(as_lead.get(answer.url))
    assert "Amina Lark stands in for Ben Moss from" in page and "End the deputyship" in page


def test_a_deputy_is_offered_among_those_who_may_work_on_actions(as_lead, held, lead, board_member, rotherham):
    dora = factories.member("Dora Vale", rotherham, Role.PARTNER)
    offered = as_lead.get(reverse("name-deputy", args=[held.pk])).context["form"].fields["deputy"].queryset
    assert set(offered) == {lead, dora}


def test_a_partner_is_offered_as_deputy_only_whom_they_may_see(client, rotherham, lead):
    partner = factories.member("Dora Vale", rotherham, Role.PARTNER)
    client.force_login(partner)
    page = client.get(reverse("name-deputy", args=[partner.memberships.get().pk]))
    assert lead.name not in words(page) and "Ask an improvement lead." in words(page)


def test_a_last_day_before_the_first_is_refused_beside_it(as_lead, held, lead):
    form = name_deputy(as_lead, held, lead, first=5, last=2).context["form"]
    assert "the last not before the first" in form.errors["deputy_to"][0]


def test_nobody_needs_a_deputy_in_a_role_without_actions(as_lead, board_member):
    held = board_member.memberships.get()
    page = words(as_lead.get(reverse("person", args=["RTH", board_member.pk])))
    answer = as_lead.get(reverse("name-deputy", args=[held.pk]), follow=True)
    assert "Name a deputy" not in page and "nothing to stand in for" in words(answer)


def test_a_deputyship_is_ended_early(as_owner, held, lead):
    name_deputy(as_owner, held, lead)
    post(as_owner, "end-deputy", held)
    held.refresh_from_db()
    assert held.deputy is None


def test_there_is_nothing_to_end_where_nobody_stands_in(as_owner, held):
    answer = as_owner.get(reverse("end-deputy", args=[held.pk]), follow=True)
    assert "Nobody stands in for Ben Moss." in words(answer)


def test_nobody_names_a_deputy_for_a_colleague(as_owner, lead):
    assert as_owner.get(reverse("name-deputy", args=[lead.memberships.get().pk])).status_code == 404
