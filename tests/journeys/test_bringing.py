"""A lead brings the plan they keep in a spreadsheet, sees what is wrong with it, and confirms."""

import pytest

from tests import spreadsheets as samples
from tests.journeys.conftest import sign_in
from tracker.models import Report

pytestmark = pytest.mark.usefixtures("committed")


def test_a_lead_brings_an_action_log_and_leaves_out_what_is_wrong(page, council, picture):
    sign_in(page, council["lead"])
    page.goto("/reports/")
    page.get_by_role("link", name="Bring a plan from a spreadsheet").click()
    picture("bring-1")
    file = {"name": "log.csv", "mimeType": "text/csv", "buffer": samples.log_csv()}
    page.get_by_label("The spreadsheet").set_input_files(file)
    page.get_by_role("button", name="Read the spreadsheet").click()
    page.get_by_role("heading", name="What do the columns hold?").wait_for()
    picture("bring-2")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A new plan").check()
    page.get_by_label("What is the plan called?").fill("Peer review of early help")
    for part, value in (("Day", "20"), ("Month", "9"), ("Year", "2012")):
        page.get_by_label(part).fill(value)
    page.get_by_label("Where does the date stand?").fill("the letter")
    picture("bring-3")
    page.get_by_role("button", name="Show what each row would do").click()
    picture("bring-4")
    page.get_by_label("Who is “Dilys Fenn”?").select_option("nobody")
    page.get_by_label("What does “Under review by panel” mean?").select_option("not_started")
    page.get_by_role("button", name="Use these answers").click()
    page.get_by_role("button", name="Bring in 4 actions").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    picture("bring-5")
    page.get_by_label("Leave out the rows").check()
    page.get_by_label("The odd dates are right").check()
    page.get_by_role("button", name="Bring in 4 actions").click()
    page.get_by_text("4 actions are in the plan now.").wait_for()
    picture("bring-6")
    assert Report.objects.get(title="Peer review of early help").recommendations.count() == 2
