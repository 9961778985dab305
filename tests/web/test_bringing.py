"""A plan from a spreadsheet, through the pages: two files of different shapes, errors row by row, and once more."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests import spreadsheets as samples
from tracker.choices import EventKind, Status
from tracker.models import Action, Event, ProgressNote, Recommendation, Report, Spreadsheet
from tracker.services import spreadsheets

pytestmark = pytest.mark.django_db
PLAN = {"into": "new", "title": "Peer review 2012", "family": "peer_review", "source": "the letter"}
PLAN |= {"issued_on_0": "20", "issued_on_1": "9", "issued_on_2": "2012"}


@pytest.fixture
def moment(monkeypatch):
    """The pages are opened on 10 October 2012."""
    monkeypatch.setattr("tracker.web.acting.timezone.now", lambda: factories.at(2012, 10, 10))


def brought(client, authority, name, data):
    """The file uploaded; the spreadsheet as it is kept."""
    file = SimpleUploadedFile(name, data)
    client.post(reverse("bring"), {"authority": authority.pk, "file": file})
    return Spreadsheet.objects.get()


def settled(client, authority, name, data):
    """Columns as they were guessed, and a new plan."""
    sheet = brought(client, authority, name, data)
    page = client.get(reverse("bring-columns", args=[sheet.pk]))
    answer = client.post(reverse("bring-columns", args=[sheet.pk]), page.context["form"].initial)
    assert answer.status_code == 302, answer.context["form"].errors
    sheet.refresh_from_db()
    answer = client.post(reverse("bring-into", args=[sheet.pk]), {**PLAN, "version": sheet.version})
    assert answer.status_code == 302, answer.context["form"].errors
    sheet.refresh_from_db()
    return sheet


def check(client, sheet, **more):
    """The dry run, or with anything given what its form answers."""
    address = reverse("bring-check", args=[sheet.pk])
    if not more:
        return client.get(address)
    sheet.refresh_from_db()
    return client.post(address, {"version": sheet.version, **more})


@pytest.fixture
def brag(as_lead, rotherham, owner, moment):
    return settled(as_lead, rotherham, "plan.xlsx", samples.brag_workbook())


@pytest.fixture
def log(as_lead, rotherham, owner, moment):
    return settled(as_lead, rotherham, "log.csv", samples.log_csv())


def test_the_sheet_with_the_plan_is_found_behind_the_guidance(brag):
    assert (brag.choices["sheet"], brag.choices["heading"]) == (2, 3)


def test_the_columns_are_shown_with_their_first_rows(as_lead, brag):
    page = as_lead.get(reverse("bring-columns", args=[brag.pk])).content.decode()
    assert "Write a supervision policy" in page and "Cost code" in page


def test_nothing_is_in_the_plan_before_somebody_confirms(as_lead, brag):
    page = check(as_lead, brag).content.decode()
    assert "<strong>4 actions</strong> would come into Peer review 2012 (new)" in page and not Report.objects.exists()


def test_a_plan_with_colours_and_merged_cells_comes_in(as_lead, brag):
    answer = check(as_lead, brag, step="do")
    report = Report.objects.get()
    assert answer.url == reverse("report", args=[report.pk])
    assert [row.actions.count() for row in report.recommendations.all()] == [2, 1, 1]


def test_a_row_that_says_complete_is_closed_before_this_tracker(as_lead, brag):
    check(as_lead, brag, step="do")
    done = Action.objects.get(what="Write a supervision policy")
    assert (done.status, done.closed_elsewhere, done.closed_by, done.submitted_by) == (Status.CLOSED, True, None, None)


def test_a_revised_date_counts_and_no_extension_is_made(as_lead, brag):
    check(as_lead, brag, step="do")
    moved = Action.objects.get(what="Audit supervision records")
    assert (moved.original_due, moved.agreed_due) == (date(2012, 11, 30), date(2013, 2, 28))
    assert "“plan.xlsx”, row 5" in moved.due_explanation and not moved.extensions.exists()


def test_owners_are_found_by_name_and_by_address(as_lead, brag, owner):
    check(as_lead, brag, step="do")
    assert Action.objects.filter(owner=owner).count() == 3


def test_what_is_said_of_progress_is_the_first_note(as_lead, brag, lead):
    check(as_lead, brag, step="do")
    note = ProgressNote.objects.get(action__what="Write a supervision policy")
    assert "From the spreadsheet “plan.xlsx”, row 4" in note.text and "Evidence: Policy v2" in note.text
    assert note.written_by == lead


def test_all_of_it_is_one_event(as_lead, brag):
    last = Event.objects.latest("pk").pk
    check(as_lead, brag, step="do")
    assert list(Event.objects.filter(pk__gt=last).values_list("kind", flat=True)) == [EventKind.PLAN_BROUGHT]


def test_the_same_file_again_changes_nothing(as_lead, brag, rotherham):
    check(as_lead, brag, step="do")
    last = Event.objects.latest("pk").pk
    again = brought(as_lead, rotherham, "copy.xlsx", samples.brag_workbook())
    page = check(as_lead, again).content.decode()
    check(as_lead, again, step="do")
    assert "Nothing new would come into" in page and "4 are in the plan already" in page
    assert (Action.objects.count(), Event.objects.latest("pk").pk) == (4, last)


def test_a_later_file_adds_what_is_new_and_only_tells_what_differs(as_lead, brag, rotherham):
    check(as_lead, brag, step="do")
    rows = [
        *samples.BRAG[:3],
        ("3", "Publish the early help strategy", "3.1", "Consult partners", "", "", "", "Blue", "", "", ""),
    ]
    rows.append(("3", "Publish the early help strategy", "3.2", "Print it", "", "", "", "Grey", "", "", ""))
    as_lead.post(
        reverse("bring"),
        {"authority": rotherham.pk, "file": SimpleUploadedFile("later.xlsx", samples.brag_workbook(rows))},
    )
    later = Spreadsheet.objects.exclude(pk=brag.pk).get()
    report = Report.objects.get()
    as_lead.post(reverse("bring-into", args=[later.pk]), {"into": report.pk, "version": later.version})
    page = check(as_lead, later).content.decode()
    check(as_lead, later, step="do")
    assert "Status: complete in the spreadsheet, not started in the plan." in page
    assert (Action.objects.count(), Recommendation.objects.count()) == (5, 3)
    assert Action.objects.get(what="Consult partners").status == Status.NOT_STARTED


def test_each_row_s_error_is_told(as_lead, log):
    page = check(as_lead, log).content.decode()
    assert "“Dilys Fenn” is not among those who may own actions here." in page
    assert "Original due date: “31/02/2013” is not a date." in page
    assert "“Under review by panel” is not a status that is known here." in page


def test_rows_with_errors_keep_everything_out_until_somebody_says_so(as_lead, log):
    answer = check(as_lead, log, step="do", sure="on")
    assert "Rows that cannot be brought in: 5, 6, 7" in answer.content.decode() and not Report.objects.exists()


def test_rows_with_errors_are_left_out_where_somebody_says_so(as_lead, log):
    check(as_lead, log, step="do", sure="on", leave_out="on")
    assert sorted(Action.objects.values_list("what", flat=True)) == [
        "Case recording is late",
        "Publish guidance on thresholds",
    ]


def test_names_and_words_are_settled_by_a_person(as_lead, log, owner):
    check(as_lead, log, step="settle", name_0="nobody", status_0="not_started")
    page = check(as_lead, log).content.decode()
    assert "Dilys Fenn" not in page and "Rows that" not in page and "1 row</strong> cannot be brought in" in page


def test_no_answer_about_a_name_is_said_beside_it(as_lead, log):
    page = check(as_lead, log, step="settle", name_0="", status_0="").content.decode()
    assert "There is a problem" in page and page.count("Choose at least one answer") == 2


def test_answers_about_names_are_confirmed(as_lead, log):
    check(as_lead, log, step="settle", name_0="nobody", status_0="")
    assert "Your answers are used below" in check(as_lead, log).content.decode()


def test_a_spreadsheet_without_rows_says_so_beside_its_columns(as_lead, rotherham, moment):
    sheet = brought(as_lead, rotherham, "a.csv", b"Recommendation,Action,Owner\n")
    page = as_lead.get(reverse("bring-columns", args=[sheet.pk])).content.decode()
    assert "There is no row below the headings in row 1" in page


def test_an_odd_date_is_asked_about(as_lead, log):
    check(as_lead, log, step="settle", name_0="nobody", status_0="not_started")
    answer = check(as_lead, log, step="do", leave_out="on")
    assert "1 June 2031" in answer.content.decode() and not Report.objects.exists()


def test_words_that_seem_to_identify_a_child_are_asked_about(as_lead, rotherham, moment):
    sheet = settled(as_lead, rotherham, "a.csv", b"Action,Comments\nTrain,Seen: DOB 3/4/2010\n")
    answer = check(as_lead, sheet, step="do")
    assert "seem to identify a child" in answer.content.decode() and not Report.objects.exists()


def test_the_rows_are_saved_as_a_file_in_which_no_formula_runs(as_lead, rotherham, moment):
    sheet = settled(as_lead, rotherham, "a.csv", b'Action,Owner\n"=HYPERLINK(""x"")",Nemo\n')
    text = as_lead.get(reverse("bring-rows", args=[sheet.pk])).content.decode()
    assert "'=HYPERLINK" in text and "“Nemo” is not among" in text


def test_the_example_is_understood_whole(as_lead, rotherham, moment):
    data = as_lead.get(reverse("bring-example")).content
    sheet = brought(as_lead, rotherham, "example.csv", data)
    assert len(sheet.choices["columns"]) == 16


def test_rows_go_under_the_recommendations_of_a_report(as_lead, rotherham, lead, moment):
    report = factories.accepted_seed(
        "rotherham", rotherham, by=factories.acting(lead), moment=factories.at(2012, 9, 10)
    )
    sheet = brought(as_lead, rotherham, "a.csv", b"Rec,Action,Target date\n2,Train,1/3/2013\n99,Read,1/3/2013\n")
    as_lead.post(reverse("bring-into", args=[sheet.pk]), {"into": report.pk, "version": sheet.version})
    page = check(as_lead, sheet).content.decode()
    check(as_lead, sheet, step="do", leave_out="on")
    assert "The report has no recommendation 99." in page
    assert Action.objects.get(what="Train").recommendation == report.recommendations.get(number=2)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"<!DOCTYPE html><html><table>", "a web page (HTML)"),
        ("a.xlsx", b"PK\x03\x04", "damaged"),
        ("a.csv", b" \n", "empty"),
        ("a.csv", b"a,b\n" * 3001, "more than 3,000 rows"),
    ],
)
def test_a_file_that_is_no_plan_gets_a_sentence_and_is_not_kept(as_lead, rotherham, name, data, words):
    answer = as_lead.post(reverse("bring"), {"authority": rotherham.pk, "file": SimpleUploadedFile(name, data)})
    assert words in answer.content.decode() and not Spreadsheet.objects.exists()


def test_two_columns_cannot_hold_the_same(as_lead, brag):
    page = as_lead.get(reverse("bring-columns", args=[brag.pk]))
    answer = as_lead.post(page.request["PATH_INFO"], {**page.context["form"].initial, "column_10": "what"})
    assert "holds “What we will do” already" in answer.content.decode()


def test_another_row_of_headings_is_looked_at(as_lead, brag):
    page = as_lead.get(reverse("bring-columns", args=[brag.pk]), {"sheet": 2, "heading": 1})
    assert page.context["heading"] == 1


def test_another_council_s_spreadsheet_is_not_there(as_stranger, rotherham, lead):
    sheet = waiting(rotherham, lead)
    assert as_stranger.get(reverse("bring-check", args=[sheet.pk])).status_code == 404


def test_a_plan_of_another_council_cannot_be_chosen(as_lead, rotherham, staffordshire, stranger, lead):
    other = factories.peer_review(staffordshire, by=stranger)
    sheet = waiting(rotherham, lead)
    as_lead.post(reverse("bring-into", args=[sheet.pk]), {"into": other.pk, "version": sheet.version})
    sheet.refresh_from_db()
    assert "into" not in sheet.choices


def test_an_owner_may_not_bring_a_plan(as_owner):
    assert as_owner.get(reverse("bring")).url == reverse("reports")


def waiting(authority, lead):
    """A spreadsheet that waits."""
    return spreadsheets.receive(
        b"Ref,Action\n1,Train\n",
        name="a.csv",
        authority=authority,
        by=factories.acting(lead),
        at=factories.at(2012, 10, 1),
    )
