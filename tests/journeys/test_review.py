"""A report taken in: uploaded, looked at beside its pages, put right by keyboard alone, accepted."""

import pytest

from tests.extraction.printed import pdf
from tests.journeys.conftest import sign_in
from tracker.models import Action, Intake

pytestmark = pytest.mark.usefixtures("committed")
REPORT = """title: Inspection of West Sussex County Council local authority
title: children’s services
## Inspection dates: 13 to 24 May 2013
## Lead inspector: Robin Example, His Majesty’s Inspector

Judgement Grade
The impact of leaders on social work practice with children and families Good
Overall effectiveness Requires improvement to be good

# What needs to improve?
* The quality of plans for children.
* The use of visits to children at home.
* The recording of decisions by managers.

# The experiences and progress of children who need help
1. Children are seen.
2. Plans are kept.
"""


@pytest.fixture
def uploaded(page, council, tmp_path):
    """The lead has uploaded a report and looks at what was read."""
    file = tmp_path / "west-sussex-2013-06-28.pdf"
    file.write_bytes(pdf(REPORT))
    sign_in(page, council["lead"])
    page.goto("/reports/add/")
    page.get_by_label("The report’s file").set_input_files(str(file))
    page.get_by_role("button", name="Read the report").click()
    page.get_by_text("3 recommendations found").wait_for()
    return Intake.objects.get(name=file.name)


def items(received):
    received.refresh_from_db()
    return [item["text"] for item in (received.corrected or received.draft)["recommendations"]]


def test_each_finding_stands_beside_the_picture_of_its_page(page, picture, uploaded):
    drawn = page.get_by_role("img", name="words of recommendation 2 marked")
    drawn.scroll_into_view_if_needed()
    picture("review")
    assert drawn.locator("rect").count() == 1
    address = drawn.locator("image").get_attribute("href")
    answer = page.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")


def test_the_marks_lie_on_the_words_that_are_cited(page, uploaded):
    """Where the mark is, the picture of the page has ink."""
    inked = page.evaluate(
        """async () => {
          const drawn = document.querySelector(".app-paper__picture"), mark = drawn.querySelector("rect").getBBox();
          const whole = drawn.querySelector("image"), picture = new Image();
          picture.src = whole.getAttribute("href"); await picture.decode();
          const scale = picture.naturalWidth / whole.getBBox().width, canvas = document.createElement("canvas");
          canvas.width = mark.width * scale; canvas.height = mark.height * scale;
          const pen = canvas.getContext("2d");
          pen.drawImage(picture, -mark.x * scale, -mark.y * scale);
          const dots = pen.getImageData(0, 0, canvas.width, canvas.height).data;
          let dark = 0; for (let n = 0; n < dots.length; n += 4) if (dots[n] < 100) dark += 1;
          return dark / (dots.length / 4);
        }"""
    )
    assert inked > 0.05


def test_a_lead_puts_a_reading_right_by_keyboard_alone(page, picture, uploaded):
    page.get_by_role("button", name="Join with the next (recommendation 1)").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Recommendation 1 and the next are joined into one.").wait_for()
    picture("review-joined")
    page.get_by_role("button", name="Leave out (recommendation 2)").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Recommendation 2 is left out.").wait_for()
    page.reload()
    assert items(uploaded) == ["The quality of plans for children. The use of visits to children at home."]
    page.get_by_role("button", name="Put it back").focus()
    page.keyboard.press("Enter")
    page.get_by_text("The recommendation is put back.").wait_for()
    assert len(items(uploaded)) == 2


def test_a_recommendation_is_divided_with_an_empty_line(page, picture, uploaded):
    page.get_by_role("link", name="Divide recommendation 3").click()
    box = page.get_by_label("Words, divided")
    box.fill("The recording of decisions\n\nby managers.")
    picture("review-divide")
    page.get_by_role("button", name="Divide it").click()
    page.get_by_text("Recommendation 3 is divided into 2.").wait_for()
    assert items(uploaded)[2:] == ["The recording of decisions", "by managers."]


def test_a_missed_recommendation_is_added_by_ticking_its_lines(page, picture, uploaded):
    page.get_by_role("link", name="Add one that is missing").click()
    page.get_by_label("1. Children are seen.").check()
    page.get_by_role("button", name="Use the ticked lines").click()
    page.wait_for_url("**line=*")
    picture("review-add")
    assert page.get_by_label("Words of the recommendation").input_value() == "Children are seen."
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("The recommendation is added.").wait_for()
    assert items(uploaded)[-1] == "Children are seen."


def test_the_dates_are_looked_at_and_the_report_accepted(page, picture, uploaded):
    page.get_by_role("link", name="Correct recommendation 1").click()
    page.get_by_label("Within 3 months").check()
    picture("review-correct")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Go on: what it is for, and the dates").click()
    page.get_by_text("Friday 28 June 2013: the file’s name").wait_for()
    picture("accept")
    for label, value in (("Day", "28"), ("Month", "6"), ("Year", "2013")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Where does the date come from?").fill("The report's page on Ofsted's website")
    page.get_by_role("button", name="Show the actions and their dates").click()
    page.get_by_text("Saturday 28 September 2013", exact=True).wait_for()
    picture("accept-preview")
    page.get_by_role("button", name="Accept the report").click()
    page.get_by_text("3 actions are in the plan.").wait_for()
    made = Action.objects.filter(recommendation__report__intake=uploaded).order_by("reference")
    assert [str(action.agreed_due) for action in made] == ["2013-09-28", "None", "None"]
