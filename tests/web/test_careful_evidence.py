"""Pages about evidence: the question about a child's details, what is no evidence, twins, downloads, the list."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.rules.file_samples import KEPT, REFUSED
from tests.web.sending import send, shown
from tests.worlds import world
from tracker.models import Event, EventBody
from tracker.services import erasures, evidence
from tracker.web.forms.care import KEEP

BIRTH = "Jayden (DOB 12/03/2011) was seen alone."
NOW = factories.at(2012, 9, 10)


def note(client, action, text=BIRTH, **given):
    return send(client, "note", action, kind="update", text=text, **given)


def tick(answer):
    """The answer that the question's own box would send."""
    return {KEEP: answer.context["form"].fields[KEEP].widget.attrs["value"]}


def details():
    body = EventBody.objects.get(event=Event.objects.latest("id"), position=0).body
    return json.loads(body)["details"]


def test_a_note_that_seems_to_identify_a_child_is_asked_about_and_not_kept(as_owner, owned):
    answer = note(as_owner, owned)
    assert "a child’s date of birth (“1•/0•/2•••”, in “What has happened?”)" in shown(answer, KEEP)
    assert not owned.notes.exists()


def test_what_was_typed_stays_in_the_form_when_it_is_asked_about(as_owner, owned):
    assert note(as_owner, owned).context["form"]["text"].value() == BIRTH


def test_a_note_kept_after_the_question_is_kept_and_the_trail_says_so(as_owner, owned):
    note(as_owner, owned, **tick(note(as_owner, owned)))
    assert owned.notes.get().text == BIRTH
    assert details() == {"kept_after_warning": ["a child’s date of birth"]}


def test_the_history_says_that_somebody_was_asked(client, owner, lead, owned):
    client.force_login(owner)
    note(client, owned, **tick(note(client, owned)))
    client.force_login(lead)
    words = client.get(reverse("action", args=[owned.pk])).context["history"][0].words
    assert "Kept after a warning that it seems to hold a child’s date of birth" in words


def test_a_tick_answers_its_own_question_and_no_later_one(as_owner, owned):
    answered = tick(note(as_owner, owned))
    again = note(as_owner, owned, f"{BIRTH} NHS number 999 000 0018", **answered)
    assert "an NHS number" in shown(again, KEEP) and not again.context["form"][KEEP].value()
    assert not owned.notes.exists()


def test_a_tick_that_nobody_was_given_answers_nothing(as_owner, owned):
    assert "date of birth" in shown(note(as_owner, owned, **{KEEP: "on"}), KEEP)


def test_harmless_words_are_not_asked_about(as_owner, owned):
    note(as_owner, owned, "Children aged 7 and under were seen by 12 March 2012.")
    assert owned.notes.exists() and details() == {}


@pytest.mark.parametrize(
    ("name", "more", "given"),
    [
        ("move", ["start"], {"note": BIRTH}),
        ("add-evidence", ["note"], {"text": "Seen.", "title": BIRTH}),
        ("add-evidence", ["note"], {"text": BIRTH, "title": ""}),
        ("add-evidence", ["link"], {"url": "https://example.org/", "title": BIRTH}),
        ("ask-extension", [], {"to_due_0": 1, "to_due_1": 2, "to_due_2": 2013, "reason": BIRTH, "sure": "on"}),
    ],
    ids=["move", "title", "observation", "link", "extension"],
)
def test_every_form_with_words_asks(as_owner, owned, name, more, given):
    before = Event.objects.count()
    answer = send(as_owner, name, owned, *more, **given)
    assert "a child’s date of birth" in shown(answer, KEEP)
    assert tick(answer)[KEEP] in answer.content.decode()
    assert Event.objects.count() == before


def attach(client, action, data=b"Twenty files were read.", name="audit.txt", **given):
    file = SimpleUploadedFile(name, data)
    return send(client, "add-evidence", action, "file", file=file, title="", confidential="on", **given)


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [
        ("Jayden_DOB_12032011.pdf", KEPT["application/pdf"], "in the file’s name"),
        ("audit.csv", b"Initials,DOB\nJS,12/03/2011\n", "in the file"),
        ("audit.txt", BIRTH.encode(), "in the file"),
    ],
)
def test_a_file_is_asked_about_by_its_name_and_its_plain_words(as_owner, owned, name, data, where):
    answer = attach(as_owner, owned, data, name)
    assert where in shown(answer, KEEP)
    assert "Choose the file once more" in shown(answer, "file")
    attach(as_owner, owned, data, name, **tick(answer))
    assert owned.evidence.get().size == len(data)


def test_the_page_says_which_files_are_judged_by_their_name_only(as_owner, owned):
    page = as_owner.get(reverse("add-evidence", args=[owned.pk, "file"])).content.decode()
    assert "such as PDF and Word, are judged by their name only" in page


@pytest.mark.parametrize(("what", "data"), REFUSED.items())
def test_a_file_that_is_no_evidence_is_refused_beside_it(as_owner, owned, what, data):
    assert what in shown(attach(as_owner, owned, data, "minutes.pdf"), "file")
    assert not owned.evidence.exists()


def test_the_same_file_a_second_time_is_a_question(as_owner, owned):
    attach(as_owner, owned)
    answer = attach(as_owner, owned)
    assert "The very same file is here already: “audit.txt”" in shown(answer, "sure")
    attach(as_owner, owned, sure="on")
    assert owned.evidence.count() == 2


def test_the_tick_for_a_second_time_is_not_there_unasked(as_owner, owned):
    page = as_owner.get(reverse("add-evidence", args=[owned.pk, "file"])).content.decode()
    assert "Add it a second time" not in page


def test_a_file_with_a_virus_is_told_beside_it(as_owner, owned, settings):
    settings.CLAMD_ADDRESS = "unix:///nowhere/at/all"
    assert "The virus check is not answering" in shown(attach(as_owner, owned), "file")
    assert not owned.evidence.exists()


@world
def piece(owned, owner):
    return evidence.add_file(owned, data=b"Twenty files.", name="audit.txt", by=factories.acting(owner), at=NOW)


def test_a_file_that_is_gone_from_the_disk_is_told_and_is_no_line_of_the_trail(as_owner, piece):
    piece.file.storage.delete(piece.file.name)
    before = Event.objects.count()
    assert "The file is missing." in as_owner.get(reverse("download", args=[piece.pk]), follow=True).content.decode()
    assert Event.objects.count() == before


@pytest.mark.parametrize("media_type", KEPT)
def test_a_download_of_every_kind_is_a_line_of_the_trail(as_owner, owned, owner, media_type):
    made = evidence.add_file(owned, data=KEPT[media_type], name="a", by=factories.acting(owner), at=NOW)
    answer = as_owner.get(reverse("download", args=[made.pk]))
    assert b"".join(answer.streaming_content) == KEPT[media_type]
    assert (Event.objects.latest("id").kind, Event.objects.latest("id").subject_id) == ("evidence_downloaded", made.pk)


def test_a_title_with_a_path_in_it_is_a_safe_name_to_save_under(as_owner, owned, owner):
    made = evidence.add_file(owned, data=b"x", name="a.txt", title="../Audit 3/4", by=factories.acting(owner), at=NOW)
    answer = as_owner.get(reverse("download", args=[made.pk]))
    answer.close()
    assert answer["Content-Disposition"] == 'attachment; filename="-Audit 3-4.txt"'


def test_evidence_is_listed_by_the_date_it_is_about(as_owner, owned, owner):
    by = factories.acting(owner)
    for title, day in (("March", 3), ("None", None), ("July", 7)):
        about = factories.at(2012, day, 1).date() if day else None
        evidence.add_note(owned, title=title, text="Seen.", about_on=about, by=by, at=NOW)
    pieces = as_owner.get(reverse("action", args=[owned.pk])).context["evidence"]
    assert [each.row.title for each in pieces] == ["None", "July", "March"]


def test_evidence_says_its_kind_its_size_who_brought_it_and_who_may_see_it(client, lead, owned, owner):
    evidence.add_file(
        owned, data=KEPT["application/pdf"], name="audit.pdf", by=factories.acting(lead), on_behalf_of=owner, at=NOW
    )
    client.force_login(owner)
    page = " ".join(client.get(reverse("action", args=[owned.pk])).content.decode().split())
    assert "PDF, 13 bytes." in page
    assert "<strong>Confidential</strong>: board members do not see it." in page
    assert "from Ben Moss, entered by Amina Lark." in page


def test_withdrawn_evidence_is_struck_through_and_says_so_in_words(as_owner, piece, owner):
    evidence.withdraw(piece, reason="another team's", by=factories.acting(owner), at=NOW)
    page = as_owner.get(reverse("action", args=[piece.action_id])).content.decode()
    assert "<s>" in page and "so it proves nothing any more: another team&#x27;s" in page


def test_while_a_submission_rests_on_it_the_page_says_why_it_cannot_be_withdrawn(as_owner, owned, owner):
    factories.submitted(owned, by=owner)
    page = as_owner.get(reverse("action", args=[owned.pk])).content.decode()
    assert "only a lead may withdraw it" in page and "/withdraw/" not in page


def test_a_page_takes_as_many_queries_however_much_evidence_there_is(as_lead, lead, owned, owner, piece):
    erasures.ask_erasure(piece, reason="A family shows.", by=factories.acting(lead), at=NOW)
    address = reverse("action", args=[owned.pk])
    with CaptureQueriesContext(connection) as few:
        as_lead.get(address)
    for number in range(8):
        evidence.add_note(owned, title=str(number), text="Seen.", by=factories.acting(owner), at=NOW)
    with CaptureQueriesContext(connection) as many:
        as_lead.get(address)
    assert len(many) <= len(few)
