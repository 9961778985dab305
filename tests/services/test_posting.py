"""Planning and posting when something is wrong with one thing: everything else goes its way, and it is told."""

import sys
from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at, house, member
from tests.mornings import kinds, morning, planned
from tests.worlds import world
from tracker.choices import DueKind, NoticeKind, Role
from tracker.models import Action, BoardMeeting, Due, Notice, PlannerRun, StatutoryStep
from tracker.services import actions, board, notices, reference

pytestmark = pytest.mark.django_db

# The modules: the room's door gives functions of some of their names.
occasions, posting = (sys.modules[f"tracker.services.notices.{name}"] for name in ("occasions", "posting"))


@world
def given(report, owner, lead):
    """The first action, newly given to its owner on 4 September 2012."""
    return actions.assign(Action.objects.first(), owner=owner, by=acting(lead), at=at(2012, 9, 4))


def failing_for(number, works):
    def fails(thing, *more, **named):
        if number in (getattr(thing, "pk", None), *named.get("authorities", ())):
            raise KeyError("missing")
        return works(thing, *more, **named)

    return fails


def test_a_meeting_that_cannot_be_planned_holds_up_no_other_and_is_told(given, rotherham, lead, monkeypatch):
    first, second = (
        board.plan_meeting(
            rotherham, held_on=date(2012, 10, day), updates_by=date(2012, 10, day), by=acting(lead), at=at(2012, 9, 4)
        )
        for day in (10, 17)
    )
    monkeypatch.setattr(occasions, "_call", failing_for(first.pk, occasions._call))
    done = notices.plan(by=house(), at=at(2012, 9, 5))
    assert done.failed == (f"meeting {first.pk}: 'missing'",)
    assert list(Due.objects.filter(subject_type=BoardMeeting.trail_type()).values_list("subject_id", flat=True)) == [
        second.pk
    ]


def test_a_council_that_cannot_be_addressed_holds_up_no_other_and_is_told(
    given, owner, rotherham, staffordshire, stranger, monkeypatch
):
    theirs = factories.peer_review(staffordshire, by=stranger).recommendations.first().actions.get()
    actions.assign(theirs, owner=stranger, by=acting(stranger), at=at(2012, 9, 4))
    works = posting.address

    def fails(*, on, authorities):
        if rotherham.pk in authorities:
            raise KeyError("missing")
        return works(on=on, authorities=authorities)

    monkeypatch.setattr(posting, "address", fails)
    done, problems = notices.plan(by=house(), at=at(2012, 9, 5, 9)), []
    notices.post(by=house(), at=at(2012, 9, 5, 9), problems=problems)
    notices.ran(done, problems=problems, by=house(), at=at(2012, 9, 5, 9))
    assert list(Notice.objects.values_list("recipient", flat=True)) == [stranger.pk]
    assert PlannerRun.objects.first().failures == [f"authority {rotherham.pk}: 'missing'"]


def test_a_kind_that_only_a_newer_version_knows_waits_and_holds_up_nobody(given, owner, lead):
    planned(2012, 9, 4, 13)
    Due.objects.filter(kind=DueKind.ASSIGNED).update(kind="of_tomorrow")
    Notice.objects.all().delete()
    actions.assign(Action.objects.last(), owner=owner, by=acting(lead), at=at(2012, 9, 4, 14))
    assert (planned(2012, 9, 5, 9), Due.objects.get(kind="of_tomorrow").settled_at) == (1, None)


def test_of_very_many_failures_the_first_hundred_are_kept():
    failed = tuple(f"action {number}: no" for number in range(500))
    notices.ran(notices.Planned(500, 0, failed), by=house(), at=at(2012, 9, 5, 9))
    assert PlannerRun.objects.first().failures == [*failed[:100], "and 400 more"]


def test_steps_far_from_their_day_are_not_looked_at(rotherham, lead):
    report = factories.accepted_seed("rotherham", rotherham, by=acting(lead), moment=at(2012, 8, 10))
    Action.objects.update(next_notice_on=None)
    first, second = report.statutory_steps.order_by("pk")
    StatutoryStep.objects.filter(pk=first.pk).update(chosen=date(2009, 1, 5), chosen_reason="long ago")
    assert notices.plan(by=house(), at=at(2012, 9, 14)).looked_at == 1


def test_a_person_in_two_councils_gets_one_envelope_of_the_weightier_kind(
    given, owner, rotherham, staffordshire, stranger
):
    factories.peer_review(staffordshire, by=stranger)
    factories.memberships.grant_membership(
        user=owner, authority=staffordshire, role=Role.LEAD, by=house(), at=at(2012, 9, 4)
    )
    planned(2012, 9, 10, 9)
    assert list(Notice.objects.filter(recipient=owner).values_list("kind", flat=True)) == [NoticeKind.LEAD_DIGEST]


def test_what_is_for_the_director_is_not_told_to_a_lead_who_gets_a_mail_that_day(given, rotherham, lead, owner):
    director = member("Erin Vale", rotherham, Role.AUDITOR)
    reference.set_director(rotherham, director=director, by=acting(lead), at=at(2012, 9, 4))
    actions.set_first_due(given, due=date(2012, 9, 7), reason="agreed", by=acting(lead), at=at(2012, 9, 4))
    morning(2012, 10, 5)
    letter = morning(2012, 10, 8).get(lead.name)
    assert letter is not None and DueKind.ESCALATED_TO_DIRECTOR not in kinds(letter)
