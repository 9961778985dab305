"""Evidence: added, withdrawn with a reason, downloaded, erased by two people, and never silently gone."""

import dataclasses
import hashlib
import json
from datetime import date

import pytest
from django.core.files.storage import default_storage

from tests import factories
from tests.factories import acting, at
from tracker.choices import Role
from tracker.models import Erasure, Event, EventBody, Evidence
from tracker.rules.refusal import Refused
from tracker.services import erasures, evidence, history, verification

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)
DATA = b"Minutes of the audit group"


@pytest.fixture
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


@pytest.fixture
def file(owned, owner):
    return evidence.add_file(owned, data=DATA, name="Minutes.TXT", by=acting(owner), at=NOW)


def add_note(action, by, **more):
    return evidence.add_note(action, text="Twenty files were read.", title="", by=acting(by), at=NOW, **more)


def test_a_file_is_kept_byte_for_byte_under_a_name_nobody_can_guess(file):
    with file.file.open("rb") as kept:
        assert kept.read() == DATA
    assert (file.sha256, file.size, "Minutes" in file.file.name) == (hashlib.sha256(DATA).hexdigest(), 26, False)


def test_a_file_without_a_title_is_called_by_its_name(file):
    assert (file.title, file.media_type) == ("Minutes.TXT", "text/plain")


def test_evidence_is_confidential_unless_said_otherwise(owned, owner):
    assert add_note(owned, owner).confidential


def test_the_date_it_is_about_is_not_the_date_it_was_received(owned, owner):
    piece = add_note(owned, owner, about_on=date(2012, 9, 3))
    assert (piece.about_on, piece.received_at) == (date(2012, 9, 3), NOW)


def test_evidence_about_a_day_still_to_come_is_refused(owned, owner):
    with pytest.raises(Refused, match="still to come"):
        add_note(owned, owner, about_on=date(2012, 10, 2))


def test_evidence_about_today_is_fine(owned, owner):
    assert add_note(owned, owner, about_on=date(2012, 10, 1)).about_on == date(2012, 10, 1)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/a", "example.org", ""])
def test_only_addresses_of_the_web_are_links(owned, owner, url):
    with pytest.raises(Refused, match="https"):
        evidence.add_link(owned, url=url, by=acting(owner), at=NOW)


def test_an_empty_file_and_empty_words_are_refused(owned, owner):
    with pytest.raises(Refused, match="empty"):
        evidence.add_file(owned, data=b"", name="a.txt", by=acting(owner), at=NOW)
    with pytest.raises(Refused, match="what was seen"):
        evidence.add_note(owned, text=" ", title="Audit", by=acting(owner), at=NOW)


def test_what_a_file_is_comes_from_its_content_and_its_name_is_mended(owned, owner):
    piece = evidence.add_file(owned, data=b"%PDF-1.7\n", name="scans/minutes.doc", by=acting(owner), at=NOW)
    assert (piece.title, piece.media_type, piece.file.name.rsplit(".")[-1]) == ("minutes.pdf", "application/pdf", "pdf")


def test_a_program_is_refused_and_not_even_written(owned, owner, settings):
    with pytest.raises(Refused, match="This is a program"):
        evidence.add_file(owned, data=b"MZ\x90\x00", name="minutes.pdf", by=acting(owner), at=NOW)
    assert not settings.MEDIA_ROOT.exists()


def test_a_file_too_large_is_refused(owned, owner, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    with pytest.raises(Refused, match="larger than"):
        evidence.add_file(owned, data=DATA, name="a.txt", by=acting(owner), at=NOW)


def test_a_title_is_freed_of_what_nobody_sees(owned, owner):
    piece = evidence.add_note(owned, text="Seen.", title="Au\u202edit\x00", by=acting(owner), at=NOW)
    assert piece.title == "Audit"


def test_a_file_whose_record_is_refused_does_not_stay_on_the_disk(owned, owner, settings, monkeypatch):
    monkeypatch.setattr(evidence, "_added", refuse)
    with pytest.raises(Refused):
        evidence.add_file(owned, data=DATA, name="a.txt", by=acting(owner), at=NOW)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def refuse(*about):
    raise Refused("Somebody else was quicker.")


def test_the_same_bytes_on_the_same_action_are_found_while_they_stand(file, owned, owner):
    assert evidence.twin_of(owned, data=DATA) == file
    withdraw(file, owner)
    assert evidence.twin_of(owned, data=DATA) is None


def test_the_same_bytes_on_another_action_are_no_twin(file, report):
    other = report.recommendations.last().actions.get()
    assert evidence.twin_of(other, data=DATA) is None


def test_a_lead_opens_evidence_to_the_board_and_closes_it_again_with_a_reason(file, lead):
    opened = evidence.mark(file, confidential=False, reason="no child in it", by=acting(lead), at=NOW)
    assert not opened.confidential
    assert evidence.mark(file, confidential=True, reason="a school is named", by=acting(lead), at=NOW).confidential


def test_evidence_is_marked_with_a_reason_by_a_lead_and_only_as_it_is_not_yet(file, lead, owner):
    with pytest.raises(Refused, match="reason"):
        evidence.mark(file, confidential=False, reason=" ", by=acting(lead), at=NOW)
    with pytest.raises(Refused, match="confidential already"):
        evidence.mark(file, confidential=True, reason="again", by=acting(lead), at=NOW)
    with pytest.raises(Refused, match="Only an improvement lead"):
        evidence.mark(file, confidential=False, reason="mine", by=acting(owner), at=NOW)


def test_what_a_person_kept_after_a_warning_stands_in_the_trail_by_its_kind(owned, owner):
    by = dataclasses.replace(acting(owner), kept=("an NHS number",))
    add_note_by(owned, by)
    body = json.loads(EventBody.objects.get(event=Event.objects.latest("id"), position=0).body)
    assert body["details"] == {"kept_after_warning": ["an NHS number"]}


def add_note_by(action, by):
    return evidence.add_note(action, text="Twenty files were read.", title="", by=by, at=NOW)


def test_a_file_that_a_stranger_hands_in_is_not_even_written(owned, stranger, settings):
    with pytest.raises(Refused):
        evidence.add_file(owned, data=DATA, name="a.txt", by=acting(stranger), at=NOW)
    assert not settings.MEDIA_ROOT.exists()


def test_evidence_breaks_the_silence(owned, owner):
    add_note(owned, owner)
    owned.refresh_from_db()
    assert owned.last_heard_at == NOW


def withdraw(piece, by, reason="wrong files"):
    return evidence.withdraw(piece, reason=reason, by=acting(by), at=NOW)


def test_withdrawn_evidence_stays_to_be_seen_and_proves_nothing(file, owner):
    kept = withdraw(file, owner)
    assert (kept.withdrawn_reason, kept.withdrawn_by, default_storage.exists(kept.file.name)) == (
        "wrong files",
        owner,
        True,
    )
    assert not file.action.evidence.standing().exists()


def test_evidence_is_withdrawn_once_and_with_a_reason(file, owner):
    with pytest.raises(Refused, match="reason"):
        withdraw(file, owner, reason=" ")
    withdraw(file, owner)
    with pytest.raises(Refused, match="already"):
        withdraw(file, owner)


def test_a_download_is_told(file, lead):
    evidence.downloaded(file, by=acting(lead), at=NOW)
    assert Event.objects.latest("id").actor_id == lead.pk


def test_a_board_member_downloads_nothing_confidential(file, rotherham):
    board = factories.member("Bo Lind", rotherham, Role.BOARD)
    with pytest.raises(Refused, match="no access"):
        evidence.downloaded(file, by=acting(board), at=NOW)


def test_a_note_is_no_file_to_download(owned, owner):
    with pytest.raises(Refused, match="no file"):
        evidence.downloaded(add_note(owned, owner), by=acting(owner), at=NOW)


@pytest.fixture
def asked(file, lead):
    return erasures.ask_erasure(file, reason="a child is named", by=acting(lead), at=NOW)


def decide(asked, by, granted=True, **more):
    return erasures.decide_erasure(asked, granted=granted, by=acting(by), at=at(2012, 10, 2), **more)


@pytest.fixture
def erased(asked, second, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        decide(asked, second)
    return Evidence.objects.get(pk=asked.evidence_id)


def test_asking_erases_nothing(asked):
    assert (asked.evidence.erased_at, default_storage.exists(asked.evidence.file.name)) == (None, True)


def test_an_erasure_is_not_decided_by_who_asked(asked, lead):
    before = factories.events()
    with pytest.raises(Refused, match="second person"):
        decide(asked, lead)
    assert (Erasure.objects.get().granted, factories.events()) == (None, before)


def test_an_erased_file_is_gone_and_so_are_its_name_and_words(erased, asked):
    assert (erased.file.name, erased.title, erased.text, erased.url) == ("", erasures.TITLE, "", "")
    assert not default_storage.exists(asked.evidence.file.name)


def test_the_bodies_that_told_of_it_are_emptied(erased):
    told = EventBody.objects.filter(subject_type="evidence", subject_id=erased.pk).order_by("event_id")
    assert [body.body is None for body in told] == [True, False]


def test_what_was_erased_stands_nowhere_in_the_trail(erased):
    assert not EventBody.objects.filter(body__contains="Minutes.TXT").exists()


def test_verification_tells_a_lawful_erasure_apart(erased):
    found = list(verification.verify())
    assert [finding.lawful for finding in found] == [True]
    assert "erased by Amina Lark and Greta Field on 2 October 2012" in found[0].sentence


def test_a_body_emptied_beside_the_erasure_is_no_lawful_one(erased, owned):
    body = EventBody.objects.filter(subject_type="action").first()
    factories.triggers.remove(factories.connection)
    EventBody.objects.filter(pk=body.pk).update(body=None, salt=None)
    factories.triggers.install(factories.connection)
    assert [finding for finding in verification.verify() if not finding.lawful]


def test_the_reason_of_a_withdrawal_goes_with_what_is_erased(
    file, owner, lead, second, django_capture_on_commit_callbacks
):
    withdraw(file, owner, reason="it is about Jayden")
    asked = erasures.ask_erasure(file, reason="a child is named", by=acting(lead), at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        decide(asked, second)
    assert Evidence.objects.get().withdrawn_reason == erasures.TITLE
    assert not EventBody.objects.filter(body__contains="Jayden").exists()


def test_nothing_of_an_erased_file_stays_on_the_disk(erased, settings):
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_an_erasure_is_refused_with_a_reason(asked, second):
    with pytest.raises(Refused, match="reason"):
        decide(asked, second, granted=False)


def test_an_erased_piece_is_left_out_of_the_past(erased):
    through = history.resolve(erased.action.authority, NOW)
    assert erased.pk not in history.states("evidence", through)


def test_erased_evidence_is_neither_withdrawn_nor_downloaded_nor_erased_again(erased, owner, lead):
    with pytest.raises(Refused, match="already"):
        withdraw(erased, owner)
    with pytest.raises(Refused, match="no file"):
        evidence.downloaded(erased, by=acting(owner), at=NOW)
    with pytest.raises(Refused, match="already"):
        erasures.ask_erasure(erased, reason="again", by=acting(lead), at=NOW)


def test_an_erasure_is_asked_for_once_and_with_a_reason(asked, second, lead, owned, owner):
    with pytest.raises(Refused, match="already"):
        erasures.ask_erasure(asked.evidence, reason="again", by=acting(second), at=NOW)
    with pytest.raises(Refused, match="reason"):
        erasures.ask_erasure(add_note(owned, owner), reason=" ", by=acting(lead), at=NOW)


def test_a_refused_erasure_erases_nothing_and_is_decided(asked, second):
    decide(asked, second, granted=False, reason="nobody is named")
    assert (factories.events()[-1], default_storage.exists(asked.evidence.file.name)) == ("erasure_refused", True)
    with pytest.raises(Refused, match="decided already"):
        decide(asked, second)


def test_an_owner_cannot_withdraw_what_a_submission_rests_on(owned, owner):
    factories.submitted(owned, by=owner)
    with pytest.raises(Refused, match="rests on this evidence"):
        evidence.withdraw(
            owned.evidence.get(), reason="no longer", by=factories.acting(owner), at=factories.at(2012, 11, 2)
        )


def test_a_lead_who_does_not_own_the_action_can_withdraw_it(owned, owner, lead):
    factories.submitted(owned, by=owner)
    kept = evidence.withdraw(
        owned.evidence.get(), reason="another child's", by=factories.acting(lead), at=factories.at(2012, 11, 2)
    )
    assert kept.withdrawn_reason == "another child's"
