"""Attaching evidence with care for children: warned while typing, asked once, kept or taken out; erased by two people."""

import json

import pytest

from tests import factories
from tests.journeys.conftest import sign_in, with_password
from tests.rules.identity_examples import HARMLESS, IDENTIFYING
from tracker.choices import Role
from tracker.models import Event, EventBody
from tracker.rules.identities import identities_in
from tracker.services import evidence
from tracker.templatetags.care import identity_patterns

pytestmark = pytest.mark.usefixtures("committed")
BIRTH = "Jayden (DOB 12/03/2011) was seen alone."


def told_last():
    return json.loads(EventBody.objects.filter(event=Event.objects.latest("id"), position=0).get().body)


def test_a_note_is_warned_about_while_it_is_typed_and_asked_about_when_it_is_sent(page, picture, council, given):
    sign_in(page, council["owner"])
    page.goto(f"/actions/{given.pk}/note/")
    page.get_by_label("What has happened?").fill(BIRTH)
    page.get_by_role("status").get_by_text("This seems to hold a child’s date of birth (“1•/0•/2•••”)").wait_for()
    picture("note-warned")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("link", name="This seems to hold").wait_for()
    picture("note-asked")
    page.get_by_label("Keep it as it is").check()
    page.get_by_role("button", name="Save the note").click()
    page.get_by_text("The note is saved.").wait_for()
    assert told_last()["details"] == {"kept_after_warning": ["a child’s date of birth"]}


def test_taking_it_out_takes_the_warning_away(page, council, given):
    sign_in(page, council["owner"])
    page.goto(f"/actions/{given.pk}/note/")
    page.get_by_label("What has happened?").fill(BIRTH)
    page.get_by_role("status").get_by_text("This seems to hold").wait_for()
    page.get_by_label("What has happened?").fill("A child was seen alone.")
    page.get_by_text("This seems to hold").wait_for(state="detached")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_text("The note is saved.").wait_for()
    assert told_last()["details"] == {}


def test_a_file_is_looked_into_before_and_after_it_is_sent(page, picture, council, given, tmp_path):
    file = tmp_path / "audit.csv"
    file.write_text("Initials,DOB\nJS,12/03/2011\n")
    sign_in(page, council["owner"])
    page.goto(f"/actions/{given.pk}/evidence/file/")
    page.get_by_label("File", exact=True).set_input_files(str(file))
    page.get_by_role("status").get_by_text("This seems to hold a child’s date of birth").wait_for()
    picture("file-warned")
    page.get_by_role("button", name="Add the evidence").click()
    page.get_by_role("link", name="Choose the file once more").wait_for()
    picture("file-asked")
    page.get_by_label("File", exact=True).set_input_files(str(file))
    page.get_by_label("Keep it as it is").check()
    page.get_by_role("button", name="Add the evidence").click()
    page.get_by_text("The evidence is added.").wait_for()
    assert given.evidence.get().media_type == "text/csv"


LOOK = """async ([module, texts, table]) => {
  const { identitiesIn } = await import(module);
  return texts.map((text) => identitiesIn(text, JSON.parse(table)));
}"""


def test_the_browser_finds_what_the_server_finds(page):
    page.goto("/accounts/login/")
    module = page.evaluate("document.getElementById('site-script').src").replace("site.js", "identities.js")
    texts = [*IDENTIFYING, *HARMLESS]
    found = page.evaluate(LOOK, [module, texts, identity_patterns()])
    expected = [[[each.kind.value, each.masked] for each in identities_in(text)] for text in texts]
    assert dict(zip(texts, found, strict=True)) == dict(zip(texts, expected, strict=True))


def test_one_lead_asks_for_an_erasure_and_another_one_decides(page, picture, council, given):
    second = with_password(factories.member("Greta Field", given.authority, Role.LEAD))
    by, moment = factories.acting(council["owner"]), factories.at(2013, 9, 3)
    evidence.add_file(given, data=b"Twenty files.", name="audit of files.txt", by=by, at=moment)
    sign_in(page, council["lead"])
    page.goto(f"/actions/{given.pk}/")
    picture("evidence-lead")
    page.get_by_role("link", name="Have it erased").click()
    page.get_by_text("What goes, for ever").wait_for()
    picture("erase")
    page.get_by_label("Why does it have to be erased?").fill("A family can be recognised in it.")
    page.get_by_role("button", name="Ask a second person to erase it").click()
    page.get_by_text("The erasure is asked for.").wait_for()
    picture("erasure-asked")
    page.context.clear_cookies()
    sign_in(page, second)
    picture("erasure-home")
    page.get_by_role("link", name="audit of files.txt").click()
    page.get_by_text("What is erased cannot be brought back.").wait_for()
    picture("erasure-decide")
    page.get_by_label("Erase it: it cannot be brought back").check()
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_text("by Amina Lark and Greta Field, because: A family can be recognised in it.").wait_for()
    picture("erased")
    assert given.evidence.get().erased_at
