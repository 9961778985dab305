"""Somebody with a valid sign-in at another council: nothing of this one is there, whatever address they type."""

import pytest

from tests import factories
from tests.journeys.conftest import sign_in, with_password
from tracker.choices import Role
from tracker.models import Authority

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stranger(committed):
    """Cato Reed, lead in Staffordshire, who has no plan yet."""
    return with_password(factories.member("Cato Reed", Authority.objects.get(code="STF"), Role.LEAD))


def test_a_stranger_s_home_and_lists_hold_nothing_of_the_plan(page, picture, given, stranger):
    sign_in(page, stranger)
    picture("stranger-home")
    for address in ("/", "/actions/", "/reports/", "/progress/", "/people/", "/board/"):
        page.goto(address)
        assert "WSX" not in page.content() and "Ben Moss" not in page.content()


def test_a_stranger_finds_no_page_at_the_address_of_an_action(page, given, stranger, council):
    sign_in(page, stranger)
    for address in (f"/actions/{given.pk}/", f"/reports/{council['report'].pk}/", f"/actions/{given.pk}/note/"):
        answer = page.request.get(address)
        assert answer.status == 404 and "WSX" not in answer.text()


def test_a_page_that_is_not_there_says_so_and_leads_home(page, given, stranger):
    sign_in(page, stranger)
    answer = page.request.get(f"/actions/{given.pk}/")
    assert "Page not found" in answer.text() and 'href="/"' in answer.text()
