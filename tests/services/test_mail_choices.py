"""How often a person wants mail: what is held back comes on the week's first working day, and nothing overdue waits."""

import pytest

from tests.factories import acting, at, events, house, member
from tests.mornings import kinds, lines, morning
from tests.worlds import world
from tracker.choices import DigestChoice, DueKind, Move, NoteKind, Occasion, Role
from tracker.models import Action, Due, Told
from tracker.rules.refusal import Refused
from tracker.services import actions, evidence, mail_choices, memberships, moves, reference

pytestmark = pytest.mark.django_db

# Monday 3 December 2012 is the day on which the owned action is due; Monday 26 November is seven days before.


def choose(person, choice, *moment):
    return mail_choices.choose(person, choice=choice, by=acting(person), at=at(*(moment or (2012, 9, 5))))


@world
def alone(owned, rotherham, lead):
    """The action due on 3 December 2012, and no other that anybody is told of. The lead's week is Friday's."""
    reference.change_settings(rotherham, settings={"digest_weekday": 4}, by=acting(lead), at=at(2012, 9, 1))
    Action.objects.exclude(pk=owned.pk).update(next_notice_on=None)
    Action.objects.update(last_heard_at=at(2012, 12, 1))  # nothing is silent in these tests
    for day in (4, 5):
        morning(2012, 9, day)
    return owned


def heard(person, *day):
    """The kinds that the person is newly told of on that morning."""
    found = morning(*day).get(person.name)
    return kinds(found) if found else set()


def another(alone, owner, lead, *moment):
    """A second action, given to the owner at that moment."""
    other = Action.objects.exclude(pk=alone.pk).order_by("pk").first()
    return actions.assign(other, owner=owner, by=acting(lead), at=at(*moment))


def test_once_a_week_holds_back_what_is_given_on_thursday_until_monday(alone, owner, lead):
    choose(owner, DigestChoice.WEEKLY)
    another(alone, owner, lead, 2012, 11, 8)
    assert [heard(owner, 2012, 11, day) for day in (8, 9, 12)] == [set(), set(), {DueKind.ASSIGNED}]


def test_a_monday_without_mail_costs_a_day_and_not_a_week(alone, owner, lead):
    choose(owner, DigestChoice.WEEKLY)
    another(alone, owner, lead, 2012, 11, 8)
    assert heard(owner, 2012, 11, 13) == {DueKind.ASSIGNED}


def test_a_bank_holiday_moves_the_week_s_mail_to_tuesday(alone, owner, lead):
    """Easter Monday is 1 April 2013."""
    choose(owner, DigestChoice.WEEKLY)
    Due.objects.all().update(settled_at=at(2013, 3, 26))
    Action.objects.update(next_notice_on=None)
    another(alone, owner, lead, 2013, 3, 28)
    found = [DueKind.ASSIGNED in heard(owner, *day) for day in ((2013, 3, 28), (2013, 4, 1), (2013, 4, 2))]
    assert found == [False, False, True]


def test_what_was_held_back_is_told_once(alone, owner, lead):
    choose(owner, DigestChoice.WEEKLY)
    another(alone, owner, lead, 2012, 11, 8)
    morning(2012, 11, 12)
    assert heard(owner, 2012, 11, 13) == set()


def test_what_is_overdue_does_not_wait_for_monday(alone, owner):
    choose(owner, DigestChoice.WEEKLY)
    found = [heard(owner, 2012, 12, day) for day in (3, 4)]
    assert found[1] == {DueKind.OVERDUE}


def test_a_mail_about_what_is_overdue_leaves_what_is_held_back_for_monday(alone, owner, lead):
    choose(owner, DigestChoice.WEEKLY)
    other = another(alone, owner, lead, 2012, 12, 4)
    tuesday = morning(2012, 12, 4)[owner.name]
    assert (kinds(tuesday), other.reference in lines(tuesday)) == ({DueKind.OVERDUE}, True)
    assert DueKind.ASSIGNED in heard(owner, 2012, 12, 10)


def test_what_is_done_before_monday_is_not_told(alone, owner, lead):
    choose(owner, DigestChoice.WEEKLY)
    morning(2012, 11, 19)
    other = another(alone, owner, lead, 2012, 11, 20)
    morning(2012, 11, 20)
    by = acting(owner)
    evidence.add_note(other, title="Audit", text="Done.", by=by, at=at(2012, 11, 21), confidential=False)
    moves.move(Action.objects.get(pk=other.pk), Move.SUBMIT, by=by, at=at(2012, 11, 21))
    actions.assign(Action.objects.get(pk=other.pk), owner=lead, by=acting(lead), at=at(2012, 11, 22))
    assert DueKind.ASSIGNED not in heard(owner, 2012, 11, 26)


def test_overdue_alone_is_told_of_nothing_before(alone, owner):
    choose(owner, DigestChoice.OVERDUE_ONLY)
    found = [
        heard(owner, *day) for day in ((2012, 11, 19), (2012, 11, 26), (2012, 11, 30), (2012, 12, 3), (2012, 12, 4))
    ]
    assert found == [set(), set(), set(), set(), {DueKind.OVERDUE}]


def test_what_somebody_does_not_want_to_hear_stays_owed_to_nobody(alone, owner):
    choose(owner, DigestChoice.OVERDUE_ONLY)
    morning(2012, 11, 19)
    due = Due.objects.get(kind=DueKind.BEFORE_DUE)
    assert (due.settled_at is not None, Told.objects.filter(due=due).exists()) == (True, False)


def test_another_lead_who_wants_mail_each_day_is_told_all_the_same(alone, owner, lead, rotherham):
    second = member("Greta Holm", rotherham, Role.LEAD)
    choose(lead, DigestChoice.OVERDUE_ONLY)
    actions.note(alone, text="Stuck.", kind=NoteKind.HELP, by=acting(owner), at=at(2012, 11, 6))
    found = morning(2012, 11, 7)
    assert (lead.name in found, kinds(found[second.name])) == (False, {Occasion.HELP_ASKED})


def test_of_two_leads_the_one_with_a_weekly_mail_is_told_on_monday_too(alone, owner, lead, rotherham):
    second = member("Greta Holm", rotherham, Role.LEAD)
    choose(second, DigestChoice.WEEKLY)
    actions.note(alone, text="Stuck.", kind=NoteKind.HELP, by=acting(owner), at=at(2012, 11, 6))
    first = morning(2012, 11, 7)
    morning(2012, 11, 9)
    monday = morning(2012, 11, 12)
    assert (Occasion.HELP_ASKED in kinds(first[lead.name]), second.name in first) == (True, False)
    assert (lead.name in monday, kinds(monday[second.name])) == (False, {Occasion.HELP_ASKED})


@pytest.mark.parametrize("choice", DigestChoice)
def test_the_lead_s_week_comes_whatever_is_chosen_with_what_has_no_owner(report, lead, choice):
    choose(lead, choice)
    found = morning(2012, 9, 10)[lead.name]
    assert {Occasion.WEEK_FOR_LEADS, DueKind.NO_OWNER} <= kinds(found)


def test_what_rides_with_the_week_is_told_on_its_day_whatever_is_chosen(report, lead, rotherham):
    reference.change_settings(rotherham, settings={"digest_weekday": 4}, by=acting(lead), at=at(2012, 9, 1))
    choose(lead, DigestChoice.WEEKLY)
    assert {Occasion.WEEK_FOR_LEADS, DueKind.NO_OWNER} <= heard(lead, 2012, 9, 14)


def test_a_choice_changed_back_holds_from_the_next_mail(alone, owner, lead):
    choose(owner, DigestChoice.WEEKLY)
    another(alone, owner, lead, 2012, 11, 6)
    morning(2012, 11, 6)
    choose(owner, DigestChoice.EACH_DAY, 2012, 11, 7, 8)
    assert heard(owner, 2012, 11, 7) == {DueKind.ASSIGNED}


def test_the_same_choice_again_is_no_event(owner, alone):
    choose(owner, DigestChoice.WEEKLY)
    before = events()
    choose(owner, DigestChoice.WEEKLY)
    assert events() == before


@pytest.mark.parametrize("choice", ["", "never", "none"])
def test_there_is_no_choice_of_silence(owner, choice):
    with pytest.raises(Refused):
        choose(owner, choice)


def test_nobody_chooses_for_somebody_else(owner, lead):
    for by in (acting(lead), house()):
        with pytest.raises(Refused, match="Only the person themselves"):
            mail_choices.choose(owner, choice=DigestChoice.WEEKLY, by=by, at=at(2012, 9, 5))


def test_a_person_s_choice_holds_in_every_council(owner, alone, staffordshire, stranger):
    memberships.grant_membership(user=owner, authority=staffordshire, role=Role.OWNER, by=house(), at=at(2012, 11, 1))
    choose(owner, DigestChoice.OVERDUE_ONLY)
    assert mail_choices.choices_of([owner.pk, stranger.pk]) == {owner.pk: DigestChoice.OVERDUE_ONLY}
