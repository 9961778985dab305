"""A board member looks at the plan and asks; the lead answers; the board member reads the answer. A lead calls for updates."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.boards import board_council
from tests.journeys.conftest import sign_in, with_password
from tracker.models import Authority, BoardMeeting, Challenge
from tracker.rules.london import day_of

pytestmark = pytest.mark.usefixtures("committed")
WORDS = "How do you know that children are seen alone?"


@pytest.fixture
def there(committed):
    made = board_council(Authority.objects.get(code="RTH"), timezone.now())
    for person in (made.lead, made.owner, made.member):
        with_password(person)
    return made


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    if page.get_by_role("button", name="Sign out").count():
        page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_url("**/accounts/login/**")


def test_a_board_member_asks_and_reads_the_answer(page, picture, there):
    sign_in(page, there.member)
    picture("board-member-home")
    page.get_by_role("link", name="See its page").click()
    page.wait_for_url("**/board/*/")
    page.get_by_text("Statement of totals", exact=True).wait_for()
    picture("board")
    page.get_by_role("button", name="Raise a challenge").click()
    page.get_by_label("What do you ask?").fill(WORDS)
    page.get_by_label("Which action is it about?").fill(there.action.reference.lower())
    picture("challenge-form")
    page.get_by_role("button", name="Raise the challenge").click()
    page.get_by_text("Your challenge is raised.").wait_for()
    picture("board-challenged")
    sign_out(page)

    sign_in(page, there.lead)
    picture("lead-home-board")
    page.get_by_role("link", name="Answer “").click()
    page.get_by_label("Answer", exact=True).fill("An audit of forty files each month asks exactly that.")
    picture("answer-form")
    page.get_by_role("button", name="Save the answer").click()
    page.get_by_text("Your answer is saved.").wait_for()
    picture("action-challenged")
    sign_out(page)

    sign_in(page, there.member)
    page.get_by_text("An audit of forty files each month").wait_for()
    picture("board-member-answered")
    assert Challenge.objects.get(text=WORDS).action == there.action


def test_a_lead_plans_a_meeting_and_sees_who_has_not_answered(page, picture, there):
    sign_in(page, there.lead)
    page.goto(f"/board/{there.authority.pk}/")
    page.get_by_role("link", name="Plan another meeting").click()
    day = day_of(timezone.now()) - timedelta(days=100)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(label, exact=True).first.fill(str(value))
    page.get_by_role("button", name="Plan a meeting").click()
    page.get_by_role("link", name="is in the past. Is it right?").wait_for()
    picture("meeting-form-question")
    page.get_by_label("Yes, the date is right").check()
    page.get_by_role("button", name="Plan a meeting").click()
    page.get_by_text("The meeting is planned.").wait_for()
    page.get_by_role("button", name="Cancel the meeting").click()
    page.get_by_label("Reason").fill("Entered by mistake.")
    picture("meeting-cancel")
    page.get_by_role("button", name="Cancel the meeting").click()
    page.get_by_text("The meeting is cancelled.").wait_for()
    picture("meeting-cancelled")
    page.goto(f"/meetings/{there.next.pk}/")
    page.get_by_text("Who has not answered").wait_for()
    picture("meeting")
    assert BoardMeeting.objects.filter(cancelled_reason="Entered by mistake.").count() == 1


def test_an_owner_answers_a_call_from_the_home_page(page, picture, there):
    sign_in(page, there.owner)
    page.get_by_text("of your 3 actions have none yet").wait_for()
    picture("owner-home-call")
    page.get_by_role("link", name="Note on").first.click()
    page.get_by_label("What has happened?").fill("Half of the files are read.")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_text("The note is saved.").wait_for()
    page.goto("/")
    page.get_by_text("1 of your 3 actions has none yet").wait_for()
    page.get_by_role("link", name="My notifications").click()
    picture("notifications")


def test_a_board_member_takes_the_plan_as_at_a_day(page, picture, there):
    sign_in(page, there.member)
    page.goto(f"/board/{there.authority.pk}/")
    page.get_by_role("link", name="Download the plan as at a day").click()
    page.get_by_text("rebuilt from the trail").wait_for()
    picture("pack-form")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the plan (CSV)").click()
    assert taken.value.suggested_filename.startswith("plan-rth-")
    page.goto(f"/board/{there.authority.pk}/plan/")  # a second press of the button within a second is taken for one
    page.get_by_label("Year").fill("2001")
    page.get_by_role("button", name="Download the plan (CSV)").click()
    page.get_by_role("link", name="there is nothing to show").wait_for()
    picture("pack-refused")
