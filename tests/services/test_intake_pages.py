"""An intake's pages beside its draft: shown and drawn for who keeps the plan, and for nobody else."""

import pytest

from tests import factories
from tests.extraction.printed import pdf
from tests.extraction.test_pdf_pages import REPORT
from tests.factories import acting
from tests.worlds import world
from tracker.choices import AcceptedAs, Role
from tracker.models import Event
from tracker.rules.refusal import Refused
from tracker.services import acceptance, intake

pytestmark = pytest.mark.django_db

NOW = factories.at(2024, 7, 1)
LOOKS = [intake.page_view, intake.page_picture]


@world
def lead(rotherham):
    return factories.member("Dora Vale", rotherham, Role.LEAD)


@world
def received(rotherham, lead):
    return intake.receive(pdf(REPORT), name="report.pdf", authority=rotherham, by=acting(lead), at=NOW)


def test_a_page_of_an_intake_shows_the_words_a_finding_cites(received, lead):
    read = intake.read(received, by=acting(lead), at=NOW)
    first, last = read.draft["recommendations"][0]["source"]["lines"]
    view = intake.page_view(received, 1, by=acting(lead), on=NOW.date())
    shown = [line for line in view.lines if first <= line.number <= last]
    assert intake.words_of(view, {line.number for line in shown}) == read.draft["recommendations"][0]["text"]


def test_a_page_of_an_intake_is_drawn(received, lead):
    picture = intake.page_picture(received, 1, by=acting(lead), on=NOW.date())
    assert picture.png.startswith(b"\x89PNG") and picture.width == 1000


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_that_is_not_there_is_told_in_a_sentence(received, lead, look):
    assert look(received, 2, by=acting(lead), on=NOW.date()).error == "This file has 1 page: there is no page 2."


@pytest.mark.parametrize("look", LOOKS)
def test_a_lead_of_another_council_is_refused(received, staffordshire, look):
    stranger = factories.member("Emil Ford", staffordshire, Role.LEAD)
    with pytest.raises(Refused):
        look(received, 1, by=acting(stranger), on=NOW.date())


@pytest.mark.parametrize("role", [Role.OWNER, Role.PARTNER, Role.BOARD, Role.AUDITOR])
@pytest.mark.parametrize("look", LOOKS)
def test_a_role_that_does_not_keep_the_plan_is_refused(received, rotherham, look, role):
    other = factories.member("Ada Moss", rotherham, role)
    with pytest.raises(Refused):
        look(received, 1, by=acting(other), on=NOW.date())


@pytest.mark.parametrize("look", LOOKS)
def test_looking_at_a_page_changes_nothing(received, lead, look):
    before = Event.objects.count(), received.version
    look(received, 1, by=acting(lead), on=NOW.date())
    received.refresh_from_db()
    assert (Event.objects.count(), received.version) == before


@pytest.mark.parametrize("look", LOOKS)
def test_the_limits_of_the_settings_hold_for_pages_too(received, lead, settings, look):
    settings.REPORT_MAX_BYTES = 10
    assert look(received, 1, by=acting(lead), on=NOW.date()).error.startswith("This file is too large")


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.AUDITOR])
@pytest.mark.parametrize("look", LOOKS)
def test_who_sees_an_accepted_report_sees_its_pages(received, rotherham, lead, look, role):
    read = intake.read(received, by=acting(lead), at=NOW)
    acceptance.accept(read, accepted_as=AcceptedAs.PLAN, by=acting(lead), at=NOW)
    other = factories.member("Ada Moss", rotherham, role)
    assert look(received, 1, by=acting(other), on=NOW.date()).error is None
