"""Rows by what they are to a person: own actions, own notices, boards followed, calls heard."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.plenty import people_of, plenty
from tests.worlds import world
from tracker import access
from tracker.choices import NoticeKind, Role
from tracker.models import Notice
from tracker.services import board, deputies

pytestmark = pytest.mark.django_db

TODAY = date(2013, 6, 3)
LATER = date(2013, 7, 1)


@world
def council(rotherham):
    made = plenty(rotherham, "rotherham")
    board.plan_meeting(rotherham, held_on=LATER, updates_by=LATER, by=acting(made.lead), at=at(2013, 6, 2))
    return made


def test_own_actions_are_those_one_owns(council):
    assert set(access.own_actions(council.owner, TODAY)) == {council.action, council.closed}


def test_a_lead_owns_no_action_for_leading(council):
    assert not access.own_actions(council.lead, TODAY).exists()


def test_a_deputy_s_days_make_the_owner_s_actions_their_own(council):
    deputies.name_deputy(
        council.owner.memberships.get(),
        deputy=council.second,
        first_day=TODAY,
        last_day=TODAY,
        by=acting(council.owner),
        at=at(2013, 6, 2),
    )
    on, after = (set(access.own_actions(council.second, day)) for day in (TODAY, date(2013, 6, 4)))
    assert on - after == set(access.own_actions(council.owner, TODAY))


@pytest.mark.parametrize(
    ("role", "follows"),
    [("lead", 1), ("owner", 1), ("board", 1), ("auditor", 1), ("partner", 0), ("administrator", 0)],
)
def test_a_board_is_followed_by_those_who_see_the_whole_plan(council, role, follows):
    assert access.board_authorities(getattr(council, role), TODAY).count() == follows


def test_nobody_follows_a_board_of_another_council(council, staffordshire):
    for person in people_of(staffordshire).values():
        assert council.authority not in access.board_authorities(person, TODAY)


def test_a_call_is_heard_by_those_who_own_open_actions_there(council):
    called = {role for role in ("lead", "owner", "partner", "board") if heard(getattr(council, role))}
    assert called == {"owner"}


def heard(person, on=TODAY):
    return access.meetings_calling(person, on).exists()


def test_a_partner_who_owns_an_action_is_called_too(council):
    council.action.owner = council.partner
    council.action.save()
    assert heard(council.partner)


def test_a_call_ends_with_its_meeting(council):
    assert [heard(council.owner, day) for day in (LATER, date(2013, 7, 2))] == [True, False]


def test_a_meeting_that_is_cancelled_calls_nobody(council):
    meeting = council.authority.meetings.get(held_on=LATER)
    board.cancel_meeting(meeting, reason="called off", by=acting(council.lead), at=at(2013, 6, 3))
    assert not heard(council.owner)


def test_notices_and_dues_are_one_s_own(council):
    Notice.objects.create(recipient=council.lead, kind=NoticeKind.LEAD_DIGEST, day=TODAY, posted_at=at(2013, 6, 3))
    assert list(access.own_notices(council.owner)) == [council.notice]
    assert {due.subject_id for due in access.own_dues(council.owner, TODAY)} <= {council.action.pk, council.closed.pk}
    assert not access.own_dues(council.lead, TODAY).exists()


def test_dues_that_are_for_leads_are_not_the_owner_s(council):
    kinds = set(access.own_dues(council.owner, TODAY).values_list("kind", flat=True))
    assert kinds and not kinds & {"escalated_to_lead", "extension_waiting", "no_date", "check_due"}


def test_a_pack_may_be_taken_as_the_check_says(council):
    granted = factories.member("Ivy Wren", council.authority, Role.BOARD)
    granted.memberships.update(sees_confidential=True)
    people_asked = [council.lead, granted, council.board, council.auditor, council.owner, council.partner]
    may = [[access.can_pack(p, council.authority, confidential=c) for c in (False, True)] for p in people_asked]
    assert may == [[True, True], [True, True], [True, False], [True, True], [False, False], [False, False]]
