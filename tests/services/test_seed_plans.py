"""The five seed reports as a council would have them: their actions, their dates, their statutory clocks."""

from collections import Counter
from datetime import date

import pytest

from tests import factories
from tests.factories import at, house
from tests.worlds import world
from tracker.choices import AcceptedAs, Basis, IntakeState, Priority, Role, Step
from tracker.extraction import read_here
from tracker.models import Action, Event, Intake, Recommendation, StatutoryStep
from tracker.rules.refusal import Refused
from tracker.services import acceptance, intake, plan, reference

pytestmark = pytest.mark.django_db

PATHS = sorted(factories.SEEDS.glob("*.txt"))
MOMENT = at(2018, 9, 3)


def seed(words):
    return next(path for path in PATHS if words in path.name)


def receive(path, authority=None, *, by=None):
    data = path.read_bytes()
    reading = read_here(data, name=path.name)
    whose = authority or reference.authority_named(reading.authority)
    return intake.receive(data, name=path.name, authority=whose, by=by or house(), at=MOMENT, reading=reading)


def accept(received, how=AcceptedAs.PLAN, **more):
    return acceptance.accept(received, accepted_as=how, by=house(), at=MOMENT, **more)


@world
def rotherham_plan(db):
    return accept(receive(seed("rotherham")))


def dues(report):
    return Counter(Action.objects.filter(recommendation__report=report).values_list("agreed_due", flat=True))


def test_rotherham_s_actions_are_due_on_publication_and_three_and_six_months_on(rotherham_plan):
    assert dues(rotherham_plan) == {date(2012, 8, 10): 3, date(2012, 11, 10): 7, date(2013, 2, 10): 3}


def test_rotherham_s_immediate_actions_rank_first(rotherham_plan):
    ranked = Action.objects.filter(recommendation__report=rotherham_plan).ranked()
    assert [action.priority for action in ranked[:4]] == [Priority.IMMEDIATE] * 3 + [Priority.NORMAL]


def test_the_five_seeds_make_forty_three_actions(db):
    for path in PATHS:
        accept(receive(path))
    assert (Action.objects.count(), Recommendation.objects.count()) == (43, 43)


def test_thirty_of_the_forty_three_have_no_date_at_first(db):
    for path in PATHS:
        accept(receive(path))
    assert Action.objects.undated().count() == 30


def test_every_action_says_why_it_has_its_date_or_none(db):
    for path in PATHS:
        accept(receive(path))
    assert not Action.objects.filter(due_explanation="").exists()


def test_references_count_through_a_report_and_are_said_aloud(rotherham_plan):
    found = Action.objects.filter(recommendation__report=rotherham_plan).order_by("recommendation__number")
    assert [action.reference for action in found] == [f"RTH-2012-{n:02}" for n in range(1, 14)]


def test_a_second_report_of_a_year_has_a_letter(rotherham_plan, rotherham, lead):
    assert factories.peer_review(rotherham, by=lead).series == "2012B"


def test_a_reference_is_never_used_twice(rotherham_plan, lead):
    more = plan.add_action(rotherham_plan.recommendations.first(), what="Train", by=house(), at=MOMENT)
    assert more.reference == "RTH-2012-14"


def test_accepted_for_reference_makes_no_action_and_no_step(db):
    report = accept(receive(seed("rotherham")), AcceptedAs.REFERENCE)
    found = report.recommendations.count(), Action.objects.count(), StatutoryStep.objects.count()
    assert found == (13, 0, 0)


@pytest.mark.parametrize("words", ["rotherham-2012", "staffordshire-2012", "west-sussex-2013"])
def test_a_section_136_inspection_owes_two_steps(db, words):
    steps = accept(receive(seed(words))).statutory_steps.values_list("step", flat=True)
    assert set(steps) == {Step.PUBLISH_REPORT, Step.STATEMENT_OF_ACTION}


@pytest.mark.parametrize("words", ["staffordshire-2010", "staffordshire-2018"])
def test_the_letter_of_2010_and_the_visit_of_2018_owe_no_step(db, words):
    assert not accept(receive(seed(words))).statutory_steps.exists()


def test_the_same_bytes_twice_are_one_intake(rotherham):
    first, second = receive(seed("rotherham")), receive(seed("rotherham"))
    assert (first, Intake.objects.count(), factories.events().count("intake_received")) == (second, 1, 1)


def test_the_same_bytes_again_leave_an_accepted_report_alone(rotherham_plan):
    again = receive(seed("rotherham"))
    assert (again.state, again.report) == (IntakeState.ACCEPTED, rotherham_plan)


def test_the_same_bytes_in_two_authorities_are_two_intakes(rotherham, staffordshire):
    assert receive(seed("rotherham"), rotherham) != receive(seed("rotherham"), staffordshire)


def test_a_report_is_accepted_once(rotherham_plan):
    before = Event.objects.count()
    with pytest.raises(Refused, match="dealt with"):
        accept(rotherham_plan.intake)
    assert Event.objects.count() == before


def test_a_supplied_publication_date_dates_the_actions_and_keeps_its_source(db):
    told = acceptance.Publication(date(2012, 12, 19), "the report's page")
    report = accept(receive(seed("staffordshire-2012")), publication=told)
    assert (report.publication_source, dues(report)[date(2012, 12, 19)]) == ("the report's page", 2)


def test_a_supplied_publication_date_needs_its_source(db):
    received = receive(seed("staffordshire-2012"))
    with pytest.raises(Refused, match="where the publication date comes from"):
        accept(received, publication=acceptance.Publication(date(2012, 12, 19), " "))
    assert Intake.objects.get().state == IntakeState.READ


def corrected(received, change):
    draft = {**received.draft, "recommendations": [dict(item) for item in received.draft["recommendations"]]}
    change(draft)
    return intake.correct(received, draft=draft, by=house(), at=MOMENT)


def drop_all_but_one(draft):
    draft["recommendations"] = draft["recommendations"][-1:]
    draft["recommendations"][0]["text"] = "see every child alone"


def test_what_a_person_made_of_the_reading_is_accepted_and_the_machine_s_own_kept(rotherham):
    report = accept(corrected(receive(seed("rotherham")), drop_all_but_one))
    assert [each.text for each in report.recommendations.all()] == ["see every child alone"]
    assert len(report.intake.draft["recommendations"]) == 13


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda draft: draft.update(recommendations=[]), "no recommendation to make a plan of"),
        (lambda draft: draft["recommendations"][0].update(text=" "), "has no words"),
        (lambda draft: draft.update(inspection_end="2012-07-01"), "cannot end before it began"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_in_words(rotherham, change, told):
    received = corrected(receive(seed("rotherham")), change)
    before = factories.events()
    with pytest.raises(Refused, match=told):
        accept(received)
    assert (factories.events(), Recommendation.objects.count()) == (before, 0)


@pytest.mark.parametrize(("verb", "more"), [(intake.correct, {"draft": {}}), (intake.set_aside, {"reason": "old"})])
def test_an_accepted_report_is_not_corrected_or_set_aside(rotherham_plan, verb, more):
    with pytest.raises(Refused):
        verb(rotherham_plan.intake, by=house(), at=MOMENT, **more)


def test_an_accepted_report_read_again_stays_accepted(rotherham_plan):
    assert intake.read(rotherham_plan.intake, by=house(), at=MOMENT).state == IntakeState.ACCEPTED


def test_a_file_that_was_set_aside_is_not_read_again(rotherham):
    aside = intake.set_aside(receive(seed("rotherham")), reason="another copy", by=house(), at=MOMENT)
    with pytest.raises(Refused, match="set aside"):
        intake.read(aside, by=house(), at=MOMENT)


def test_a_report_that_asks_for_nothing_is_kept_for_reference(rotherham):
    nothing = corrected(receive(seed("rotherham")), lambda draft: draft.update(recommendations=[]))
    report = accept(nothing, how=AcceptedAs.REFERENCE)
    assert report.recommendations.count() == 0


def test_the_machine_s_reading_comes_back_where_a_person_wants_it(rotherham):
    changed = corrected(receive(seed("rotherham")), drop_all_but_one)
    again = intake.correct(changed, draft=None, by=house(), at=MOMENT)
    assert accept(again).recommendations.count() == 13


def test_a_report_is_set_aside_once_and_with_a_reason(rotherham):
    received = receive(seed("rotherham"))
    with pytest.raises(Refused, match="reason"):
        intake.set_aside(received, reason=" ", by=house(), at=MOMENT)
    intake.set_aside(received, reason="a draft", by=house(), at=MOMENT)
    with pytest.raises(Refused, match="dealt with"):
        intake.set_aside(received, reason="a draft", by=house(), at=MOMENT)


def test_a_file_that_cannot_be_read_is_kept_with_the_reason(rotherham):
    received = intake.receive(b"\x00\x01", name="scan.pdf", authority=rotherham, by=house(), at=MOMENT)
    kept = intake.read(received, by=house(), at=MOMENT)
    assert (kept.state, bool(kept.problem)) == (IntakeState.UNREADABLE, True)


def test_the_authority_s_default_dates_what_the_report_does_not(staffordshire):
    lead = factories.member("Dora Vale", staffordshire, Role.LEAD)
    settings = {"family_defaults": {"ilacs_focused_visit": "within six months"}}
    reference.change_settings(staffordshire, settings=settings, by=factories.acting(lead), at=MOMENT)
    report = accept(receive(seed("staffordshire-2018")))
    found = set(Action.objects.filter(recommendation__report=report).values_list("agreed_due", "due_basis"))
    assert found == {(date(2019, 1, 19), Basis.DEFAULT)}
