"""Entering and correcting a publication date: what follows it, and what a person's own date never does."""

import json
from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Basis, EventKind, Move, Role
from tracker.models import Action, Event
from tracker.rules.refusal import Refused
from tracker.services import actions, clock, extensions, moves, reports

pytestmark = pytest.mark.django_db

ENTERED = at(2013, 1, 7)
PUBLISHED = date(2012, 12, 19)
CORRECTED = date(2012, 12, 21)
PAGE = "the report's page on the inspectorate's website"


@world
def lead(staffordshire):
    return factories.member("Dora Vale", staffordshire, Role.LEAD)


@world
def owner(staffordshire):
    return factories.member("Emil Ford", staffordshire, Role.OWNER)


@world
def report(staffordshire, lead):
    """The 2012 seed of Staffordshire, which prints no publication date; accepted on 7 January 2013."""
    return factories.accepted_seed("staffordshire-2012", staffordshire, by=acting(lead), moment=ENTERED)


@world
def published(report, lead):
    return set_date(report, PUBLISHED, lead)


def set_date(report, on, lead, **more):
    return reports.set_publication_date(report, on=on, source=PAGE, by=acting(lead), at=ENTERED, **more)


def action_due(report, due):
    """An action of the report due on that day."""
    return Action.objects.filter(recommendation__report=report, agreed_due=due).first()


def dates(report, field="agreed_due"):
    return sorted(Action.objects.filter(recommendation__report=report).values_list(field, flat=True))


def fresh(action):
    return Action.objects.get(pk=action.pk)


def test_without_a_publication_date_no_action_has_a_date(report):
    assert set(Action.objects.filter(recommendation__report=report).values_list("agreed_due", flat=True)) == {None}


def test_entering_the_publication_date_dates_the_actions(published):
    wanted = [PUBLISHED] * 2 + [date(2013, 3, 19)] * 4 + [date(2013, 6, 19)] * 4
    assert (dates(published), dates(published, "original_due")) == (wanted, wanted)


def test_a_date_that_appeared_explains_itself(published):
    why = action_due(published, date(2013, 3, 19)).due_explanation
    assert all(words in why for words in ("19 December 2012", PAGE, "3 calendar months", "19 March 2013"))


def test_correcting_the_publication_date_moves_original_and_agreed(published, lead):
    set_date(published, CORRECTED, lead)
    wanted = [CORRECTED] * 2 + [date(2013, 3, 21)] * 4 + [date(2013, 6, 21)] * 4
    assert (dates(published), dates(published, "original_due")) == (wanted, wanted)


def test_a_date_a_person_chose_is_left_as_it_is(report, lead):
    action = report.recommendations.last().actions.get()
    actions.set_first_due(action, due=date(2013, 5, 1), reason="agreed", by=acting(lead), at=ENTERED)
    set_date(report, PUBLISHED, lead)
    set_date(report, CORRECTED, lead)
    kept = fresh(action)
    assert (kept.original_due, kept.agreed_due, kept.due_basis) == (date(2013, 5, 1), date(2013, 5, 1), Basis.CHOSEN)


def extended(action, owner, lead):
    actions.assign(action, owner=owner, by=acting(lead), at=ENTERED)
    asked = extensions.ask(action, to_due=date(2013, 4, 30), reason="floods", by=acting(owner), at=ENTERED)
    extensions.decide(asked, granted=True, by=acting(lead), at=ENTERED)


def test_an_extended_action_keeps_its_agreed_date_and_its_original_is_corrected(published, owner, lead):
    action = action_due(published, date(2013, 3, 19))
    extended(action, owner, lead)
    set_date(published, CORRECTED, lead)
    kept = fresh(action)
    assert (kept.original_due, kept.agreed_due) == (date(2013, 3, 21), date(2013, 4, 30))


def test_an_extended_action_keeps_the_explanation_of_its_agreed_date(published, owner, lead):
    action = action_due(published, date(2013, 3, 19))
    extended(action, owner, lead)
    told = fresh(action).due_explanation
    set_date(published, CORRECTED, lead)
    assert (fresh(action).due_explanation, fresh(action).due_basis) == (told, Basis.CHOSEN)


def test_a_reopened_action_keeps_its_new_date_and_its_original_is_corrected(published, owner, lead):
    action = action_due(published, date(2013, 3, 19))
    actions.assign(action, owner=owner, by=acting(lead), at=ENTERED)
    factories.submitted(action, by=owner)
    moves.move(action, Move.SIGN_OFF, by=acting(lead), at=at(2013, 2, 1))
    moves.move(action, Move.REOPEN, by=acting(lead), at=at(2013, 2, 2), reason="slipped", new_due=date(2013, 8, 1))
    set_date(published, CORRECTED, lead)
    kept = fresh(action)
    assert (kept.original_due, kept.agreed_due) == (date(2013, 3, 21), date(2013, 8, 1))


def test_a_preview_says_what_would_move_and_changes_nothing(report, lead):
    before = list(Action.objects.order_by("pk").values()), Event.objects.count()
    shown = reports.preview_publication_date(report, on=PUBLISHED, source=PAGE, by=acting(lead), at=ENTERED)
    assert (len(shown.moves), shown.sentence) == (10, "10 dates are set, none becomes overdue.")
    assert (list(Action.objects.order_by("pk").values()), Event.objects.count()) == before
    report.refresh_from_db()
    assert report.publication_date is None


def test_a_preview_shows_exactly_what_is_then_done(published, lead):
    shown = reports.preview_publication_date(published, on=CORRECTED, source=PAGE, by=acting(lead), at=ENTERED)
    set_date(published, CORRECTED, lead)
    promised = {move.key.pk: (move.original_after, move.agreed_after) for move in shown.moves}
    assert promised == {key: (fresh_of(key).original_due, fresh_of(key).agreed_due) for key in promised} != {}


def fresh_of(key):
    return Action.objects.get(pk=key)


def test_a_preview_says_how_many_become_overdue(report, lead):
    late = at(2013, 7, 1)
    shown = reports.preview_publication_date(report, on=PUBLISHED, source=PAGE, by=acting(lead), at=late)
    assert shown.sentence == "10 dates are set, 10 become overdue."


def test_a_publication_date_before_the_inspection_s_end_is_questioned(report, lead):
    shown = reports.preview_publication_date(report, on=date(2012, 11, 1), source=PAGE, by=acting(lead), at=ENTERED)
    assert "before the inspection ended" in shown.question


def test_the_old_date_and_its_source_stand_in_the_event(published, lead):
    set_date(published, CORRECTED, lead)
    told = json.loads(Event.objects.filter(kind=EventKind.PUBLICATION_DATE_SET).last().bodies.get(position=0).body)
    assert told["details"] == {"publication_date": "2012-12-19", "publication_source": PAGE}


def test_the_event_tells_of_every_action_that_moved(published, lead):
    told = Event.objects.get(kind=EventKind.PUBLICATION_DATE_SET).bodies.filter(subject_type="action")
    assert told.count() == 10


def test_the_date_is_the_person_s_who_entered_it(published, lead):
    published.refresh_from_db()
    assert (published.publication_source, published.publication_set_by) == (PAGE, lead)


def test_a_publication_date_without_a_source_is_refused(report, lead):
    with pytest.raises(Refused, match="where the date comes from"):
        reports.set_publication_date(report, on=PUBLISHED, source=" ", by=acting(lead), at=ENTERED)


def test_immediate_actions_are_chased_only_after_the_first_response(published):
    """Accepted on Monday 7 January 2013: five working days end on the 14th."""
    first = published.recommendations.first().actions.get()
    assert (first.agreed_due, first.overdue_after) == (PUBLISHED, date(2013, 1, 14))


def test_the_date_of_receipt_moves_the_statutory_clock_and_no_action(published, lead):
    before = dates(published)
    reports.set_received_date(published, on=date(2012, 12, 3), source="the post book", by=acting(lead), at=ENTERED)
    computed = [step.computed for step in published.statutory_steps.order_by("computed")]
    assert (computed, dates(published)) == ([date(2013, 1, 17), date(2013, 3, 14)], before)


def test_a_date_of_receipt_without_a_source_is_refused(report, lead):
    with pytest.raises(Refused, match="where the date comes from"):
        reports.set_received_date(report, on=PUBLISHED, source="", by=acting(lead), at=ENTERED)


def test_a_step_s_chosen_date_survives_a_corrected_receipt(published, lead):
    step = published.statutory_steps.first()
    clock.choose_date(step, on=date(2013, 4, 2), reason="agreed", by=acting(lead), at=ENTERED)
    reports.set_received_date(published, on=date(2012, 12, 3), source="the post book", by=acting(lead), at=ENTERED)
    step.refresh_from_db()
    assert step.due == date(2013, 4, 2)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_publication_date_in_an_impossible_year_is_refused(report, lead, day):
    with pytest.raises(Refused, match="check the year"):
        reports.preview_publication_date(
            report, on=day, source="x", by=factories.acting(lead), at=factories.at(2012, 10, 1)
        )
