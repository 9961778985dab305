"""A spreadsheet erased after a breach: by two people, with its rows, in every place, and told by the trail for ever."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tests.spreadsheets import NEW_PLAN
from tracker import packing
from tracker.choices import Role
from tracker.exports.verifying import verify_pack
from tracker.models import Action, BroughtRow, Erasure, EventBody, Pack, ProgressNote, Spreadsheet
from tracker.rules.pack import Scope
from tracker.rules.plan_matching import Fate
from tracker.rules.refusal import Refused
from tracker.services import bringing, erasures, packs, sheet_outlook, spreadsheets, verification

pytestmark = pytest.mark.django_db

NOW, DECIDED, LATER = at(2012, 10, 1), at(2012, 10, 2), at(2012, 10, 4)
NAME = "Quixotrel"
HEADINGS = "Ref,Recommendation,What we will do,Owner,Case\n"
FILE = f"{HEADINGS}1.1,Supervise,Write a policy,,\n1.2,Supervise,Read files,,Jordan {NAME}\n{NAME},Supervise,Ask,,\n"


@pytest.fixture
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


def received(authority, lead, data=FILE, name=f"{NAME}.csv"):
    return spreadsheets.receive(data.encode(), name=name, authority=authority, by=acting(lead), at=NOW)


def brought(sheet, lead, into=NEW_PLAN):
    kept = spreadsheets.settle(sheet, choices={"into": into}, by=acting(lead), at=NOW)
    bringing.bring(kept, leave_out=False, sure=True, by=acting(lead), at=NOW)
    return Spreadsheet.objects.get(pk=kept.pk)


@pytest.fixture
def sheet(rotherham, lead):
    return brought(received(rotherham, lead), lead)


@pytest.fixture
def asked(sheet, lead):
    return erasures.ask_erasure(sheet, reason="a child is named", by=acting(lead), at=NOW)


@pytest.fixture
def erased(asked, second, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erasures.decide_erasure(asked, granted=True, by=acting(second), at=DECIDED)
    return Spreadsheet.objects.get(pk=asked.spreadsheet_id)


def plan_of(rotherham, lead, moment, *, confidential=True):
    return packs.plan_as_at(rotherham, Scope(moment, confidential=confidential), by=acting(lead), at=LATER)


def test_the_name_and_what_was_settled_go(erased):
    assert (erased.name, erased.choices, erased.file.name) == (erasures.TITLE, {}, "")


def test_no_byte_of_the_file_stays_on_the_disk(erased, settings):
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_the_hash_and_the_size_stay_to_say_which_it_was(erased):
    assert (len(erased.sha256), erased.size) == (64, len(FILE.encode()))


def test_the_rows_keep_their_place_and_no_words(erased):
    rows = BroughtRow.objects.values_list("row", "reference", "keys", "told", "cells")
    assert list(rows) == [(2, "1.1", ["ref 1 1"], "", []), (3, "1.2", ["ref 1 2"], "", []), (4, "", [], "", [])]


def test_the_name_stands_nowhere_in_the_trail_but_in_what_the_actions_say_of_dates(erased):
    told = EventBody.objects.filter(body__contains=NAME).values_list("subject_type", flat=True)
    assert set(told) <= {"action", "progressnote"}


def test_the_bodies_of_the_sheet_and_its_rows_lost_salt_and_text_and_tell_the_state_after(erased):
    told = erasures.bodies_about(erased).order_by("event_id", "position")
    assert [body.body is None for body in told] == [True] * (3 + 3) + [False] * (1 + 3)


def test_the_actions_stay_as_they_were(erased):
    assert list(Action.objects.order_by("pk").values_list("what", flat=True)) == ["Write a policy", "Read files", "Ask"]


def test_verification_calls_every_emptied_body_lawful_and_finds_nothing_else(erased):
    found = list(verification.verify())
    assert {(each.lawful, "erased by Amina Lark and Greta Field" in each.sentence) for each in found} == {(True, True)}


def test_a_row_emptied_behind_the_application_s_back_is_found(sheet):
    BroughtRow.objects.filter(row=2).update(cells=[])
    assert ["cells" in each.sentence for each in verification.verify()] == [True]


def test_a_spreadsheet_that_waits_is_erased_too(rotherham, lead, second):
    asked = erasures.ask_erasure(received(rotherham, lead), reason="named", by=acting(lead), at=NOW)
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=DECIDED)
    assert not EventBody.objects.filter(body__contains=NAME).exists()


def test_nobody_decides_what_they_asked_for(asked, lead):
    with pytest.raises(Refused, match="second person"):
        erasures.decide_erasure(asked, granted=True, by=acting(lead), at=DECIDED)


def test_a_lead_of_another_council_asks_for_nothing(sheet, stranger):
    with pytest.raises(Refused):
        erasures.ask_erasure(sheet, reason="mine", by=acting(stranger), at=NOW)


def test_it_is_asked_for_once(asked, second):
    with pytest.raises(Refused, match="This spreadsheet has been erased, or its erasure asked for, already"):
        erasures.ask_erasure(asked.spreadsheet, reason="again", by=acting(second), at=NOW)


def test_the_database_empties_no_body_of_a_row_before_it_is_granted(asked):
    body = EventBody.objects.filter(subject_type="broughtrow").first()
    asked.bodies.set([body])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        EventBody.objects.filter(pk=body.pk).update(salt=None, body=None)


def test_a_refused_erasure_leaves_everything(asked, second):
    erasures.decide_erasure(asked, granted=False, reason="nobody is named", by=acting(second), at=DECIDED)
    assert spreadsheets.table_of(Spreadsheet.objects.get(), 1, by=acting(second)).rows[2][4] == f"Jordan {NAME}"


def test_the_very_file_does_not_come_back(erased, rotherham, lead):
    with pytest.raises(Refused, match="erased on 2 October 2012 after a breach"):
        received(rotherham, lead)


def test_nothing_is_settled_about_what_was_erased_meanwhile(erased, lead):
    with pytest.raises(Refused, match="erased on"):
        spreadsheets.settle(erased, choices={"heading": 2}, by=acting(lead), at=LATER)


def test_nothing_is_brought_in_from_what_was_erased_meanwhile(sheet, erased, lead):
    with pytest.raises(Refused, match="erased on"):
        bringing.bring(sheet, leave_out=False, sure=True, by=acting(lead), at=LATER)


def test_a_file_without_the_name_finds_its_actions_again(erased, rotherham, lead):
    clean = received(rotherham, lead, FILE.replace(f"Jordan {NAME}", "").replace(NAME, "1.3"), "clean.csv")
    kept = spreadsheets.settle(clean, choices={"into": {"report": erased.report_id}}, by=acting(lead), at=LATER)
    found = sheet_outlook.outlook(kept, by=acting(lead), on=LATER.date())
    assert [each.fate for each in found.rows] == [Fate.SAME] * 3


@pytest.mark.parametrize("confidential", [True, False], ids=["whole", "public"])
@pytest.mark.parametrize("moment", [at(2012, 10, 1, 13), at(2012, 10, 3)], ids=["before", "after"])
def test_the_script_in_a_pack_finds_nothing_wrong(erased, lead, rotherham, tmp_path, moment, confidential):
    plan = plan_of(rotherham, lead, moment, confidential=confidential)
    found, _ = verify_pack.verify(str(packing.write(plan, tmp_path, at=LATER).path))
    assert (found.wrong, any("was erased lawfully" in each for each in found.notes)) == ([], True)


def test_a_public_pack_withholds_the_file_s_rows_whether_erased_or_not(sheet, lead, rotherham):
    plan = plan_of(rotherham, lead, at(2012, 10, 3), confidential=False)
    bodies = [body for line in packs.contents(plan).events() for body in line["bodies"]]
    kinds = {body["subject"][0] for body in bodies if "withheld" in body}
    assert kinds == {"spreadsheet", "broughtrow"}


def test_a_pack_that_held_it_is_taken_away(asked, second, lead, rotherham):
    made = packs.ask(rotherham, Scope(at(2012, 10, 1, 13)), by=acting(lead), at=DECIDED)
    claimed = packs.claim(by=factories.house(), at=DECIDED)
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=DECIDED)
    assert (claimed.pk, Pack.objects.get(pk=made.pk).state) == (made.pk, "waiting")


def test_a_note_that_came_with_a_row_is_erased_by_itself(rotherham, lead, second):
    brought(received(rotherham, lead, f"Action,Comments\nTrain,{NAME} was not seen\n", "a.csv"), lead)
    asked = erasures.ask_erasure(ProgressNote.objects.get(), reason="named", by=acting(lead), at=NOW)
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=DECIDED)
    assert not EventBody.objects.filter(subject_type="progressnote", body__contains=NAME).exists()


def test_a_lead_asks_on_the_page_and_a_second_one_decides(client, sheet, lead, second):
    client.force_login(lead)
    client.post(reverse("erase-spreadsheet", args=[sheet.pk]), {"reason": "a child is named"})
    client.force_login(second)
    assert "The spreadsheet" in client.get("/").content.decode()
    client.post(reverse("decide-erasure", args=[Erasure.objects.get().pk]), {"decision": "grant", "reason": ""})
    page = client.get(reverse("spreadsheet", args=[sheet.pk])).content.decode()
    assert "by Amina Lark and Greta Field, because: a child is named" in page


@pytest.mark.parametrize("name", ["bring-columns", "bring-into", "bring-check", "bring-rows", "download-spreadsheet"])
def test_an_address_of_what_was_erased_leads_to_what_is_left_of_it(client, erased, lead, name):
    client.force_login(lead)
    assert client.get(reverse(name, args=[erased.pk])).url == reverse("spreadsheet", args=[erased.pk])


def test_the_very_file_uploaded_again_is_answered_by_a_sentence(client, erased, rotherham, lead):
    client.force_login(lead)
    file = SimpleUploadedFile("again.csv", FILE.encode())
    page = client.post(reverse("bring"), {"authority": rotherham.pk, "file": file}).content.decode()
    assert "This very file was erased on 2 October 2012 after a breach." in page
