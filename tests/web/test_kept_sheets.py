"""Spreadsheets that are kept: the list, and taking the original file out past the permission check."""

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tracker.choices import EventKind, Role
from tracker.models import Event, Spreadsheet
from tracker.services import spreadsheets

pytestmark = pytest.mark.django_db

DATA = b"Ref,Action\n1,Train\n"


@pytest.fixture
def sheet(rotherham, lead):
    return spreadsheets.receive(DATA, name="plan.csv", authority=rotherham, by=acting(lead), at=at(2012, 10, 1))


def taken(client, sheet):
    return client.get(reverse("download-spreadsheet", args=[sheet.pk]))


def test_a_lead_without_a_spreadsheet_reads_what_will_stand_there(as_lead):
    assert "No plan has been brought from a spreadsheet yet." in as_lead.get(reverse("spreadsheets")).content.decode()


def test_somebody_who_is_no_lead_reads_for_whom_it_is(as_owner, sheet):
    page = as_owner.get(reverse("spreadsheets")).content.decode()
    assert "Spreadsheets are for improvement leads" in page and "plan.csv" not in page


def test_a_lead_finds_each_with_what_became_of_it(as_lead, sheet):
    page = as_lead.get(reverse("spreadsheets")).content.decode()
    assert reverse("spreadsheet", args=[sheet.pk]) in page and "Waiting: nothing is in the plan yet" in page


def test_the_file_comes_out_byte_by_byte_as_it_was_brought(as_lead, sheet):
    assert b"".join(taken(as_lead, sheet).streaming_content) == DATA


def test_it_is_a_file_to_keep_and_never_shown_here(as_lead, sheet):
    answer = taken(as_lead, sheet)
    headers = [answer[name] for name in ("Content-Disposition", "Content-Type", "X-Content-Type-Options")]
    assert headers == ['attachment; filename="plan.csv"', "application/octet-stream", "nosniff"]
    assert "no-store" in answer["Cache-Control"]


def test_a_name_that_a_machine_would_run_gets_the_ending_of_what_it_holds(as_lead, rotherham, lead):
    kept = spreadsheets.receive(DATA, name="../plan.exe", authority=rotherham, by=acting(lead), at=at(2012, 10, 1))
    assert taken(as_lead, kept)["Content-Disposition"] == 'attachment; filename="plan.exe.csv"'


def test_the_trail_tells_who_took_it(as_lead, sheet, lead):
    taken(as_lead, sheet)
    last = Event.objects.latest("pk")
    assert (last.kind, last.subject_id, last.actor_id) == (EventKind.SPREADSHEET_DOWNLOADED, sheet.pk, lead.pk)


def test_a_file_that_is_missing_is_a_sentence_and_no_line_of_the_trail(as_lead, sheet):
    sheet.file.storage.delete(sheet.file.name)
    page = as_lead.get(reverse("download-spreadsheet", args=[sheet.pk]), follow=True).content.decode()
    assert "The file is missing." in page and not Event.objects.filter(kind=EventKind.SPREADSHEET_DOWNLOADED).exists()


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR, Role.PARTNER])
def test_nobody_but_a_lead_takes_it(client, sheet, rotherham, role):
    client.force_login(factories.member("Una Bell", rotherham, role))
    assert taken(client, sheet).status_code == 404


OF_ONE = ["spreadsheet", "download-spreadsheet", "erase-spreadsheet", "set-sheet-aside", "take-sheet-up"]


@pytest.mark.parametrize("name", OF_ONE)
def test_a_lead_of_another_council_finds_nothing(as_stranger, sheet, name):
    assert as_stranger.get(reverse(name, args=[sheet.pk])).status_code == 404


def test_the_plan_s_page_leads_to_the_file_it_came_from(as_lead, sheet, report):
    Spreadsheet.objects.filter(pk=sheet.pk).update(report=report, brought_at=at(2012, 10, 2))
    page = as_lead.get(reverse("report", args=[report.pk])).content.decode()
    assert reverse("spreadsheet", args=[sheet.pk]) in page


def set_aside(client, sheet):
    return client.post(reverse("set-sheet-aside", args=[sheet.pk]), {"reason": "The newer copy is used."}, follow=True)


def test_a_lead_sets_aside_what_nobody_wants_and_it_leaves_the_list_of_those_to_bring_in(as_lead, sheet):
    assert "The spreadsheet is set aside." in set_aside(as_lead, sheet).content.decode()
    assert "plan.csv" not in as_lead.get(reverse("bring")).content.decode()
    assert "Set aside" in as_lead.get(reverse("spreadsheets")).content.decode()


def test_a_lead_takes_it_up_again(as_lead, sheet):
    set_aside(as_lead, sheet)
    page = as_lead.post(reverse("take-sheet-up", args=[sheet.pk]), follow=True).content.decode()
    assert "The spreadsheet is taken up again." in page and "Go on with bringing it in" in page
    assert "plan.csv" in as_lead.get(reverse("bring")).content.decode()


def test_nobody_sets_it_aside_without_a_reason(as_lead, sheet):
    form = as_lead.post(reverse("set-sheet-aside", args=[sheet.pk]), {"reason": ""}).context["form"]
    assert form.errors["reason"] == ["Give a reason."]


@pytest.mark.parametrize("name", ["bring-columns", "bring-into", "bring-check"])
def test_the_steps_of_bringing_lead_back_to_what_was_set_aside(as_lead, sheet, name):
    set_aside(as_lead, sheet)
    assert as_lead.get(reverse(name, args=[sheet.pk])).url == reverse("spreadsheet", args=[sheet.pk])


def test_what_went_into_a_plan_is_not_offered_to_be_set_aside(as_lead, sheet, report):
    Spreadsheet.objects.filter(pk=sheet.pk).update(report=report, brought_at=at(2012, 10, 2))
    page = as_lead.get(reverse("spreadsheet", args=[sheet.pk])).content.decode()
    assert reverse("set-sheet-aside", args=[sheet.pk]) not in page
    answer = as_lead.get(reverse("set-sheet-aside", args=[sheet.pk]), follow=True).content.decode()
    assert "it is kept with the plan" in answer
