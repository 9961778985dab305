"""manage.py verify_trail, export_pack and load_reference."""

import csv
import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests import factories
from tests.factories import acting, at
from tracker.choices import AcceptedAs, EventKind, Role
from tracker.extraction import read_here
from tracker.models import Action, Authority, Chain, Event, Theme, triggers
from tracker.services import acceptance, actions, erasures, evidence, intake

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    status = 0
    try:
        call_command(*map(str, arguments))
    except SystemExit as left:
        status = left.code
    said = capsys.readouterr()
    return status, said.out, said.err


def test_an_honest_trail_verifies_with_status_0_and_tells_its_heads(owned, capsys):
    status, out, _ = run(capsys, "verify_trail")
    assert (status, "All is as recorded." in out) == (0, True)
    assert all(chain.head in out for chain in Chain.objects.all())


def test_a_row_changed_behind_the_application_s_back_fails_verification(owned, capsys):
    Action.objects.filter(pk=owned.pk).update(what="something else")
    status, out, err = run(capsys, "verify_trail")
    assert (status, "WRONG: action" in out, "1 thing(s)" in err) == (1, True, True)


def test_missing_guards_fail_verification(owned, capsys):
    triggers.remove(connection)
    status, out, _ = run(capsys, "verify_trail")
    triggers.install(connection)
    assert (status, "guard" in out) == (1, True)


def test_missing_guards_are_put_back_and_the_trail_says_so(owned, capsys):
    triggers.remove(connection)
    run(capsys, "verify_trail", "--restore-guards")
    assert (triggers.missing(connection), Event.objects.latest("id").kind) == ([], EventKind.GUARDS_RESTORED)


def test_a_head_that_left_the_house_is_looked_for_whatever_its_case(owned, capsys):
    head = Chain.objects.get(key="authority-RTH").head
    assert run(capsys, "verify_trail", "--head", f" {head.upper()} ")[0] == 0
    assert run(capsys, "verify_trail", "--head", "ab" * 32)[0] == 1


def test_a_lawful_erasure_is_told_and_does_not_fail_verification(owned, owner, lead, rotherham, capsys):
    second = factories.member("Greta Field", rotherham, Role.LEAD)
    piece = evidence.add_note(owned, text="Ten files.", title="Audit", by=acting(owner), at=at(2012, 10, 1))
    asked = erasures.ask_erasure(piece, reason="a child is named", by=acting(lead), at=at(2012, 10, 2))
    erasures.decide_erasure(asked, granted=True, by=acting(second), at=at(2012, 10, 3))
    status, out, _ = run(capsys, "verify_trail")
    assert (status, "erased by Amina Lark and Greta Field" in out, "WRONG" in out) == (0, True, False)


def exported(capsys, tmp_path, *more, authority="RTH"):
    status, out, _ = run(capsys, "export_pack", "--authority", authority, "--out", tmp_path / "pack", *more)
    [path] = (tmp_path / "pack").iterdir()
    with zipfile.ZipFile(path) as pack:
        text = pack.read("actions.csv").decode("utf-8-sig")
    return out, list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_pack_opens_and_holds_every_action_with_its_owner(owned, capsys, tmp_path):
    out, rows = exported(capsys, tmp_path)
    assert [(row["Reference"], row["Owner"], row["Due date"]) for row in rows] == [
        ("RTH-2012-01", "Ben Moss", "2012-12-03"),
        ("RTH-2012-02", "", ""),
        ("RTH-2012-03", "", ""),
    ]
    assert "3 actions as at" in out


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t"])
def test_words_that_could_be_a_formula_are_made_inert(rotherham, lead, capsys, tmp_path, first):
    text = f"{first}HYPERLINK(1)"
    accepted_with(text, rotherham, lead)
    _, rows = exported(capsys, tmp_path)
    assert (rows[0]["Recommendation"], rows[0]["What we will do"]) == (f"'{text}", f"'{text}")


def accepted_with(text, authority, lead):
    """A seed accepted with other words for its first recommendation, which its action takes over."""
    path = next(factories.SEEDS.glob("*rotherham*.txt"))
    data, act = path.read_bytes(), {"by": acting(lead), "at": at(2012, 9, 5)}
    reading = read_here(data, name=path.name)
    received = intake.receive(data, name=path.name, authority=authority, reading=reading, **act)
    first, *others = received.draft["recommendations"]
    draft = {**received.draft, "recommendations": [{**first, "text": text}, *others]}
    acceptance.accept(intake.correct(received, draft=draft, **act), accepted_as=AcceptedAs.PLAN, **act)


def test_a_pack_as_at_a_day_shows_the_end_of_that_day(owned, lead, capsys, tmp_path):
    actions.assign(owned, owner=lead, by=acting(lead), at=at(2012, 10, 1))
    _, rows = exported(capsys, tmp_path, "--as-at", "2012-09-30")
    assert rows[0]["Owner"] == "Ben Moss"


@pytest.mark.parametrize(("when", "whose"), [("2012-10-01T12:59", "Ben Moss"), ("2012-10-01T13:00", "Amina Lark")])
def test_a_moment_without_a_zone_is_london_s(owned, lead, capsys, tmp_path, when, whose):
    """Twelve o'clock UTC on 1 October 2012 is one o'clock in London."""
    actions.assign(owned, owner=lead, by=acting(lead), at=at(2012, 10, 1))
    _, rows = exported(capsys, tmp_path, "--as-at", when)
    assert rows[0]["Owner"] == whose


def test_a_pack_is_an_event_with_its_hash_and_the_head_is_told(owned, capsys, tmp_path):
    head = Chain.objects.get(key="authority-RTH").head
    out, _ = exported(capsys, tmp_path)
    assert (head in out, Event.objects.latest("id").kind) == (True, EventKind.PACK_MADE)


BIRTH = "Jayden, DOB 12/03/2011"


@pytest.mark.parametrize(("more", "warned"), [(["--public"], True), ([], False)])
def test_a_pack_for_the_public_warns_of_what_seems_to_identify_a_child(owned, owner, capsys, tmp_path, more, warned):
    actions.note(owned, text=BIRTH, by=acting(owner), at=at(2012, 10, 1))
    _, _, err = run(capsys, "export_pack", "--authority", "RTH", "--out", tmp_path, *more)
    told = "RTH-2012-01, a note of 1 October 2012: a child’s date of birth (“1•/0•/2•••”)"
    assert ((told in err), "12/03/2011" in err) == (warned, False)


def test_a_pack_for_the_public_without_such_words_has_nothing_to_warn_of(owned, capsys, tmp_path):
    assert run(capsys, "export_pack", "--authority", "RTH", "--out", tmp_path, "--public")[2] == ""


def test_a_pack_of_a_moment_before_the_trail_is_refused_and_writes_no_file(owned, tmp_path):
    before = factories.events()
    with pytest.raises(CommandError, match="begins on 3 September 2012"):
        call_command("export_pack", "--authority", "RTH", "--out", str(tmp_path / "p"), "--as-at", "2012-09-01")
    assert ((tmp_path / "p").exists(), factories.events()) == (False, before)


@pytest.mark.parametrize(
    ("more", "match"),
    [
        (("--authority", "Atlantis"), "no authority known here"),
        (("--authority", "RTH", "--as-at", "soon"), "as-at"),
        (("--authority", "RTH", "--by", "nobody@example.org"), "Nobody here"),
        (("--authority", "RTH", "--by", "ben.moss@example.org"), "may not take an export"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_words(owned, tmp_path, more, match):
    with pytest.raises(CommandError, match=match):
        call_command("export_pack", *more, "--out", str(tmp_path))


def test_a_folder_that_cannot_be_written_is_told_in_words(owned, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_pack", "--authority", "RTH", "--out", str(tmp_path / "taken"))


def test_reference_rows_are_loaded_once(unbegun, capsys):
    first, second = (run(capsys, "load_reference")[1] for _ in range(2))
    assert ("reference rows loaded" in first, "up to date" in second) == (True, True)
    assert (factories.events().count("reference_loaded"), Authority.objects.filter(code="RTH").count()) == (1, 1)


def test_a_demonstration_is_begun_once(unbegun, capsys):
    for _ in range(2):
        run(capsys, "load_reference", "--demonstration")
    assert factories.events() == ["installation_begun", "reference_loaded"]


def test_a_real_installation_is_not_made_a_demonstration(unbegun, capsys):
    run(capsys, "load_reference")
    with pytest.raises(CommandError, match="begun already"):
        call_command("load_reference", "--demonstration")


def test_a_changed_reference_row_is_loaded_again_and_told(db, capsys):
    Theme.objects.filter(pk=Theme.objects.first().pk).update(title="Misspelt")
    assert "1 reference rows loaded" in run(capsys, "load_reference")[1]


def test_a_folder_without_reference_rows_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="authorities.csv cannot be read"):
        call_command("load_reference", "--folder", str(tmp_path))
