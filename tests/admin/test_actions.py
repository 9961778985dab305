"""The admin's page of an action: one verb a save, nothing typed is lost, notes and evidence are only ever added."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.worlds import world
from tracker.admin.action_inlines import VERBS
from tracker.choices import EvidenceKind, Role, Status
from tracker.models import Action, Evidence, ProgressNote
from tracker.rules.refusal import Refused
from tracker.services import actions


def address(action, page="change", *more):
    return reverse(f"admin:tracker_action_{page}", args=[action.pk, *more])


def filled(client, action, **typed):
    """What a browser sends back when somebody opens the page, types, and saves."""
    page = client.get(address(action))
    sent = {}
    for form in [page.context["adminform"].form, *_forms(page)]:
        for field in form:
            value = field.value()
            sent[field.html_name] = "" if value is None or value is False else "on" if value is True else value
    return {**sent, **typed}


def _forms(page):
    for inline in page.context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


@pytest.fixture
def written():
    """The kinds of the events written since the test began."""
    before = len(factories.events())
    return lambda: factories.events()[before:]


@world
def plan(owned, lead):
    """An owned action, and its events behind it."""
    return Action.objects.get(pk=owned.pk)


def test_saving_new_words_writes_one_event(admin_client, plan, written):
    answer = admin_client.post(address(plan), filled(admin_client, plan, outcome="Every child has a chronology."))
    assert (answer.status_code, written()) == (302, ["action_edited"])
    assert Action.objects.get(pk=plan.pk).outcome == "Every child has a chronology."


def test_saving_nothing_new_writes_no_event(admin_client, plan, written):
    answer = admin_client.post(address(plan), filled(admin_client, plan))
    assert (answer.status_code, written()) == (302, [])


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(admin_client, plan, written):
    answer = admin_client.post(address(plan), filled(admin_client, plan, what="   ", outcome="Kept words"))
    assert "what" in answer.context["adminform"].form.errors
    assert "Kept words" in answer.content.decode()
    assert written() == []


def test_words_changed_by_somebody_else_meanwhile_stand_beside_those_typed(admin_client, plan, lead, written):
    sent = filled(admin_client, plan, what="what I typed")
    actions.edit(
        plan,
        what="what another typed",
        outcome="",
        start_on=None,
        by=factories.acting(lead),
        at=factories.at(2012, 9, 5),
    )
    page = admin_client.post(address(plan), sent)
    what = next(row for row in page.context["versions"] if "do" in row[0])
    assert what[1:] == ("what another typed", "what I typed", True)
    assert written() == ["action_edited"]


def test_after_a_conflict_saving_again_keeps_what_was_typed(admin_client, plan, lead):
    sent = filled(admin_client, plan, what="what I typed")
    actions.edit(
        plan,
        what="what another typed",
        outcome="",
        start_on=None,
        by=factories.acting(lead),
        at=factories.at(2012, 9, 5),
    )
    page = admin_client.post(address(plan), sent)
    version = page.context["adminform"].form["version"].value()
    admin_client.post(address(plan), {**sent, "version": version})
    assert Action.objects.get(pk=plan.pk).what == "what I typed"


@pytest.mark.parametrize("version", ["", "zz", None])
def test_a_form_that_does_not_say_what_it_was_opened_on_is_refused_in_words(admin_client, plan, written, version):
    sent = filled(admin_client, plan, what="what I typed")
    del sent["version"]
    page = admin_client.post(address(plan), sent if version is None else {**sent, "version": version})
    assert "which version of the record you were looking at" in page.content.decode()
    assert "what I typed" in page.content.decode()
    assert written() == []


def test_a_small_page_that_does_not_say_what_it_was_opened_on_is_refused_in_words(admin_client, plan, written):
    page = admin_client.post(address(plan, "page", "supersede"), {"reason": "Folded into another"})
    assert "which version of the record you were looking at" in page.content.decode()
    assert written() == []


def test_a_note_is_added_by_its_verb_and_nothing_else_is_written(admin_client, plan, written):
    admin_client.post(address(plan), filled(admin_client, plan, **{"notes-0-text": "Half the teams are trained."}))
    assert written() == ["note_added"]
    assert ProgressNote.objects.get(action=plan).text == "Half the teams are trained."


def test_a_lead_notes_on_behalf_of_the_owner_only(admin_client, plan, owner, lead):
    page = admin_client.get(address(plan))
    notes = next(inline for inline in page.context["inline_admin_formsets"] if inline.opts.model is ProgressNote)
    assert list(notes.formset.forms[0].fields["on_behalf_of"].queryset) == [owner]


def test_a_file_of_evidence_is_added_by_its_verb(admin_client, plan, written):
    file = SimpleUploadedFile("audit.txt", b"Twenty files were read.")
    typed = {"evidence-0-kind": "file", "evidence-0-file": file}
    admin_client.post(address(plan), filled(admin_client, plan, **typed))
    assert written() == ["evidence_added"]
    assert Evidence.objects.get(action=plan).title == "audit.txt"


def test_a_file_larger_than_evidence_may_be_is_refused_beside_the_file(admin_client, plan, written, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    typed = {"evidence-0-kind": "file", "evidence-0-file": SimpleUploadedFile("audit.txt", b"Twenty files.")}
    page = admin_client.post(address(plan), filled(admin_client, plan, **typed))
    form = next(form for form in _forms(page) if form.prefix == "evidence-0")
    assert "The file is larger than" in str(form.errors["file"])
    assert written() == []


def test_the_largest_file_is_said_beside_the_box_for_it(admin_client, plan, settings):
    settings.EVIDENCE_MAX_BYTES = 7 * 1024 * 1024
    assert "Up to 7.0\xa0MB." in admin_client.get(address(plan)).content.decode()


def test_a_file_too_large_is_not_read_into_memory(settings):
    settings.EVIDENCE_MAX_BYTES = 10
    file = SimpleUploadedFile("audit.txt", b"Twenty files.")
    with pytest.raises(Refused, match="larger than"):
        VERBS[EvidenceKind.FILE]({"file": file})
    assert file.tell() == 0


def test_evidence_about_a_day_to_come_is_refused_beside_that_day(admin_client, plan, written):
    typed = {"evidence-0-kind": "note", "evidence-0-text": "Seen", "evidence-0-about_on": "01/01/2999"}
    page = admin_client.post(address(plan), filled(admin_client, plan, **typed))
    form = next(form for form in _forms(page) if form.prefix == "evidence-0")
    assert "still to come" in str(form.errors["about_on"])
    assert written() == []


def test_words_and_a_refused_note_are_saved_together_or_not_at_all(admin_client, plan, written):
    typed = {"outcome": "New outcome", "evidence-0-kind": "link", "evidence-0-url": "", "evidence-0-title": "A page"}
    page = admin_client.post(address(plan), filled(admin_client, plan, **typed))
    assert "New outcome" in page.content.decode()
    assert written() == []


def test_a_note_that_is_there_cannot_be_changed(admin_client, plan, owner, written):
    note = actions.note(plan, text="First words", by=factories.acting(owner), at=factories.at(2012, 9, 5))
    sent = filled(admin_client, plan)
    admin_client.post(address(plan), {**sent, "notes-0-id": note.pk, "notes-0-text": "Other words"})
    assert ProgressNote.objects.get(pk=note.pk).text == "First words"


def test_moves_that_are_open_are_links_and_the_others_say_why_not(admin_client, plan):
    page = admin_client.get(address(plan))
    closed = {deed["label"]: deed["closed"] for deed in page.context["deeds"]}
    assert closed["Start work"] == ""
    assert "open only while the status is" in closed["Reopen"]
    assert "Attach evidence first" in closed["Submit as complete"]
    assert closed["Reopen"] in page.content.decode().replace("&quot;", '"')


def test_a_move_is_made_on_its_own_page_with_its_reason(admin_client, plan, written):
    where = address(plan, "page", "supersede")
    answer = admin_client.post(where, {"version": plan.version, "reason": "Folded into another", "note": ""})
    assert (answer.status_code, written()) == (302, ["action_superseded"])
    assert Action.objects.get(pk=plan.pk).status == Status.SUPERSEDED


def test_a_move_without_its_reason_is_refused_beside_the_reason(admin_client, plan, written):
    page = admin_client.post(address(plan, "page", "supersede"), {"version": plan.version, "note": "Kept words"})
    assert page.context["form"].errors["reason"] == ["Give a reason."]
    assert "Kept words" in page.content.decode()
    assert written() == []


def test_a_move_on_an_older_version_is_refused(admin_client, plan, written):
    page = admin_client.post(address(plan, "page", "start"), {"version": plan.version - 1, "note": ""})
    assert "Somebody else has changed" in page.content.decode()
    assert written() == []


def test_a_first_due_date_is_shown_before_it_is_set(admin_client, action, written):
    where = address(action, "page", "first-due")
    typed = {"version": action.version, "due": "2012-01-05", "reason": "as the board agreed"}
    page = admin_client.post(where, typed)
    assert any(
        "is in the past" in sentence or "before the report" in sentence
        for sentence in page.context["preview"].sentences
    )
    assert written() == []
    admin_client.post(where, {**typed, "seen": page.context["seen"]})
    assert written() == ["first_due_set"]
    assert Action.objects.get(pk=action.pk).agreed_due == date(2012, 1, 5)


def test_a_date_changed_after_it_was_shown_is_shown_again(admin_client, action, written):
    where = address(action, "page", "first-due")
    typed = {"version": action.version, "due": "2030-01-05", "reason": "as the board agreed"}
    seen = admin_client.post(where, typed).context["seen"]
    assert admin_client.post(where, {**typed, "due": "2031-01-05", "seen": seen}).status_code == 200
    assert written() == []


def test_an_action_s_history_is_its_trail(admin_client, plan):
    lines = admin_client.get(address(plan, "history")).context["lines"]
    assert [line.kind for line in lines] == ["First due date set", "Action assigned", "Plan entered by hand"]
    assert lines[0].reason == "agreed with the owner"
    assert ("Due", "–", "3 December 2012") in {(c.field, c.before, c.after) for c in lines[0].changes}


def test_an_owner_with_the_staff_mark_adds_a_note_but_edits_nothing(client_of, rotherham, action, lead, written):
    person = factories.member("Ned Ash", rotherham, Role.OWNER, is_staff=True)
    plan = factories.owned(action, person, by=lead)
    client, before = client_of(person), len(factories.events())
    sent = filled(client, plan, what="other words", **{"notes-0-text": "Done by half."})
    client.post(address(plan), sent)
    assert factories.events()[before:] == ["note_added"]


def test_an_auditor_sees_an_action_and_may_change_nothing(client_of, rotherham, plan):
    client = client_of(factories.member("Una Dell", rotherham, Role.AUDITOR, is_staff=True))
    assert client.get(address(plan)).status_code == 200
    assert client.post(address(plan), {"what": "x"}).status_code == 403


def test_the_list_is_filtered_by_what_an_action_needs(admin_client, plan):
    where = reverse("admin:tracker_action_changelist")
    counted = {
        needs: admin_client.get(f"{where}?needs={needs}").context["cl"].result_count
        for needs in ("overdue", "no_owner", "no_date", "sign_off")
    }
    assert counted == {"overdue": 1, "no_owner": 2, "no_date": 2, "sign_off": 0}


def test_the_list_is_filtered_by_rating_and_shows_it_as_letter_and_word(admin_client, plan):
    page = admin_client.get(f"{reverse('admin:tracker_action_changelist')}?rating=red")
    assert page.context["cl"].result_count == 1
    assert "R Overdue" in page.content.decode()


def test_a_further_action_is_added_to_a_recommendation(admin_client, plan, written):
    typed = {"recommendation": plan.recommendation_id, "what": "train every team"}
    answer = admin_client.post(reverse("admin:tracker_action_add"), typed)
    assert (answer.status_code, written()) == (302, ["action_added"])
    assert Action.objects.filter(what="train every team", reference="RTH-2012-04").exists()


def test_the_list_asks_the_database_as_often_for_many_actions_as_for_few(
    admin_client, plan, rotherham, lead, django_assert_max_num_queries
):
    factories.peer_review(rotherham, by=lead, texts=tuple(f"keep promise {number}" for number in range(40)))
    with django_assert_max_num_queries(30):
        assert admin_client.get(reverse("admin:tracker_action_changelist")).context["cl"].result_count == 43
