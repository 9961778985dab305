"""Pages about evidence: the question about a child's details, twins, marking, erasing by two people, the list."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.rules.file_samples import KEPT, REFUSED
from tracker.choices import Role
from tracker.models import Erasure, Event, EventBody, Evidence
from tracker.services import erasures, evidence
from tracker.web.forms.care import KEEP

BIRTH = "Jayden (DOB 12/03/2011) was seen alone."
NOW = factories.at(2012, 9, 10)


def send(client, name, row, *more, **given):
    """Open the form as a person does, then send it with what they entered."""
    address = reverse(name, args=[row.pk, *more])
    opened = client.get(address)
    hidden = {f.html_name: f.value() or "" for f in opened.context["form"].hidden_fields()}
    return client.post(address, {**hidden, **given})


def shown(answer, field):
    return " ".join(answer.context["form"][field].errors)


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


@pytest.fixture
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


@pytest.fixture
def piece(owned, owner):
    return evidence.add_file(owned, data=b"Twenty files.", name="audit.txt", by=factories.acting(owner), at=NOW)


@pytest.fixture
def asked(piece, lead):
    return erasures.ask_erasure(piece, reason="A family shows.", by=factories.acting(lead), at=NOW)


def test_an_erasure_is_asked_for_and_erases_nothing(as_lead, piece):
    send(as_lead, "erase-evidence", piece, reason="A family shows.")
    assert (Erasure.objects.get().granted, Evidence.objects.get().erased_at) == (None, None)


def test_the_page_names_who_may_decide(as_lead, piece, second):
    page = as_lead.get(reverse("erase-evidence", args=[piece.pk])).content.decode()
    assert "Greta Field" in page and "you are the only improvement lead" not in page


def test_a_lead_alone_is_told_that_nobody_can_decide(as_lead, piece):
    page = as_lead.get(reverse("erase-evidence", args=[piece.pk])).content.decode()
    assert "you are the only improvement lead" in page


def test_who_asked_is_told_that_another_decides(as_lead, asked):
    page = as_lead.get(reverse("decide-erasure", args=[asked.pk])).content.decode()
    assert "A second person has to decide on an erasure." in page and "Save the decision" not in page


def test_a_second_lead_finds_it_at_home_and_erases_it(
    client, second, asked, piece, django_capture_on_commit_callbacks, settings
):
    client.force_login(second)
    assert reverse("decide-erasure", args=[asked.pk]) in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        send(client, "decide-erasure", asked, decision="grant", reason="")
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    page = client.get(reverse("action", args=[piece.action_id])).content.decode()
    assert "by Amina Lark and Greta Field, because: A family shows." in page and "audit.txt" not in page


def test_a_refused_erasure_needs_a_reason(client, second, asked):
    client.force_login(second)
    assert "Give a reason." in shown(send(client, "decide-erasure", asked, decision="refuse", reason=""), "reason")


@pytest.fixture
def erased(asked, second):
    erasures.decide_erasure(asked, granted=True, by=factories.acting(second), at=NOW)
    return asked.evidence


def test_the_owner_sees_by_whom_and_why_their_evidence_was_erased(as_owner, erased):
    page = as_owner.get(reverse("action", args=[erased.action_id])).content.decode()
    assert "by Amina Lark and Greta Field, because: A family shows." in page


def test_the_history_still_says_who_had_taken_out_what_is_erased(client, lead, owner, second, piece):
    evidence.downloaded(piece, by=factories.acting(owner), at=NOW)
    asked = erasures.ask_erasure(piece, reason="A family shows.", by=factories.acting(lead), at=NOW)
    erasures.decide_erasure(asked, granted=True, by=factories.acting(second), at=NOW)
    client.force_login(lead)
    lines = client.get(reverse("action", args=[piece.action_id])).context["history"]
    assert ("Evidence downloaded", "Ben Moss; erased after a breach", "") in [
        (line.what, line.who, line.words) for line in lines
    ]


def test_an_owner_knows_of_an_erasure_only_when_it_is_done(client, owner, asked):
    client.force_login(owner)
    assert client.get(reverse("decide-erasure", args=[asked.pk])).status_code == 404


def test_erased_evidence_is_not_taken_out(as_owner, erased):
    answer = as_owner.get(reverse("download", args=[erased.pk]), follow=True)
    assert "There is no file to download." in answer.content.decode()


PAGES = [("erase-evidence", []), ("mark-evidence", ["open"]), ("withdraw-evidence", []), ("download", [])]


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_a_stranger_finds_no_page_about_evidence(as_stranger, piece, name, more):
    assert as_stranger.get(reverse(name, args=[piece.pk, *more])).status_code == 404


@pytest.mark.parametrize(("name", "more"), PAGES[:2])
def test_an_owner_is_refused_what_is_a_lead_s(as_owner, piece, name, more):
    before = Event.objects.count()
    page = as_owner.post(reverse(name, args=[piece.pk, *more]), {"reason": "mine"}, follow=True)
    assert "Only an improvement lead may change the plan." in page.content.decode()
    assert Event.objects.count() == before


def test_a_stranger_finds_no_erasure(as_stranger, asked):
    assert as_stranger.get(reverse("decide-erasure", args=[asked.pk])).status_code == 404


def test_a_lead_opens_evidence_to_the_board(client, lead, board_member, piece):
    client.force_login(board_member)
    assert client.get(reverse("download", args=[piece.pk])).status_code == 404
    client.force_login(lead)
    send(client, "mark-evidence", piece, "open", reason="No child in it.")
    client.force_login(board_member)
    assert b"".join(client.get(reverse("download", args=[piece.pk])).streaming_content) == b"Twenty files."


def test_evidence_marked_meanwhile_by_another_is_not_turned_back(as_lead, lead, piece):
    evidence.mark(piece, confidential=False, reason="no child", by=factories.acting(lead), at=NOW)
    page = as_lead.post(reverse("mark-evidence", args=[piece.pk, "open"]), {"reason": "No child in it."}, follow=True)
    assert "open to the board already" in page.content.decode()
    assert not Evidence.objects.get().confidential


def test_an_address_that_marks_as_something_else_is_not_there(as_lead, piece):
    assert as_lead.get(reverse("mark-evidence", args=[piece.pk, "secret"])).status_code == 404


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


def test_a_page_takes_as_many_queries_however_much_evidence_there_is(as_lead, owned, owner, piece, asked):
    address = reverse("action", args=[owned.pk])
    with CaptureQueriesContext(connection) as few:
        as_lead.get(address)
    for number in range(8):
        evidence.add_note(owned, title=str(number), text="Seen.", by=factories.acting(owner), at=NOW)
    with CaptureQueriesContext(connection) as many:
        as_lead.get(address)
    assert len(many) <= len(few)
