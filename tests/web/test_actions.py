"""The list of actions and the pages on which an action is worked."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tracker.choices import Move, Status
from tracker.models import Action, Event
from tracker.rules.standing import delivery
from tracker.services import actions, moves

NOW = factories.at(2012, 9, 10)


def listed(client, **asked):
    return {action.reference for action, _ in client.get(reverse("actions"), asked).context["listed"]}


def test_the_list_is_narrowed_by_owner(as_lead, owned, owner):
    assert listed(as_lead, owner=owner.pk) == {owned.reference}


def test_nobody_can_be_asked_for_as_the_owner(as_lead, owned):
    found = listed(as_lead, owner="nobody")
    assert len(found) == 2 and owned.reference not in found


def test_the_list_is_narrowed_by_words_and_reference(as_lead, owned):
    assert listed(as_lead, q=f"chronologies {owned.reference}") == {owned.reference}


def test_the_list_is_narrowed_by_status(as_lead, owned, owner):
    moves.move(owned, Move.START, by=factories.acting(owner), at=NOW)
    assert listed(as_lead, status="in_progress") == {owned.reference}


def test_the_list_is_narrowed_to_what_is_overdue(as_lead, owned):
    assert listed(as_lead, when="overdue") == {owned.reference}


def test_the_list_is_narrowed_to_what_has_no_date(as_lead, owned):
    assert len(listed(as_lead, when="none")) == 2


def test_undated_actions_are_parted_by_what_they_wait_for(as_lead, rotherham, lead):
    report = factories.accepted_seed("west-sussex", rotherham, by=factories.acting(lead), moment=NOW)
    waiting = as_lead.get(reverse("actions"), {"when": "unpublished"}).context["pages"].count
    assert waiting == report.recommendations.exclude(timescale="").count() > 0


def test_a_report_without_timescales_does_not_wait_for_its_date(as_lead, rotherham, lead):
    report = factories.accepted_seed("focused-visit", rotherham, by=factories.acting(lead), moment=NOW)
    untimed = as_lead.get(reverse("actions"), {"when": "untimed"}).context["pages"].count
    assert untimed == report.recommendations.count() > 0


@pytest.mark.parametrize("rating", ["red", "grey", "green", "amber", "blue"])
def test_the_rating_asked_for_is_the_rating_the_rule_gives(as_lead, owned, rating):
    page = as_lead.get(reverse("actions"), {"rating": rating})
    on = page.context["today"]
    expected = {a.reference for a in Action.objects.all() if delivery(a.standing, as_at=on) == rating}
    assert {action.reference for action, _ in page.context["listed"]} == expected


def test_the_owners_to_choose_from_are_those_of_visible_actions(as_stranger, owned, owner):
    assert owner.name not in as_stranger.get(reverse("actions")).content.decode()


def test_an_empty_result_says_how_to_go_on(as_lead, owned):
    page = as_lead.get(reverse("actions"), {"q": "nothing says this"}).content.decode()
    assert "No action fits this filter" in page and "clear all filters" in page


def test_a_choice_that_does_not_exist_is_told(as_lead, owned):
    assert "<title>Error: " in as_lead.get(reverse("actions"), {"status": "bogus"}).content.decode()


def test_the_order_is_kept_while_a_filter_is_on(as_lead, owned):
    page = as_lead.get(reverse("actions"), {"status": "open", "sort": "-due"})
    assert page.context["listed"][0][0].reference == owned.reference
    assert "status=open" in page.content.decode()


def post(client, name, action, *more, **given):
    """Open the form as a person does, then send it with what they entered."""
    address = reverse(name, args=[action.pk, *more])
    opened = client.get(address)
    hidden = {f.html_name: f.value() or "" for f in opened.context["form"].hidden_fields()}
    return client.post(address, {**hidden, **given})


def shown(answer, field):
    """The errors that stand beside a field."""
    return " ".join(answer.context["form"][field].errors)


def test_starting_work_with_a_note(as_owner, owned):
    post(as_owner, "move", owned, "start", note="Began with the duty team.")
    owned.refresh_from_db()
    assert owned.status == Status.IN_PROGRESS and owned.notes.get().text == "Began with the duty team."


def test_a_return_without_a_reason_is_told_beside_the_reason(as_lead, owned, owner):
    factories.submitted(owned, by=owner)
    assert "Give a reason." in shown(post(as_lead, "move", owned, "return", note="", reason=""), "reason")


def test_submitting_without_evidence_is_greyed_with_the_reason(as_owner, owned):
    page = as_owner.get(reverse("action", args=[owned.pk])).content.decode()
    assert "Attach evidence first" in page and "disabled" in page


def test_nobody_signs_off_what_they_submitted(as_lead, owned, lead):
    factories.submitted(owned, by=lead)
    answer = as_lead.get(reverse("move", args=[owned.pk, "sign_off"]), follow=True)
    assert "you submitted this action" in answer.content.decode()


def test_signing_off_what_another_submitted(as_lead, owned, owner):
    factories.submitted(owned, by=owner)
    post(as_lead, "move", owned, "sign_off", note="")
    owned.refresh_from_db()
    assert owned.status == Status.CLOSED


@pytest.fixture
def overtaken(as_lead, owned, owner, lead):
    """A form whose action somebody else changed between opening and sending."""
    address = reverse("edit-action", args=[owned.pk])
    opened = as_lead.get(address)
    hidden = {f.html_name: f.value() or "" for f in opened.context["form"].hidden_fields()}
    actions.edit(
        owned,
        what="train every manager",
        outcome="",
        start_on=None,
        by=factories.acting(lead),
        at=factories.at(2012, 9, 11),
    )
    return address, {**hidden, "what": "buy a system"}


def test_a_conflict_shows_both_versions_and_keeps_what_was_typed(as_lead, overtaken):
    address, given = overtaken
    page = as_lead.post(address, given).content.decode()
    assert "improve the chronologies" in page and "train every manager" in page and "buy a system" in page


def test_a_conflict_writes_nothing(as_lead, overtaken, owned):
    address, given = overtaken
    as_lead.post(address, given)
    owned.refresh_from_db()
    assert owned.what == "train every manager"


def test_after_a_conflict_the_form_goes_on_from_the_newer_version(as_lead, overtaken, owned):
    address, given = overtaken
    again = as_lead.post(address, given).context["form"]
    newer = {name: again[name].value() for name in ("version", "seen")}
    as_lead.post(address, {**given, **newer})
    owned.refresh_from_db()
    assert owned.what == "buy a system"


def test_a_lead_writes_a_note_on_the_owner_s_behalf(as_lead, owned, owner):
    post(as_lead, "note", owned, kind="update", text="Told by telephone.", on_behalf_of="on")
    assert owned.notes.get().on_behalf_of == owner


def test_an_empty_note_is_told_beside_its_field(as_owner, owned):
    assert "Write what has happened." in shown(post(as_owner, "note", owned, kind="update", text=" "), "text")


def attach(client, action, data, **given):
    file = SimpleUploadedFile("audit.txt", data)
    return post(client, "add-evidence", action, "file", file=file, title="", confidential="on", **given)


def test_a_file_is_attached_as_evidence(as_owner, owned):
    attach(as_owner, owned, b"Twenty files were read.")
    assert owned.evidence.get().title == "audit.txt"


def test_a_file_too_large_is_refused_with_a_sentence(as_owner, owned, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    assert "The file is larger than" in shown(attach(as_owner, owned, b"Twenty files were read."), "file")


def test_evidence_about_a_day_to_come_is_told_beside_the_date(as_owner, owned):
    day = {"about_on_0": "1", "about_on_1": "1", "about_on_2": "2190"}
    assert "a day still to come" in shown(attach(as_owner, owned, b"x", **day), "about_on")


def test_a_day_that_does_not_exist_is_told_beside_the_date(as_owner, owned):
    day = {"about_on_0": "31", "about_on_1": "2", "about_on_2": "2026"}
    assert "Enter a real date" in shown(attach(as_owner, owned, b"x", **day), "about_on")


def test_a_download_comes_as_an_attachment_that_nothing_runs_in(as_owner, owned):
    attach(as_owner, owned, b"Twenty files were read.")
    answer = as_owner.get(reverse("download", args=[owned.evidence.get().pk]))
    assert b"".join(answer.streaming_content) == b"Twenty files were read."
    assert answer["Content-Disposition"] == 'attachment; filename="audit.txt"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff" and "private, no-store" in answer["Cache-Control"]


def test_a_download_leaves_a_line_in_the_trail(as_owner, owned):
    attach(as_owner, owned, b"Twenty files were read.")
    answer = as_owner.get(reverse("download", args=[owned.evidence.get().pk]))
    b"".join(answer.streaming_content)
    assert Event.objects.order_by("-id").first().kind == "evidence_downloaded"


def test_a_download_is_not_there_for_a_stranger_and_leaves_no_line(client, owner, stranger, owned):
    client.force_login(owner)
    attach(client, owned, b"Twenty files were read.")
    before = Event.objects.count()
    client.force_login(stranger)
    assert client.get(reverse("download", args=[owned.evidence.get().pk])).status_code == 404
    assert Event.objects.count() == before


def parts(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_a_due_date_in_the_past_is_asked_about_once(as_lead, action):
    given = {**parts("due", factories.at(2012, 9, 1).date()), "reason": "agreed"}
    answer = post(as_lead, "first-due", action, **given)
    assert "Is it right?" in shown(answer, "sure")
    action.refresh_from_db()
    assert action.agreed_due is None


def test_a_due_date_confirmed_by_the_tick_is_saved(as_lead, action):
    given = {**parts("due", factories.at(2012, 9, 1).date()), "reason": "agreed", "sure": "on"}
    post(as_lead, "first-due", action, **given)
    action.refresh_from_db()
    assert action.agreed_due == factories.at(2012, 9, 1).date()


def test_an_owner_is_given(as_lead, action, owner):
    post(as_lead, "assign", action, owner=owner.pk)
    action.refresh_from_db()
    assert action.owner == owner


def test_an_extension_to_an_earlier_day_is_told_beside_the_date(as_owner, owned):
    given = parts("to_due", owned.agreed_due - timedelta(days=1))
    assert "must be later" in shown(post(as_owner, "ask-extension", owned, reason="why", **given), "to_due")


def test_an_extension_is_asked_for_and_granted(client, lead, owner, owned):
    later = owned.agreed_due + timedelta(days=30)
    client.force_login(owner)
    post(client, "ask-extension", owned, reason="The system is late", sure="on", **parts("to_due", later))
    client.force_login(lead)
    post(client, "decide-extension", owned.extensions.get(), decision="grant", reason="")
    owned.refresh_from_db()
    assert owned.agreed_due == later


def test_the_history_is_told_from_the_trail_to_those_who_may_read_it(as_lead, owned):
    page = as_lead.get(reverse("action", args=[owned.pk]))
    told = [line.what for line in page.context["history"]]
    assert told[:2] == ["Due date set to 3 December 2012", "Assigned to Ben Moss"]


def test_an_owner_reads_the_notes_though_not_the_trail(as_owner, owned):
    post(as_owner, "note", owned, kind="help", text="A room is missing.")
    page = as_owner.get(reverse("action", args=[owned.pk]))
    assert [line.words for line in page.context["history"]] == ["A room is missing."]
