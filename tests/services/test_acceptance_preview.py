"""What acceptance would make is shown first, and is what acceptance then makes."""

from datetime import date

import pytest

from tests import factories
from tests.worlds import world
from tracker.choices import AcceptedAs
from tracker.extraction import read_here
from tracker.models import Action, Recommendation, Report, StatutoryStep
from tracker.rules.refusal import Refused
from tracker.services import acceptance, intake

MOMENT = factories.at(2013, 9, 2)
PUBLISHED = acceptance.Publication(date(2013, 8, 16), "the report's page")


@world
def by(lead):
    return factories.acting(lead)


@world
def reading(rotherham, by):
    path = next(factories.SEEDS.glob("*west-sussex*.txt"))
    data = path.read_bytes()
    read = read_here(data, name=path.name)
    return intake.receive(data, name=path.name, authority=rotherham, by=by, at=MOMENT, reading=read)


def preview(reading, by, publication=None, wanted=AcceptedAs.PLAN):
    return acceptance.preview(reading, accepted_as=wanted, publication=publication, by=by, at=MOMENT)


@pytest.mark.parametrize("publication", [None, PUBLISHED], ids=["no date", "a date"])
def test_the_dates_foreseen_are_the_dates_made(reading, by, publication):
    seen = [each.due.on for each in preview(reading, by, publication).actions]
    acceptance.accept(reading, accepted_as=AcceptedAs.PLAN, publication=publication, by=by, at=MOMENT)
    assert seen == list(Action.objects.order_by("reference").values_list("agreed_due", flat=True))


def test_the_steps_foreseen_are_the_steps_made(reading, by):
    seen = {(each.step, each.computed) for each in preview(reading, by, PUBLISHED).steps}
    acceptance.accept(reading, accepted_as=AcceptedAs.PLAN, publication=PUBLISHED, by=by, at=MOMENT)
    assert seen == set(StatutoryStep.objects.values_list("step", "computed"))


def test_a_preview_changes_nothing(reading, by):
    before = factories.events()
    preview(reading, by, PUBLISHED)
    assert (factories.events(), Report.objects.count(), Recommendation.objects.count()) == (before, 0, 0)


def test_for_reference_no_action_is_foreseen(reading, by):
    assert preview(reading, by, PUBLISHED, AcceptedAs.REFERENCE).actions == ()


@pytest.mark.parametrize(
    ("day", "told"), [(date(2013, 1, 2), "before the inspection ended"), (date(2014, 1, 2), "still to come")]
)
def test_an_odd_publication_date_is_questioned(reading, by, day, told):
    assert told in preview(reading, by, acceptance.Publication(day, "a letter")).question


def test_a_plausible_publication_date_is_not_questioned(reading, by):
    assert preview(reading, by, PUBLISHED).question is None


def test_an_impossible_year_is_refused(reading, by):
    with pytest.raises(Refused, match="check the year"):
        preview(reading, by, acceptance.Publication(date(1013, 8, 16), "a letter"))


def test_a_stranger_is_refused(reading, stranger):
    with pytest.raises(Refused):
        preview(reading, factories.acting(stranger))
