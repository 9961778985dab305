"""In the admin too: what seems to identify a child is asked about once, files are what they are, evidence is marked."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.admin.test_actions import _forms, address, filled
from tests.rules.file_samples import REFUSED
from tests.worlds import world
from tracker.models import Action, Challenge, Erasure, Event, EventBody, Evidence, ProgressNote
from tracker.services import evidence

BIRTH = "Jayden (DOB 12/03/2011) was seen alone."
NOW = factories.at(2012, 10, 1)


@pytest.fixture
def written():
    before = len(factories.events())
    return lambda: factories.events()[before:]


def tick(page, prefix=""):
    """The box that stands in the question, as a browser would send it."""
    name = f"{prefix}keep"
    found = re.search(rf'<input type="checkbox" name="{name}" value="([0-9a-f]+)">', page.content.decode())
    assert found, "no question was asked"
    return {name: found[1]}


def details():
    return json.loads(EventBody.objects.get(event=Event.objects.latest("id"), position=0).body)["details"]


def test_a_note_is_asked_about_and_kept_by_the_tick(admin_client, owned, written):
    typed = {"notes-0-kind": "update", "notes-0-text": BIRTH}
    page = admin_client.post(address(owned), filled(admin_client, owned, **typed))
    assert (written(), "a child’s date of birth" in page.content.decode()) == ([], True)
    admin_client.post(address(owned), filled(admin_client, owned, **typed, **tick(page, "notes-0-")))
    assert (written(), ProgressNote.objects.get().text) == (["note_added"], BIRTH)
    assert details() == {"kept_after_warning": ["a child’s date of birth"]}


def test_words_of_an_action_are_asked_about_only_when_they_change(admin_client, owned, written):
    Action.objects.filter(pk=owned.pk).update(what=BIRTH)
    admin_client.post(address(owned), filled(admin_client, owned, outcome="All is well."))
    assert written() == ["action_edited"]


def test_a_small_page_asks_too(admin_client, owned, written):
    where, typed = address(owned, "page", "supersede"), {"version": owned.version, "reason": BIRTH, "note": ""}
    page = admin_client.post(where, typed)
    assert written() == []
    admin_client.post(where, {**typed, **tick(page)})
    assert (written(), details()["kept_after_warning"]) == (["action_superseded"], ["a child’s date of birth"])


def test_a_challenge_is_asked_about(admin_client, owned, written):
    where = reverse("admin:tracker_challenge_add")
    typed = {"authority": owned.authority_id, "action": owned.pk, "meeting": "", "text": BIRTH}
    page = admin_client.post(where, typed)
    assert (written(), Challenge.objects.exists()) == ([], False)
    admin_client.post(where, {**typed, **tick(page)})
    assert written() == ["challenge_raised"]


def test_a_file_s_name_is_asked_about(admin_client, owned, written):
    file = SimpleUploadedFile("Jayden_DOB_12032011.txt", b"Seen.")
    typed = {"evidence-0-kind": "file", "evidence-0-file": file}
    page = admin_client.post(address(owned), filled(admin_client, owned, **typed))
    assert (written(), "in the file’s name" in page.content.decode()) == ([], True)


def test_a_question_cannot_carry_markup(admin_client, owned):
    typed = {
        "notes-0-kind": "update",
        "notes-0-text": "case no <b>12345</b>, <i>Bo</i>, aged 7, DOB 12/03/2011<script>",
    }
    page = admin_client.post(address(owned), filled(admin_client, owned, **typed))
    form = next(form for form in _forms(page) if form.prefix == "notes-0")
    assert "<script" not in str(form.non_field_errors()) and "DOB" not in str(form.non_field_errors())


def test_a_program_is_refused_beside_the_file(admin_client, owned, written):
    file = SimpleUploadedFile("minutes.pdf", REFUSED["a program"])
    page = admin_client.post(
        address(owned), filled(admin_client, owned, **{"evidence-0-kind": "file", "evidence-0-file": file})
    )
    form = next(form for form in _forms(page) if form.prefix == "evidence-0")
    assert ("This is a program" in str(form.errors["file"]), written()) == (True, [])


def test_a_file_is_refused_while_the_virus_check_does_not_answer(admin_client, owned, written, settings):
    settings.CLAMD_ADDRESS = "unix:///nowhere/at/all"
    file = SimpleUploadedFile("audit.txt", b"Twenty files.")
    page = admin_client.post(
        address(owned), filled(admin_client, owned, **{"evidence-0-kind": "file", "evidence-0-file": file})
    )
    form = next(form for form in _forms(page) if form.prefix == "evidence-0")
    assert ("virus check is not answering" in str(form.errors["file"]), written()) == (True, [])


@world
def piece(owned, owner):
    return evidence.add_note(owned, title="Audit", text="Twenty files.", by=factories.acting(owner), at=NOW)


def page_of(piece, name):
    return reverse("admin:tracker_evidence_page", args=[piece.pk, name])


def test_evidence_is_opened_to_the_board_with_a_reason(admin_client, piece, written):
    admin_client.post(page_of(piece, "open"), {"reason": "no child in it"})
    assert (written(), Evidence.objects.get().confidential) == (["evidence_marked"], False)


def test_an_erasure_is_asked_for(admin_client, piece, written):
    admin_client.post(page_of(piece, "erase"), {"reason": "a family shows"})
    assert (written(), Erasure.objects.get().reason) == (["erasure_asked"], "a family shows")


def test_who_is_no_lead_marks_and_erases_nothing(client_of, owner, piece, written):
    owner.is_staff = True
    owner.save()
    client = client_of(owner)
    answers = {client.post(page_of(piece, name), {"reason": "mine"}).status_code for name in ("open", "erase")}
    assert (answers, written()) == ({403}, [])
