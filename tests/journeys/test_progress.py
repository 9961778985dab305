"""A lead looks at the progress of the plan, on a wide screen and on a telephone, and at the figures behind it."""

import re

import pytest

from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lead_looks_at_progress_and_opens_the_figures(page, council, given, picture):
    sign_in(page, council["lead"])
    page.goto("/progress/")
    picture("progress")
    drawn = page.get_by_role("img", name="Where the actions stood at the end of each")
    assert drawn.bounding_box()["width"] > 200
    page.get_by_text("The figures as a table").first.click()
    assert page.get_by_role("cell", name="11", exact=True).first.is_visible()
    picture("progress-figures")


def test_a_piece_of_a_bar_leads_to_its_actions(page, council, given, picture):
    sign_in(page, council["lead"])
    page.goto("/progress/")
    page.get_by_role("link", name=re.compile(r"1\s*, Ben Moss")).click()
    assert page.get_by_text("1 action", exact=True).is_visible()
