"""A lead runs many actions from the list, in a real browser at a desk's and at a telephone's width."""

import re

import pytest

from tests import factories
from tests.journeys.conftest import PATIENCE, sign_in
from tracker.models import Action, BulkChange

pytestmark = pytest.mark.usefixtures("committed")


def tick(page, number):
    for box in page.get_by_role("checkbox", name=re.compile("^Tick WSX-")).all()[:number]:
        box.check()


def test_a_lead_ticks_three_gives_them_to_an_owner_and_undoes_it(page, picture, council):
    sign_in(page, council["lead"])
    page.goto("/actions/?status=open&owner=nobody")
    tick(page, 3)
    page.get_by_text("The 3 I have ticked").wait_for()
    picture("list-ticked")
    page.get_by_role("button", name="Give an owner").click()
    page.get_by_label("Owner", exact=True).select_option(label="Ben Moss, Head of early help")
    picture("bulk-owner")
    page.get_by_role("button", name="Show what would change").click()
    picture("bulk-owner-preview")
    page.get_by_role("button", name="Give Ben Moss 3 actions").click()
    page.get_by_text("3 actions given to Ben Moss.").wait_for()
    picture("bulk-owner-done")
    assert Action.objects.filter(owner=council["owner"]).count() == 3
    page.get_by_role("link", name="Undo this").click()
    picture("bulk-undo")
    page.get_by_role("button", name="Undo it for 3 actions").click()
    page.get_by_text("Undone: 3 actions have again").wait_for()
    picture("bulk-changes")
    assert not Action.objects.filter(owner=council["owner"]).exists()


def test_a_lead_dates_all_that_the_filter_finds_by_the_keyboard_alone(page, picture, council):
    factories.peer_review(council["report"].authority, by=council["lead"])
    sign_in(page, council["lead"])
    page.goto("/actions/?when=untimed")
    page.get_by_role("radio", name=re.compile("^All .* on this page")).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Set first due dates").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="One date for all of them").focus()
    page.keyboard.press("Space")
    for text in ("27", "March", "2027"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.get_by_label("Why these dates?").fill("Agreed by the board")
    picture("bulk-dates")
    page.get_by_role("button", name="Show what would change").click()
    picture("bulk-dates-preview")
    page.get_by_role("button", name=re.compile("^Set the dates of")).click()
    page.get_by_text("First due dates set for").wait_for()
    dated = Action.objects.filter(agreed_due__isnull=False).values_list("agreed_due", flat=True)
    assert [str(day) for day in dated] == ["2027-03-27"] * 3


def test_a_lead_saves_a_filter_and_finds_it_above_the_list(page, picture, council):
    sign_in(page, council["lead"])
    page.goto("/actions/?status=open&owner=nobody")
    page.get_by_role("link", name="Save this filter").click()
    page.get_by_label("What is it called?").fill("To be given")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="To be given").wait_for()
    picture("list-saved-filter")


def test_one_tick_takes_the_whole_page_at_a_desk(page, council):
    if page.viewport_size["width"] < 700:
        return
    sign_in(page, council["lead"])
    page.goto("/actions/")
    page.get_by_role("checkbox", name="Tick all on this page").check()
    total = page.get_by_role("checkbox", name=re.compile("^Tick WSX-")).count()
    page.get_by_text(f"The {total} I have ticked").wait_for()
    assert not BulkChange.objects.exists()


def test_it_works_without_scripts(browser, live_server, council):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    sign_in(page, council["lead"])
    page.goto("/actions/")
    tick(page, 2)
    page.get_by_role("button", name="Give an owner").click()
    page.get_by_label("Owner", exact=True).select_option(label="Ben Moss, Head of early help")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Give Ben Moss 2 actions").click()
    page.get_by_role("link", name="Undo this").wait_for()
    context.close()
    assert Action.objects.filter(owner=council["owner"]).count() == 2
