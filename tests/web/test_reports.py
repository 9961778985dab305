"""Reports: upload, acceptance, publication date with its preview."""

from django.urls import reverse

from tests import factories
from tests.worlds import world
from tracker.models import Action, Event

NOW = factories.at(2013, 9, 1)


@world
def undated(rotherham, lead):
    """A report that prints timescales and no publication date."""
    return factories.accepted_seed("west-sussex", rotherham, by=factories.acting(lead), moment=NOW)


def send(client, report, **more):
    address = reverse("publication", args=[report.pk])
    opened = client.get(address).context["form"]
    hidden = {"version": opened["version"].value(), "seen": opened["seen"].value()}
    day = {"on_0": "16", "on_1": "8", "on_2": "2013"}
    return client.post(address, {**hidden, **day, "source": "Ofsted's website", **more})


def test_the_preview_shows_what_would_move(as_lead, undated):
    page = send(as_lead, undated)
    assert "11 dates are set" in page.content.decode() and len(page.context["preview"].moves) == 11


def test_the_preview_writes_nothing(as_lead, undated):
    before = Event.objects.count()
    send(as_lead, undated)
    undated.refresh_from_db()
    assert undated.publication_date is None and Event.objects.count() == before


def test_the_confirmed_date_is_saved_and_told(as_lead, undated):
    answer = send(as_lead, undated, confirmed="on")
    assert answer.url == reverse("report", args=[undated.pk])
    assert not Action.objects.filter(recommendation__report=undated, agreed_due=None).exists()


def test_a_publication_date_needs_its_source(as_lead, undated):
    assert "Say where the date comes from" in " ".join(
        send(as_lead, undated, source=" ").context["form"]["source"].errors
    )


def test_an_odd_publication_date_is_asked_about_before_it_is_saved(as_lead, undated):
    answer = send(as_lead, undated, on_2="2012", confirmed="on")
    assert "before the inspection ended" in " ".join(answer.context["form"]["sure"].errors)
    undated.refresh_from_db()
    assert undated.publication_date is None


def test_an_odd_publication_date_with_the_tick_is_saved(as_lead, undated):
    send(as_lead, undated, on_2="2012", confirmed="on", sure="on")
    undated.refresh_from_db()
    assert undated.publication_date.year == 2012


def test_home_asks_for_the_publication_date_first(as_lead, undated):
    page = as_lead.get(reverse("home"))
    assert list(page.context["decisions"]["unpublished"]) == [undated]
    assert reverse("publication", args=[undated.pk]) in page.content.decode()


def test_the_counts_on_the_home_page_agree_with_the_lists_they_lead_to(as_lead, undated, owned):
    home = as_lead.get(reverse("home")).context
    for rating, number in home["tally"]["ratings"]:
        assert as_lead.get(reverse("actions"), {"rating": rating}).context["pages"].count == number


def test_the_date_of_receipt_sets_the_statutory_clock(as_lead, undated):
    address = reverse("received", args=[undated.pk])
    form = as_lead.get(address).context["form"]
    given = {"version": form["version"].value(), "on_0": "8", "on_1": "8", "on_2": "2013", "source": "the letter"}
    as_lead.post(address, given)
    assert all(step.computed for step in undated.statutory_steps.all())


def test_a_statutory_step_is_recorded_as_done(as_lead, undated):
    step = undated.statutory_steps.first()
    as_lead.post(reverse("met", args=[step.pk]), {"on_0": "1", "on_1": "9", "on_2": "2013", "note": ""})
    step.refresh_from_db()
    assert step.met_on == NOW.date()


def test_the_page_of_the_publication_date_says_whose_report_it_is(as_lead, undated):
    for page in (as_lead.get(reverse("publication", args=[undated.pk])), send(as_lead, undated)):
        assert f"Rotherham, {undated}" in page.content.decode() and undated.series in str(undated)


def test_a_report_is_told_apart_wherever_actions_are_narrowed_by_it(as_lead, undated):
    page = as_lead.get(reverse("actions"), {"report": undated.pk}).content.decode()
    assert page.count(str(undated)) >= 2


def test_a_correction_shows_the_date_and_source_of_today(as_lead, undated):
    send(as_lead, undated, confirmed="on")
    page = as_lead.get(reverse("publication", args=[undated.pk])).content.decode()
    assert "Correct the publication date</h1>" in page
    assert "At present it is <strong>Friday 16 August 2013</strong> (Ofsted&#x27;s website" in page


def test_the_button_of_a_correction_says_so(as_lead, undated):
    assert send(as_lead, undated).context["button"] == "Save the publication date"
    send(as_lead, undated, confirmed="on")
    assert send(as_lead, undated, on_0="19").context["button"] == "Correct the publication date"


def test_the_preview_tells_an_action_that_gets_a_date_from_one_that_moves(as_lead, undated):
    assert "gets a date" in send(as_lead, undated).content.decode()
    send(as_lead, undated, confirmed="on")
    page = send(as_lead, undated, on_0="19").content.decode()
    assert "gets a date" not in page and "Saturday 16 November 2013" in page
