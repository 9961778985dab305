"""An action split into several, or moved to another recommendation: what stays, what comes along, what is refused."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Basis, Move, Status
from tracker.models import Action, Event
from tracker.rules.refusal import Refused
from tracker.services import actions, extensions, moves, rearranging, reports, steps, verification

pytestmark = pytest.mark.django_db

NOW = at(2012, 10, 1)


@world
def extended(owned, owner, lead):
    """The action, in progress and extended from 3 December 2012 to 1 February 2013."""
    moves.move(owned, Move.START, by=acting(owner), at=at(2012, 9, 20))
    asked = extensions.ask(owned, to_due=date(2013, 2, 1), reason="floods", by=acting(owner), at=at(2012, 9, 21))
    extensions.decide(asked, granted=True, by=acting(lead), at=at(2012, 9, 22))
    return Action.objects.get(pk=owned.pk)


def split(action, by, **more):
    wanted = {"remains": "Improve the chronologies of open cases", "parts": ["Train managers"], **more}
    return rearranging.split(action, by=acting(by), at=NOW, **wanted)


def test_the_action_keeps_its_reference_its_status_and_what_hangs_on_it(extended, owner, lead):
    steps.add_step(extended, text="Read the files", due_on=None, by=acting(owner), at=NOW)
    (new,) = split(extended, lead)
    kept = Action.objects.get(pk=extended.pk)
    assert (kept.reference, kept.status, kept.steps.count()) == ("RTH-2012-01", Status.IN_PROGRESS, 1)
    assert (kept.what, new.steps.count()) == ("Improve the chronologies of open cases", 0)


def test_the_new_actions_have_the_next_references_and_say_where_they_come_from(extended, lead):
    made = split(extended, lead, parts=["Train managers", " ", "Audit"])
    assert [(new.reference, new.what, new.split_from) for new in made] == [
        ("RTH-2012-04", "Train managers", extended),
        ("RTH-2012-05", "Audit", extended),
    ]
    assert {new.recommendation for new in made} == {extended.recommendation}


def test_the_dates_come_along_with_their_reason_and_count_as_no_extension(extended, lead):
    (new,) = split(extended, lead)
    found = new.original_due, new.agreed_due, new.overdue_after, new.due_basis, new.original_basis
    assert found == (date(2012, 12, 3), date(2013, 2, 1), date(2013, 2, 1), Basis.CHOSEN, Basis.CHOSEN)
    assert new.due_explanation.startswith("Split from RTH-2012-01. Friday 1 February 2013, extended from")
    assert new.extensions.count() == 0


def test_without_its_dates_a_new_action_has_those_that_the_report_gives(extended, lead):
    (new,) = split(extended, lead, with_dates=False)
    assert (new.original_due, new.agreed_due, new.due_basis) == (None, None, Basis.NONE)


def test_the_people_come_along_where_wanted(extended, owner, lead, rotherham):
    partner = factories.member("Pia Wynn", rotherham, "partner")
    actions.edit(
        extended,
        what="x",
        outcome="",
        start_on=None,
        accountable=lead,
        partners=[partner],
        by=acting(lead),
        at=NOW,
    )
    (new,) = split(extended, lead)
    (bare,) = split(Action.objects.get(pk=extended.pk), lead, with_people=False)
    assert (new.owner, new.accountable, list(new.partners.all())) == (owner, lead, [partner])
    assert (bare.owner, bare.accountable, bare.partners.count()) == (None, None, 0)


def test_a_split_is_one_event_that_tells_of_every_action(extended, lead):
    split(extended, lead, parts=["Train managers", "Audit"])
    event = Event.objects.order_by("-id").first()
    assert (event.kind, event.subject_id, event.bodies.count()) == ("action_split", extended.pk, 3)
    assert [finding for finding in verification.verify() if not finding.lawful] == []


@pytest.mark.parametrize(
    ("more", "field"), [({"remains": " "}, "remains"), ({"parts": ["", " "]}, "part_1"), ({"parts": []}, "part_1")]
)
def test_a_split_without_words_is_refused_at_its_field(extended, lead, more, field):
    with pytest.raises(Refused) as refused:
        split(extended, lead, **more)
    assert (refused.value.field, Action.objects.count()) == (field, 3)


def closed(action, owner, lead):
    factories.submitted(action, by=owner)
    moves.move(action, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))


def superseded(action, owner, lead):
    moves.move(action, Move.SUPERSEDE, reason="see another", by=acting(lead), at=at(2012, 11, 2))


def set_aside(action, owner, lead):
    moves.move(action, Move.SET_ASIDE, reason="no longer", by=acting(lead), at=at(2012, 11, 2))


def submitted(action, owner, lead):
    factories.submitted(action, by=owner)


@world
def other(report):
    """Another recommendation of the same report."""
    return report.recommendations.last()


def move(action, to, by, **more):
    return rearranging.move_to(action, to, by=acting(by), at=NOW, **{"reason": "It fits better there", **more})


@pytest.mark.parametrize("before", [closed, superseded, set_aside, submitted])
def test_only_an_open_action_is_split_or_moved(owned, owner, lead, other, before):
    before(owned, owner, lead)
    for act in (lambda: split(owned, lead), lambda: move(owned, other, lead)):
        with pytest.raises(Refused, match="Only an open action"):
            act()


@pytest.mark.parametrize("role", ["owner", "partner", "board", "auditor", "administrator"])
def test_only_a_lead_splits_and_moves(owned, other, rotherham, role):
    person = factories.member("Ivo Hale", rotherham, role)
    for act in (lambda: split(owned, person), lambda: move(owned, other, person)):
        with pytest.raises(Refused, match="Only an improvement lead may change the plan"):
            act()


def test_a_moved_action_keeps_its_reference_and_its_dates(extended, other, lead):
    kept = move(extended, other, lead)
    found = kept.reference, kept.recommendation, kept.original_due, kept.agreed_due
    assert found == ("RTH-2012-01", other, date(2012, 12, 3), date(2013, 2, 1))


def test_a_moved_action_says_from_where_and_why(extended, other, lead):
    before = extended.recommendation
    kept = move(extended, other, lead)
    event = Event.objects.order_by("-id").first()
    assert (kept.moved_from, kept.moved_reason) == (before, "It fits better there")
    assert "recommendation 1" in event.bodies.get().body and event.kind == "action_moved"


def test_an_action_goes_back_to_where_it_came_from(extended, other, lead):
    first = extended.recommendation
    move(extended, other, lead)
    kept = move(extended, first, lead, reason="it was right before")
    assert (kept.recommendation, kept.moved_from) == (first, other)


@pytest.mark.parametrize("reason", ["", " "])
def test_a_move_without_a_reason_is_refused(owned, other, lead, reason):
    with pytest.raises(Refused) as refused:
        move(owned, other, lead, reason=reason)
    assert refused.value.field == "reason"


def test_a_move_to_where_it_stands_is_refused(owned, lead):
    with pytest.raises(Refused, match="already"):
        move(owned, owned.recommendation, lead)


def test_a_move_to_another_council_is_refused(owned, lead, staffordshire, stranger):
    theirs = factories.peer_review(staffordshire, by=stranger).recommendations.first()
    with pytest.raises(Refused, match="within its council") as refused:
        move(owned, theirs, lead)
    assert refused.value.field == "recommendation"


def test_dates_counted_from_another_report_stand_from_the_move_on(rotherham, lead):
    report = factories.accepted_seed("rotherham", rotherham, by=acting(lead), moment=NOW)
    later = factories.peer_review(rotherham, by=lead).recommendations.first()
    computed = Action.objects.filter(recommendation__report=report, due_basis=Basis.COMPUTED).first()
    kept = move(computed, later, lead)
    assert (kept.agreed_due, kept.due_basis, kept.original_basis, kept.due_set_by) == (
        computed.agreed_due,
        Basis.CHOSEN,
        Basis.CHOSEN,
        lead,
    )
    reports.set_publication_date(later.report, on=date(2012, 9, 28), source="the letter", by=acting(lead), at=NOW)
    assert Action.objects.get(pk=kept.pk).agreed_due == computed.agreed_due
