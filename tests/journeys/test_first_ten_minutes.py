"""The first ten minutes of a lead and of an owner, in a real browser at a desk's and at a telephone's width."""

import pytest

from tests import factories
from tests.journeys.conftest import sign_in
from tracker.choices import Status

pytestmark = pytest.mark.usefixtures("committed")


def fill_day(page, day, month, year):
    page.get_by_label("Day").fill(str(day))
    page.get_by_label("Month").fill(str(month))
    page.get_by_label("Year").fill(str(year))


def test_a_lead_enters_a_publication_date_and_sees_first_what_moves(page, picture, council):
    sign_in(page, council["lead"])
    picture("lead-home")
    page.get_by_role("link", name="enter the date").first.click()
    fill_day(page, 16, 8, 2013)
    picture("publication-form")
    page.get_by_label("Where does the date come from?").fill("The report's page on Ofsted's website")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_text("11 dates are set").wait_for()
    picture("publication-preview")
    page.get_by_role("button", name="Save the publication date").click()
    page.get_by_text("The publication date is saved.").wait_for()
    picture("report")
    council["report"].refresh_from_db()
    assert str(council["report"].publication_date) == "2013-08-16"


def test_a_lead_finds_actions_without_an_owner_and_gives_one(page, picture, council):
    sign_in(page, council["lead"])
    page.get_by_role("link", name="actions have no owner").click()
    page.get_by_text("Owner: Nobody").wait_for()
    picture("actions-filtered")
    page.get_by_role("link", name="WSX-2013-01").click()
    picture("action-lead")
    page.get_by_role("button", name="Give it an owner").first.click()
    page.get_by_label("Owner").select_option(label="Ben Moss, Head of early help")
    picture("assign")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The owner is saved.").wait_for()
    assert council["owner"].owned_actions.get().reference == "WSX-2013-01"


def test_an_owner_starts_attaches_evidence_and_submits(page, picture, council, given, tmp_path):
    sign_in(page, council["owner"])
    picture("owner-home")
    page.get_by_role("link", name=given.reference).click()
    picture("action-owner")
    page.get_by_role("button", name="Start work").first.click()
    page.wait_for_url("**/move/start/")
    page.get_by_label("Progress note (optional)").fill("Began with the duty team.")
    picture("move-start")
    page.get_by_role("button", name="Start work").click()
    page.get_by_role("button", name="Attach evidence").click()
    picture("add-evidence")
    file = tmp_path / "audit.txt"
    file.write_text("Twenty files were read.")
    page.get_by_label("File", exact=True).set_input_files(str(file))
    page.get_by_role("button", name="Add the evidence").click()
    page.get_by_role("button", name="Submit as complete").first.click()
    page.wait_for_url("**/move/submit/")
    page.get_by_role("button", name="Submit as complete").click()
    page.get_by_text("awaits sign-off").first.wait_for()
    picture("action-submitted")
    given.refresh_from_db()
    assert given.status == Status.SUBMITTED


def test_a_lead_signs_off_what_the_owner_submitted(page, picture, council, given):
    factories.submitted(given, by=council["owner"])
    sign_in(page, council["lead"])
    page.get_by_role("link", name="action awaits sign-off").click()
    page.get_by_role("link", name=given.reference).click()
    page.get_by_role("button", name="Sign off and close").first.click()
    page.wait_for_url("**/move/sign_off/")
    picture("sign-off")
    page.get_by_role("button", name="Sign off and close").click()
    page.get_by_text("is signed off and closed.").wait_for()
    picture("action-closed")
    given.refresh_from_db()
    assert given.status == Status.CLOSED


def test_an_error_is_told_above_the_form_and_leads_to_its_field(page, picture, council, given):
    sign_in(page, council["lead"])
    page.goto(f"/reports/{council['report'].pk}/published/")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("link", name="Enter the publication date").click()
    picture("error")
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.id") == "id_on_0"


def test_the_first_key_leads_past_the_menu(page, council):
    sign_in(page, council["lead"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
