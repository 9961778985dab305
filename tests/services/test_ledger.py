"""What a council's leads see of the ledger: what is owed and to whom, whom no mail reaches, whose owners have gone."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at, member
from tests.mornings import filled, morning, planned
from tests.worlds import world
from tracker.choices import DigestChoice, NoticeState, Role
from tracker.models import Action, Notice
from tracker.rules.refusal import Refused
from tracker.services import mail_choices, memberships, notices
from tracker.services.notices.posting import LAPSED

pytestmark = pytest.mark.django_db
DAY = (2012, 12, 3)
TODAY = date(*DAY)
REFUSAL = "The mail server refuses this address: 550 No such user"


def owed(authority, on=TODAY):
    return [(each.person, each.about, each.why, each.told) for each in notices.owed_in(authority, on=on)]


@world
def due(owned):
    """The action due today; that it was given to its owner, that it falls due and that it is due have been told."""
    Action.objects.exclude(pk=owned.pk).update(next_notice_on=None)
    for day in ((2012, 9, 4), (2012, 11, 19), (2012, 11, 30)):
        morning(*day)
    return owned


@world
def failed(due, owner):
    """Today's mail to the owner, which their mail server has refused for good."""
    planned(*DAY, 9)
    notices.refused(filled(*DAY, 9)[owner.name].notice, why=REFUSAL, by=factories.house(), at=at(*DAY, 9))
    return Notice.objects.get(recipient=owner, day=TODAY)


def test_what_is_owed_is_listed_with_whom_it_is_for_and_why(due, owner, rotherham):
    planned(*DAY, 9)
    expected = (owner.pk, due.reference, "due on 3 December 2012: reminder on the day", "in the next digest")
    assert expected in owed(rotherham)


def test_what_was_told_is_owed_no_more(due, owner, rotherham):
    morning(*DAY)
    assert owner.pk not in [person for person, *_ in owed(rotherham)]


def test_what_waits_for_the_week_says_so(report, lead, rotherham):
    planned(2012, 9, 10, 7)
    told = {(person, when) for person, _, why, when in owed(rotherham, date(2012, 9, 10)) if "owner" in why}
    assert told == {(lead.pk, "in the week’s digest")}


def test_what_waits_for_a_chosen_monday_says_so(due, owner, rotherham, monkeypatch):
    planned(2012, 12, 4, 7)
    monkeypatch.setattr(mail_choices, "choices_of", lambda people: {owner.pk: DigestChoice.WEEKLY})
    Action.objects.filter(pk=due.pk).update(assigned_on=date(2012, 12, 4), next_notice_on=date(2012, 12, 4))
    planned(2012, 12, 4, 7)
    assert "on Monday, as they chose" in [when for *_, when in owed(rotherham, date(2012, 12, 4))]


def test_what_nobody_is_there_to_hear_says_so(owned, owner, lead, rotherham):
    planned(2012, 9, 4)
    owner.memberships.update(ended_at=at(2012, 9, 5), ended_by=lead)
    told = [(person, about, when) for person, about, _, when in owed(rotherham, date(2012, 9, 6))]
    assert told == [(None, owned.reference, "nobody is there to be told")]


def test_another_council_s_dues_are_not_listed(due, staffordshire):
    assert owed(staffordshire) == []


def test_a_person_whose_last_mail_was_refused_is_not_reached(failed, owner, rotherham):
    assert notices.unreachable([rotherham.pk]) == {rotherham.pk: {owner.pk: REFUSAL}}


def test_a_person_whose_next_mail_went_out_is_reached_again(failed, owner, rotherham):
    assert owner.name in morning(2012, 12, 4)
    assert notices.unreachable([rotherham.pk]) == {}


def test_a_mail_that_was_put_off_until_its_day_was_over_says_nothing_about_the_address(failed, rotherham):
    Notice.objects.filter(pk=failed.pk).update(last_error=f"{LAPSED}The mail server answered 451")
    assert notices.unreachable([rotherham.pk]) == {}


def test_an_owner_who_has_left_is_told_with_what_they_hold(owned, owner, lead, rotherham):
    assert notices.gone_owners([rotherham.pk]) == {}
    owner.memberships.update(ended_at=at(2012, 9, 5), ended_by=lead)
    assert notices.gone_owners([rotherham.pk]) == {rotherham.pk: {owner.pk: 1}}


def test_an_owner_who_may_not_sign_in_any_more_is_told_too(owned, owner, rotherham):
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    assert notices.gone_owners([rotherham.pk]) == {rotherham.pk: {owner.pk: 1}}


def test_a_lead_asks_for_a_failed_mail_again_and_it_goes_out(failed, owner, lead, rotherham):
    kept = notices.ask_again(failed, rotherham, by=acting(lead), at=at(*DAY, 14))
    assert (kept.state, kept.asked_again_by, kept.asked_again_at) == (NoticeState.OWED, lead, at(*DAY, 14))
    assert owner.name in filled(*DAY, 14)


def test_a_mail_that_did_not_fail_cannot_be_asked_for_again(due, owner, lead, rotherham):
    morning(*DAY)
    with pytest.raises(Refused, match="has not failed"):
        notices.ask_again(Notice.objects.get(recipient=owner, day=TODAY), rotherham, by=acting(lead), at=at(*DAY, 14))


def test_a_mail_of_yesterday_cannot_be_asked_for_again_for_it_goes_by_itself(failed, owner, lead, rotherham):
    with pytest.raises(Refused, match="goes into the next digest"):
        notices.ask_again(failed, rotherham, by=acting(lead), at=at(2012, 12, 4, 7))
    assert owner.name in morning(2012, 12, 4)


@pytest.mark.parametrize("role", [Role.OWNER, Role.BOARD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_a_lead_asks_for_a_mail_again(failed, rotherham, role):
    with pytest.raises(Refused, match="Only an improvement lead"):
        notices.ask_again(failed, rotherham, by=acting(member("Bea Holt", rotherham, role)), at=at(*DAY, 14))


def test_a_lead_elsewhere_asks_for_no_mail_of_this_council(failed, owner, stranger, staffordshire, rotherham):
    for where in (rotherham, staffordshire):
        with pytest.raises(Refused):
            notices.ask_again(failed, where, by=acting(stranger), at=at(*DAY, 14))


def test_who_is_invited_elsewhere_afterwards_shows_that_council_no_earlier_mail(failed, owner, stranger, staffordshire):
    memberships.grant_membership(
        user=owner, authority=staffordshire, role=Role.OWNER, by=acting(stranger), at=at(*DAY, 13)
    )
    with pytest.raises(Refused, match="not about your council"):
        notices.ask_again(failed, staffordshire, by=acting(stranger), at=at(*DAY, 14))
