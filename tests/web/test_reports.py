"""Reports: upload, acceptance, publication date with its preview."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tracker.choices import AcceptedAs
from tracker.extraction import read_here
from tracker.models import Action, Event, Intake, Report
from tracker.services import acceptance, intake
from tracker.services.intake import READABLE

NOW = factories.at(2013, 9, 1)


@pytest.fixture
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


@pytest.fixture
def read(as_lead, rotherham):
    path = next(factories.SEEDS.glob("*rotherham*.txt"))
    file = SimpleUploadedFile(path.name, path.read_bytes())
    as_lead.post(reverse("upload"), {"authority": rotherham.pk, "file": file})
    return Intake.objects.get()


def test_an_uploaded_report_is_read_and_shown_before_it_is_accepted(as_lead, read):
    page = as_lead.get(reverse("intake", args=[read.pk])).content.decode()
    assert "13 recommendations found" in page and not Report.objects.exists()


def test_home_tells_of_the_reading_that_waits(as_lead, read):
    assert list(as_lead.get(reverse("home")).context["decisions"]["unread"]) == [read]


def test_a_reading_is_accepted_as_a_plan(as_lead, read):
    address = reverse("intake", args=[read.pk])
    version = as_lead.get(address).context["form"]["version"].value()
    as_lead.post(address, {"version": version, "accepted_as": "plan", "source": ""})
    assert Report.objects.get().recommendations.count() == Action.objects.count() == 13


def test_the_same_file_twice_leads_to_the_first_reading(as_lead, read, rotherham):
    path = next(factories.SEEDS.glob("*rotherham*.txt"))
    file = SimpleUploadedFile(path.name, path.read_bytes())
    assert as_lead.post(reverse("upload"), {"authority": rotherham.pk, "file": file}).url == reverse(
        "intake", args=[read.pk]
    )


def test_a_council_that_is_not_one_s_own_cannot_be_chosen(as_lead, staffordshire):
    file = SimpleUploadedFile("report.txt", b"A report")
    answer = as_lead.post(reverse("upload"), {"authority": staffordshire.pk, "file": file})
    assert answer.context["form"].errors and not Intake.objects.exists()


def test_a_file_is_set_aside_with_a_reason(as_lead, read):
    as_lead.post(reverse("set-aside", args=[read.pk]), {"reason": "Another copy is used."})
    read.refresh_from_db()
    assert read.state == "set_aside"


def test_a_report_that_speaks_of_another_council_warns(as_lead, rotherham):
    path = next(factories.SEEDS.glob("focused-visit*.txt"))
    file = SimpleUploadedFile(path.name, path.read_bytes())
    page = as_lead.post(reverse("upload"), {"authority": rotherham.pk, "file": file}, follow=True)
    assert "The report speaks of Staffordshire" in page.content.decode()


def upload(client, rotherham, name, data):
    return client.post(
        reverse("upload"), {"authority": rotherham.pk, "file": SimpleUploadedFile(name, data)}, follow=True
    )


@pytest.mark.parametrize(
    ("name", "data"), [("report.pdf", b"%PDF-1.4 \x00\x01"), ("picture.png", b"\x89PNG\r\n\x1a\n\0")]
)
def test_a_file_that_cannot_be_read_is_answered_by_a_warning(as_lead, rotherham, name, data):
    page = upload(as_lead, rotherham, name, data).content.decode()
    kept = Intake.objects.get()
    assert kept.state == "unreadable" and kept.problem
    assert "This file could not be read</h1>" in page and "The file is kept" in page
    assert "The report is read" not in page and ">Done</h2>" not in page


def test_a_file_that_cannot_be_read_has_two_ways_on(as_lead, rotherham):
    page = upload(as_lead, rotherham, "report.pdf", b"%PDF-1.4 \x00").content.decode()
    assert ">Set this file aside</a>" in page and f'href="{reverse("upload")}">Add another file' in page


def test_the_hint_says_which_files_are_read(as_lead):
    assert READABLE in as_lead.get(reverse("upload")).content.decode()


def test_a_reading_without_recommendations_cannot_be_accepted(as_lead, rotherham):
    page = upload(as_lead, rotherham, "minutes.txt", b"Minutes of a meeting about the car park.\n" * 5).content.decode()
    assert "No recommendations found" in page and "then accept it" not in page and ">Set this file aside</a>" in page
    assert 'name="accepted_as"' not in page


@pytest.fixture
def twin(as_lead, read, lead):
    """Another file of a report that the council has accepted already."""
    by = factories.acting(lead)
    known = acceptance.accept(read, accepted_as=AcceptedAs.PLAN, by=by, at=NOW)
    data = next(factories.SEEDS.glob("*rotherham*.txt")).read_bytes() + b"\n"
    reading = read_here(data, name="copy.txt")
    again = intake.receive(data, name="copy.txt", authority=known.authority, by=by, at=NOW, reading=reading)
    return known, again


def accept(client, reading, **more):
    address = reverse("intake", args=[reading.pk])
    version = client.get(address).context["form"]["version"].value()
    return client.post(address, {"version": version, "accepted_as": "plan", "source": "", **more})


def test_a_report_that_seems_to_be_there_already_is_named_with_a_link(as_lead, twin):
    known, again = twin
    page = as_lead.get(reverse("intake", args=[again.pk])).content.decode()
    assert "You may have this report already" in page and f'href="{reverse("report", args=[known.pk])}">{known}' in page


def test_a_second_copy_is_accepted_only_with_the_tick(as_lead, twin):
    _, again = twin
    assert "You may have this report already" in " ".join(accept(as_lead, again).context["form"]["sure"].errors)
    assert Report.objects.count() == 1
    accept(as_lead, again, sure="on")
    assert Report.objects.count() == 2


def test_a_report_that_is_new_asks_for_no_tick(as_lead, read):
    assert "sure" not in as_lead.get(reverse("intake", args=[read.pk])).context["form"].fields


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
