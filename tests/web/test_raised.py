"""The pages of themes and of what was raised before: who sees them, and what a press of a button does."""

from django.urls import reverse

from tests import factories
from tests.factories import acting, at, member
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Recommendation, Recurrence, Theme
from tracker.services import recurrences, themes

NOW = at(2018, 9, 3)


@world
def reports(rotherham, lead):
    """Two plans whose first recommendations ask for the same."""
    texts = [("reduce the caseloads of the busiest teams", "see every child alone"), ("make all caseloads manageable",)]
    return [factories.peer_review(rotherham, by=lead, texts=each) for each in texts]


@world
def pair(reports):
    first, second = reports
    type(second).objects.filter(pk=second.pk).update(publication_date="2015-03-02")
    return [Recommendation.objects.get(report=report, number=1) for report in (first, second)]


def test_a_lead_sees_the_proposal_with_both_words_and_the_subject(as_lead, rotherham, pair):
    page = as_lead.get(reverse("raised", args=[rotherham.pk])).content.decode()
    assert all(words in page for words in ("busiest teams", "caseloads manageable", "Both speak of <strong>caseloads"))


def test_one_press_keeps_both_as_the_same(as_lead, rotherham, pair):
    keys = [item.pk for item in pair]
    as_lead.post(reverse("settle-raised", args=[rotherham.pk, *keys, "same"]))
    assert list(Recurrence.objects.values_list("earlier", "later", "confirmed")) == [(*keys, True)]


def test_looking_changes_nothing(as_lead, rotherham, pair):
    answer = as_lead.get(reverse("settle-raised", args=[rotherham.pk, pair[0].pk, pair[1].pk, "same"]))
    assert (answer.status_code, Recurrence.objects.count()) == (405, 0)


def test_an_answer_that_does_not_exist_is_not_found(as_lead, rotherham, pair):
    answer = as_lead.post(reverse("settle-raised", args=[rotherham.pk, pair[0].pk, pair[1].pk, "perhaps"]))
    assert (answer.status_code, Recurrence.objects.count()) == (404, 0)


def test_what_is_settled_is_shown_with_its_years_on_the_report(as_lead, lead, pair):
    recurrences.settle(*pair, confirmed=True, by=acting(lead), at=NOW)
    page = as_lead.get(reverse("report", args=[pair[1].report_id])).content.decode()
    assert "Raised 2012, 2015" in page


def test_the_board_sees_what_recurs_and_no_proposals(client, rotherham, lead, pair):
    recurrences.settle(*pair, confirmed=True, by=acting(lead), at=NOW)
    client.force_login(member("Bo Hart", rotherham, Role.BOARD))
    pages = [client.get(reverse(name, args=[rotherham.pk])).content.decode() for name in ("raised", "board")]
    assert all("2012, 2015" in page for page in pages) and "please settle" not in pages[0]


def test_a_partner_does_not_find_the_page(client, rotherham, pair):
    client.force_login(member("Pia Lund", rotherham, Role.PARTNER))
    assert client.get(reverse("raised", args=[rotherham.pk])).status_code == 404


def test_a_lead_of_another_council_settles_nothing(client, stranger, rotherham, pair):
    client.force_login(stranger)
    answer = client.post(reverse("settle-raised", args=[rotherham.pk, pair[0].pk, pair[1].pk, "same"]))
    assert (answer.status_code, Recurrence.objects.count()) == (404, 0)


def test_an_owner_who_posts_is_refused_in_a_sentence(client, owner, rotherham, pair):
    client.force_login(owner)
    address = reverse("settle-raised", args=[rotherham.pk, pair[0].pk, pair[1].pk, "same"])
    assert "Only an improvement lead" in client.post(address, follow=True).content.decode()


def test_a_lead_names_a_recurrence_that_was_not_proposed(as_lead, pair):
    other = Recommendation.objects.get(report=pair[0].report, number=2)
    as_lead.post(reverse("raised-with", args=[pair[1].pk]), {"recommendation": other.pk})
    assert list(Recurrence.objects.values_list("earlier", "later")) == [(other.pk, pair[1].pk)]


def test_the_page_of_themes_proposes_and_settles_nothing_by_itself(as_lead, reports):
    page = as_lead.get(reverse("themes", args=[reports[0].pk]))
    first = reports[0].recommendations.first()
    name = f"item_{first.pk}"
    assert (page.context["form"].initial[name], first.themes.count()) == (["workforce"], 0)


def test_what_is_ticked_is_saved(as_lead, reports):
    first = reports[0].recommendations.first()
    as_lead.post(reverse("themes", args=[reports[0].pk]), {f"item_{first.pk}": ["workforce", "leadership"]})
    assert set(first.themes.values_list("code", flat=True)) == {"workforce", "leadership"}


def test_a_theme_that_does_not_exist_is_refused(as_lead, reports):
    first = reports[0].recommendations.first()
    page = as_lead.post(reverse("themes", args=[reports[0].pk]), {f"item_{first.pk}": ["nonsense"]})
    assert (page.status_code, first.themes.count()) == (200, 0)


def test_ratings_by_theme_join_the_pictures_once_one_is_settled(as_lead, lead, reports):
    before = as_lead.get(reverse("progress")).content.decode()
    item = reports[0].recommendations.first()
    themes.settle(reports[0], {item.pk: [Theme.objects.get(code="workforce")]}, by=acting(lead), at=NOW)
    after = as_lead.get(reverse("progress")).content.decode()
    assert ("Delivery ratings by theme" in before, "Delivery ratings by theme" in after) == (False, True)


def test_the_list_is_narrowed_by_theme(as_lead, lead, reports):
    theme, item = Theme.objects.get(code="workforce"), reports[0].recommendations.first()
    themes.settle(reports[0], {item.pk: [theme]}, by=acting(lead), at=NOW)
    found = {n: as_lead.get(reverse("actions"), {"theme": n}).context["filter"].qs.count() for n in (theme.pk, "none")}
    assert found == {theme.pk: 1, "none": 2}
