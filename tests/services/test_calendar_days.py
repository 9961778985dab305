"""Which days are in whose calendar, by what each may see today."""

from datetime import date

import pytest

from tests.factories import accepted_seed, acting, at, member, submitted
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Action, Membership, User
from tracker.rules.digest import Place
from tracker.services import actions, board, calendar_days, clock, deputies, extensions

pytestmark = pytest.mark.django_db

TODAY = date(2012, 11, 20)


def days(person, on=TODAY):
    return {entry.key.split("-")[0]: entry for entry in calendar_days.days_of(person, on=on)}


def keys(person, on=TODAY):
    return {entry.key for entry in calendar_days.days_of(person, on=on)}


@world
def meeting(rotherham, lead):
    return board.plan_meeting(
        rotherham, held_on=date(2012, 12, 14), updates_by=date(2012, 12, 7), by=acting(lead), at=at(2012, 11, 1)
    )


def test_an_owner_s_due_date_is_in_it_with_its_reference_and_words(owned, owner):
    found = days(owner)["action"]
    assert (found.on, found.title, found.place, found.number) == (
        date(2012, 12, 3),
        "Due: RTH-2012-01 Improve the chronologies",
        Place.ACTION,
        owned.pk,
    )


def test_an_action_of_another_is_not(owned, lead):
    assert keys(lead) == set()


def test_what_is_submitted_or_has_no_date_is_not(owned, owner):
    submitted(owned, by=owner)
    assert keys(owner) == set()


def test_an_extension_moves_the_day_and_is_a_later_revision(owned, owner, lead):
    before = days(owner)["action"]
    asked = extensions.ask(owned, to_due=date(2013, 1, 31), reason="floods", by=acting(owner), at=at(2012, 11, 6))
    extensions.decide(asked, granted=True, by=acting(lead), at=at(2012, 11, 7))
    after = days(owner)["action"]
    assert (after.key, after.on) == (before.key, date(2013, 1, 31))
    assert after.sequence > before.sequence and after.changed_at == at(2012, 11, 7)


def test_the_same_plan_gives_the_same_days(owned, owner, meeting):
    assert calendar_days.days_of(owner, on=TODAY) == calendar_days.days_of(owner, on=TODAY)


def test_notes_are_not_in_it(owned, owner):
    actions.note(owned, text="Kofi’s file is lost.", by=acting(owner), at=at(2012, 11, 6))
    assert "Kofi" not in repr(calendar_days.days_of(owner, on=TODAY))


def test_long_words_are_shortened(owned, owner):
    Action.objects.filter(pk=owned.pk).update(what="see every child alone and write it down " * 20)
    assert len(days(owner)["action"].title) < 110


def test_a_deputy_has_the_owner_s_days_while_standing_in(owned, owner, lead, rotherham):
    second = member("Dora Field", rotherham, Role.OWNER)
    away = {"first_day": date(2012, 11, 19), "last_day": date(2012, 11, 23)}
    deputies.name_deputy(owner.memberships.get(), deputy=second, **away, by=acting(lead), at=at(2012, 11, 16))
    assert days(second)["action"].title.startswith("Due for Ben Moss: RTH-2012-01")
    assert keys(second, date(2012, 11, 24)) == set()


@pytest.mark.parametrize("role", [Role.LEAD, Role.OWNER, Role.BOARD, Role.AUDITOR])
def test_who_sees_the_board_s_page_has_its_days(meeting, rotherham, role):
    found = days(member("Bea Holt", rotherham, role))
    assert (found["board"].on, found["updates"].on) == (date(2012, 12, 14), date(2012, 12, 7))


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR])
def test_who_does_not_has_none(meeting, rotherham, role):
    assert keys(member("Bea Holt", rotherham, role)) == set()


def test_a_partner_who_owns_an_action_has_the_day_for_updates_and_no_way_to_the_board(meeting, rotherham, report, lead):
    partner = member("Pia Dale", rotherham, Role.PARTNER)
    actions.assign(Action.objects.first(), owner=partner, by=acting(lead), at=at(2012, 11, 2))
    found = days(partner)
    assert set(found) == {"updates"} and found["updates"].place is Place.HOME


def test_a_cancelled_meeting_goes(meeting, lead):
    board.cancel_meeting(meeting, reason="called off", by=acting(lead), at=at(2012, 11, 5))
    assert keys(lead) == set()


def test_a_board_that_met_stays_for_three_months(meeting, lead):
    assert [bool(keys(lead, day)) for day in (date(2013, 3, 16), date(2013, 3, 17))] == [True, False]


@world
def seed(rotherham, lead):
    return accepted_seed("rotherham", rotherham, by=acting(lead), moment=at(2012, 8, 12))


def test_a_lead_has_the_statutory_steps_that_are_not_met(seed, lead, owner):
    step = next(step for step in seed.statutory_steps.all() if step.due)
    assert f"step-{step.pk}" in keys(lead) and not any(key.startswith("step") for key in keys(owner))
    clock.mark_met(step, on=date(2012, 11, 1), note="sent", by=acting(lead), at=at(2012, 11, 2))
    assert f"step-{step.pk}" not in keys(lead)


def test_another_council_s_lead_has_none_of_it(seed, owned, meeting, stranger):
    assert keys(stranger) == set()


def test_who_left_has_no_day_left(owned, owner, meeting, lead):
    Membership.objects.filter(user=owner).update(ended_at=at(2012, 11, 19), ended_by=lead)
    assert keys(owner) == set()


def test_who_may_not_sign_in_has_no_day_left(owned, owner, meeting):
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert keys(User.objects.get(pk=owner.pk)) == set()


def test_the_number_of_queries_does_not_grow_with_the_days(owned, owner, lead, meeting, django_assert_max_num_queries):
    for action in Action.objects.exclude(pk=owned.pk):
        actions.assign(action, owner=owner, by=acting(lead), at=at(2012, 11, 2))
        actions.set_first_due(action, due=date(2012, 12, 3), reason="agreed", by=acting(lead), at=at(2012, 11, 2))
    with django_assert_max_num_queries(7):
        assert len(keys(owner)) == 5
