"""Bringing a report in: the upload, what is said of files that cannot be read, and setting one aside."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tracker.models import Intake, Report
from tracker.services.intake import READABLE


def upload(client, authority, name, data):
    return client.post(
        reverse("upload"), {"authority": authority.pk, "file": SimpleUploadedFile(name, data)}, follow=True
    )


def seed(name):
    return next(factories.SEEDS.glob(f"*{name}*.txt"))


@pytest.fixture
def read(as_lead, rotherham):
    path = seed("rotherham")
    upload(as_lead, rotherham, path.name, path.read_bytes())
    return Intake.objects.get()


def test_an_uploaded_report_is_read_and_shown_before_it_is_accepted(as_lead, read):
    page = as_lead.get(reverse("intake", args=[read.pk])).content.decode()
    assert "13 recommendations found" in page and not Report.objects.exists()


def test_home_tells_of_the_reading_that_waits(as_lead, read):
    assert list(as_lead.get(reverse("home")).context["decisions"]["unread"]) == [read]


def test_the_same_file_twice_leads_to_the_first_reading(as_lead, read, rotherham):
    path = seed("rotherham")
    file = SimpleUploadedFile(path.name, path.read_bytes())
    answer = as_lead.post(reverse("upload"), {"authority": rotherham.pk, "file": file})
    assert answer.url == reverse("intake", args=[read.pk])


def test_a_council_that_is_not_one_s_own_cannot_be_chosen(as_lead, staffordshire):
    file = SimpleUploadedFile("report.txt", b"A report")
    answer = as_lead.post(reverse("upload"), {"authority": staffordshire.pk, "file": file})
    assert answer.context["form"].errors and not Intake.objects.exists()


def test_a_file_is_set_aside_with_a_reason(as_lead, read):
    as_lead.post(reverse("set-aside", args=[read.pk]), {"reason": "Another copy is used."})
    read.refresh_from_db()
    assert read.state == "set_aside"


def test_a_file_that_was_set_aside_says_so(as_lead, read):
    as_lead.post(reverse("set-aside", args=[read.pk]), {"reason": "Another copy is used."})
    assert "nothing of it is in the plan" in as_lead.get(reverse("intake", args=[read.pk])).content.decode()


def test_a_report_that_speaks_of_another_council_warns(as_lead, rotherham):
    path = seed("focused-visit")
    page = upload(as_lead, rotherham, path.name, path.read_bytes())
    assert "The report speaks of Staffordshire" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "data"), [("report.pdf", b"%PDF-1.4 \x00\x01"), ("picture.png", b"\x89PNG\r\n\x1a\n\0")]
)
def test_a_file_that_cannot_be_read_is_answered_by_a_warning(as_lead, rotherham, name, data):
    page = upload(as_lead, rotherham, name, data).content.decode()
    kept = Intake.objects.get()
    assert kept.state == "unreadable" and kept.problem
    assert "This file could not be read</h1>" in page and "The file is kept" in page
    assert "The report is read" not in page and ">Done</h2>" not in page


def test_a_file_that_cannot_be_read_has_ways_on(as_lead, rotherham):
    page = upload(as_lead, rotherham, "report.pdf", b"%PDF-1.4 \x00").content.decode()
    assert ">Set this file aside</a>" in page and f'href="{reverse("upload")}">Add another file' in page


def test_the_hint_says_which_files_are_read(as_lead):
    assert READABLE in as_lead.get(reverse("upload")).content.decode()


def test_a_reading_without_recommendations_says_what_can_be_done(as_lead, rotherham):
    page = upload(as_lead, rotherham, "minutes.txt", b"Minutes of a meeting about the car park.\n" * 5).content.decode()
    assert "No recommendations found" in page and "Some reports ask for nothing" in page


def test_a_file_is_read_again_with_the_reader_of_today(as_lead, read):
    Intake.objects.filter(pk=read.pk).update(draft={"recommendations": []})
    as_lead.post(reverse("read-again", args=[read.pk]))
    read.refresh_from_db()
    assert len(read.draft["recommendations"]) == 13
