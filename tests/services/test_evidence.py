"""Evidence: added, withdrawn with a reason, marked, downloaded, and never silently gone."""

import dataclasses
import hashlib
import json
from datetime import date

import pytest
from django.core.files.storage import default_storage

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Event, EventBody
from tracker.rules.refusal import Refused
from tracker.services import evidence

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)
DATA = b"Minutes of the audit group"


@world
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
