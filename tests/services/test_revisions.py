"""A corrected version of an accepted report: what a person ticks is applied, and nobody's work is rewritten."""

import pytest

from tests import factories
from tests.worlds import world
from tracker.choices import AcceptedAs, EventKind, IntakeState
from tracker.extraction import read_here
from tracker.models import Action, Recommendation
from tracker.rules.differences import Change
from tracker.rules.refusal import Refused
from tracker.services import acceptance, actions, intake, revisions

MOMENT = factories.at(2013, 3, 1)
FIRST = """Inspection of local authority arrangements for the protection of children
Rotherham Metropolitan Borough Council

Inspection dates: 9 July 2012 - 18 July 2012
Published: 10 August 2012

Areas for improvement

Immediately:
- ensure that every child who is the subject of a plan is seen alone
- ensure that managers record the reasons for their decisions

Within three months:
- reduce the caseloads of social workers in the duty team
- publish the strategy for early help
"""


def received(authority, text, by, name="report.txt"):
    data = text.encode()
    return intake.receive(data, name=name, authority=authority, by=by, at=MOMENT, reading=read_here(data, name=name))


@world
def by(lead):
    return factories.acting(lead)


@world
def accepted(rotherham, by):
    return acceptance.accept(received(rotherham, FIRST, by), accepted_as=AcceptedAs.PLAN, by=by, at=MOMENT)


def later(accepted, by, *changes):
    text = FIRST
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return received(accepted.authority, text + "\n", by, name="corrected.txt")


def found(reading, report, by):
    return revisions.names_of(revisions.differences_of(reading, report, by=by))


def apply_all(reading, report, by):
    return revisions.apply(reading, report, names=list(found(reading, report, by)), by=by, at=MOMENT)


OTHER_WORDS = (
    "reduce the caseloads of social workers in the duty team",
    "reduce the caseloads of all social workers in the duty team",
)
ONE_MORE = ("- publish the strategy", "- train every manager in supervision\n- publish the strategy")
ONE_LESS = ("- publish the strategy for early help\n", "")
SOONER = ("Within three months:", "Within two months:")


def test_a_later_version_finds_the_report_it_is_another_copy_of(accepted, by):
    assert revisions.report_of(later(accepted, by)) == accepted


def test_the_same_recommendations_differ_in_nothing(accepted, by):
    assert found(later(accepted, by), accepted, by) == {}


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (OTHER_WORDS, [Change.CHANGED]),
        (ONE_MORE, [Change.NEW]),
        (ONE_LESS, [Change.GONE]),
        (SOONER, [Change.CHANGED] * 2),
    ],
)
def test_each_kind_of_difference_is_named(accepted, by, change, kinds):
    assert [each.change for each in found(later(accepted, by, change), accepted, by).values()] == kinds


def test_a_new_recommendation_gets_an_action_with_the_next_reference_and_its_date(accepted, by):
    apply_all(later(accepted, by, ONE_MORE), accepted, by)
    new = Action.objects.get(recommendation__text__startswith="train every manager")
    assert (new.reference, str(new.agreed_due)) == ("RTH-2012-05", "2012-11-10")


def test_a_report_kept_for_reference_gets_no_action(rotherham, by):
    kept = acceptance.accept(received(rotherham, FIRST, by), accepted_as=AcceptedAs.REFERENCE, by=by, at=MOMENT)
    apply_all(later(kept, by, ONE_MORE), kept, by)
    assert (kept.recommendations.count(), Action.objects.count()) == (5, 0)


def test_an_action_nobody_has_worked_on_takes_the_later_words(accepted, by):
    apply_all(later(accepted, by, OTHER_WORDS), accepted, by)
    changed = Recommendation.objects.get(text=OTHER_WORDS[1])
    assert changed.actions.get().what == OTHER_WORDS[1]


def test_an_action_nobody_has_worked_on_takes_the_later_date(accepted, by):
    apply_all(later(accepted, by, SOONER), accepted, by)
    dates = Action.objects.filter(reference="RTH-2012-03").values_list("original_due", "agreed_due").get()
    assert [str(day) for day in dates] == ["2012-10-10", "2012-10-10"]


def test_an_action_somebody_has_begun_keeps_its_words_and_dates(accepted, by, owner):
    action = Action.objects.get(reference="RTH-2012-03")
    begun = actions.assign(action, owner=owner, by=by, at=MOMENT)
    before = (begun.what, begun.agreed_due, begun.original_due, begun.version)
    apply_all(later(accepted, by, OTHER_WORDS, SOONER), accepted, by)
    begun.refresh_from_db()
    assert (begun.what, begun.agreed_due, begun.original_due, begun.version) == before


def test_words_a_lead_wrote_for_an_untouched_action_stay(accepted, by):
    action = Action.objects.get(reference="RTH-2012-03")
    actions.edit(action, what="Hire four social workers", outcome="", start_on=None, by=by, at=MOMENT)
    apply_all(later(accepted, by, OTHER_WORDS), accepted, by)
    action.refresh_from_db()
    assert action.what == "Hire four social workers"


def test_what_is_gone_is_marked_and_its_action_left_alone(accepted, by):
    reading = later(accepted, by, ONE_LESS)
    apply_all(reading, accepted, by)
    gone = Recommendation.objects.get(text__startswith="publish the strategy")
    assert (gone.gone_from, gone.actions.get().status) == (reading, "not_started")


def test_what_was_marked_as_gone_is_not_proposed_again(accepted, by):
    reading = later(accepted, by, ONE_LESS)
    apply_all(reading, accepted, by)
    assert found(reading, accepted, by) == {}


def test_only_what_is_ticked_is_applied(accepted, by):
    reading = later(accepted, by, OTHER_WORDS, ONE_LESS)
    gone = next(name for name, each in found(reading, accepted, by).items() if each.change == Change.GONE)
    revisions.apply(reading, accepted, names=[gone], by=by, at=MOMENT)
    assert Recommendation.objects.filter(text=OTHER_WORDS[0]).exists()


def test_the_corrected_version_is_dealt_with_and_says_of_which_report_it_is(accepted, by):
    reading = later(accepted, by, OTHER_WORDS)
    apply_all(reading, accepted, by)
    reading.refresh_from_db()
    assert (reading.state, reading.corrects) == (IntakeState.ACCEPTED, accepted)


def test_all_that_is_applied_is_one_line_of_the_trail(accepted, by):
    reading = later(accepted, by, OTHER_WORDS, ONE_MORE, ONE_LESS)
    before = len(factories.events())
    apply_all(reading, accepted, by)
    assert factories.events()[before:] == [EventKind.REPORT_REVISED]


def test_nothing_ticked_is_refused(accepted, by):
    with pytest.raises(Refused, match="Tick what to apply"):
        revisions.apply(later(accepted, by, ONE_MORE), accepted, names=[], by=by, at=MOMENT)


def test_a_name_that_stands_for_nothing_is_refused(accepted, by):
    with pytest.raises(Refused, match="has changed since"):
        revisions.apply(later(accepted, by, ONE_MORE), accepted, names=["gone-999"], by=by, at=MOMENT)


def test_a_stranger_sees_no_differences(accepted, by, stranger):
    with pytest.raises(Refused):
        revisions.differences_of(later(accepted, by, ONE_MORE), accepted, by=factories.acting(stranger))


def test_a_reading_is_not_compared_with_another_councils_report(accepted, by, staffordshire):
    other = received(staffordshire, FIRST, factories.house())
    with pytest.raises(Refused, match="different councils"):
        revisions.differences_of(other, accepted, by=factories.house())


def test_reading_the_same_file_again_finds_nothing_new_though_a_person_corrected_and_left_out(rotherham, by):
    first = received(rotherham, FIRST, by)
    items = [{**item, "id": n, "from": [n]} for n, item in enumerate(first.draft["recommendations"], 1)]
    items[0]["text"] = "See every child alone."
    draft = {**first.draft, "recommendations": items[:-1], "dropped": items[-1:]}
    corrected = intake.correct(first, draft=draft, by=by, at=MOMENT)
    report = acceptance.accept(corrected, accepted_as=AcceptedAs.PLAN, by=by, at=MOMENT)
    again = intake.read(report.intake, by=by, at=MOMENT)
    assert found(again, report, by) == {}
