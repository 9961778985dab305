"""A rehearsal says what the planner, the poster and the senders would do at a moment, and writes nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import acting, at, house, member
from tests.mornings import lines, morning, planned
from tests.worlds import world
from tracker.choices import DigestChoice, NoteKind, NoticeKind, Role
from tracker.models import Action
from tracker.rules.reasons import Silence
from tracker.rules.refusal import Refused
from tracker.services import actions, deputies, mail_choices, memberships, notices, reference

pytestmark = pytest.mark.django_db


def rehearsed(*moment, **more):
    return notices.rehearse(by=house(), at=at(*moment, 9), **more)


def mails(rehearsal):
    return {each.notice.recipient.name: each for each in rehearsal.letters}


def quiet(rehearsal):
    return {each.person.name: each.why for each in rehearsal.quiet}


def ask_for_help(action, owner):
    actions.note(action, text="We are stuck.", kind=NoteKind.HELP, by=acting(owner), at=at(2012, 12, 13, 15))


@pytest.mark.parametrize("day", [(2012, 9, 4), (2012, 11, 30), (2012, 12, 3), (2012, 12, 10), (2012, 12, 14)])
def test_what_is_rehearsed_is_what_then_goes_out(owned, owner, rotherham, day):
    member("Fay Quist", rotherham, Role.BOARD)
    for earlier in ((2012, 9, 4), (2012, 11, 19), (2012, 11, 29)):
        if earlier < day:
            morning(*earlier)
    if day == (2012, 12, 14):
        ask_for_help(owned, owner)
    foreseen = {name: (each.notice.kind, each.digest) for name, each in mails(rehearsed(*day)).items()}
    sent = {name: (letter.notice.kind, letter.digest) for name, letter in morning(*day).items()}
    assert foreseen and foreseen == sent


def test_a_rehearsal_writes_nothing(owned, owner):
    ask_for_help(owned, owner)
    before = factories.everything()
    with CaptureQueriesContext(connection) as found:
        assert rehearsed(2012, 12, 14).letters
    assert {query["sql"].split()[0] for query in found} == {"SELECT"}
    assert factories.everything() == before


def test_each_mail_says_why_in_words(owned, owner):
    for day in ((2012, 9, 4), (2012, 11, 19)):
        morning(*day)
    why = mails(rehearsed(2012, 12, 4))[owner.name].why
    assert [(each.about, each.why) for each in why] == [
        (owned.reference, "overdue: reminder 1 day after 3 December 2012")
    ]


def test_a_day_off_is_named_with_the_next_working_day(owned):
    found = rehearsed(2012, 12, 25)
    assert (found.letters, found.day_off, found.next_working_day) == ((), "Christmas Day", date(2012, 12, 27))


def test_an_owner_who_has_left_hears_nothing_and_it_says_so(owned, owner, lead):
    owner.memberships.update(ended_at=at(2012, 11, 1), ended_by=lead)
    found = rehearsed(2012, 12, 3)
    told = lines(mails(found)[lead.name], "Waiting for you")
    assert (quiet(found)[owner.name], owned.reference in told) == (Silence.LEFT, True)


def test_an_owner_whose_deputy_is_told_has_not_left(owned, owner, lead, rotherham):
    deputy = member("Dora Field", rotherham, Role.OWNER)
    away = {"first_day": date(2012, 12, 1), "last_day": date(2012, 12, 9)}
    deputies.name_deputy(owner.memberships.get(), deputy=deputy, **away, by=acting(lead), at=at(2012, 11, 30))
    found = rehearsed(2012, 12, 3)
    assert (owner.name in quiet(found), deputy.name in mails(found)) == (False, True)


def test_who_chose_the_week_hears_of_it_on_monday(owned, owner, lead, report):
    mail_choices.choose(owner, choice=DigestChoice.WEEKLY, by=acting(owner), at=at(2012, 9, 4))
    morning(2012, 11, 19)
    given = actions.assign(
        report.recommendations.last().actions.get(), owner=owner, by=acting(lead), at=at(2012, 11, 20)
    )
    actions.note(given, text="Taken over.", by=acting(lead), at=at(2012, 11, 20))
    found = rehearsed(2012, 11, 21)
    assert (quiet(found)[owner.name], owner.name in mails(rehearsed(2012, 11, 26))) == (Silence.CHOSEN, True)


def test_before_the_council_s_hour_nobody_hears_unless_the_hour_is_taken_as_come(owned, owner):
    early = notices.rehearse(by=house(), at=at(2012, 12, 3, 7), whatever_the_hour=False)
    assert (mails(early), quiet(early)[owner.name]) == ({}, Silence.HOUR)
    assert owner.name in mails(notices.rehearse(by=house(), at=at(2012, 12, 3, 7)))


def test_who_has_had_the_mail_of_the_day_gets_no_second(owned, owner, lead, report):
    morning(2012, 12, 3)
    actions.assign(report.recommendations.last().actions.get(), owner=owner, by=acting(lead), at=at(2012, 12, 3))
    assert quiet(rehearsed(2012, 12, 3))[owner.name] is Silence.HAD


def test_what_waits_for_the_week_makes_nobody_s_mail(report, rotherham, lead):
    """The lead's week is Friday's; that there is no owner and no date is owed on Monday 10 September."""
    reference.change_settings(rotherham, settings={"digest_weekday": 4}, by=acting(lead), at=at(2012, 9, 1))
    morning(2012, 9, 7)
    found = rehearsed(2012, 9, 10)
    assert (mails(found), quiet(found)) == ({}, {lead.name: Silence.RIDES})


def test_who_has_nothing_newly_owed_is_counted(owned, rotherham):
    member("Ada Wren", rotherham, Role.AUDITOR)
    assert rehearsed(2012, 12, 4).others == 1


def test_a_day_gone_by_takes_the_plan_as_there_since_its_report_was_published(rotherham, lead, owner):
    report = factories.accepted_seed("rotherham", rotherham, by=acting(lead), moment=at(2013, 3, 4))
    late = Action.objects.filter(recommendation__report=report, agreed_due=date(2012, 11, 10)).first()
    actions.assign(late, owner=owner, by=acting(lead), at=at(2013, 3, 4))
    assert owner.name not in mails(rehearsed(2012, 11, 15))
    why = mails(rehearsed(2012, 11, 15, hindsight=True))[owner.name].why
    assert [each.why for each in why] == ["overdue: reminder 4 days after 10 November 2012"]


def test_a_day_gone_by_counts_what_was_told_since_as_not_told(owned, owner):
    morning(2012, 12, 3)
    assert owner.name in mails(rehearsed(2012, 12, 3, hindsight=True))


def test_a_person_s_own_rehearsal_is_what_they_will_get(owned, owner):
    morning(2012, 9, 4)
    own = notices.rehearse_for(owner, at=at(2012, 12, 3, 9))
    assert mails(own)[owner.name].digest == morning(2012, 12, 3)[owner.name].digest


def test_a_person_s_own_rehearsal_is_about_nobody_else(owned, owner):
    found = notices.rehearse_for(owner, at=at(2012, 9, 10, 9))
    assert {*mails(found), *quiet(found)} == {owner.name}


@world
def elsewhere(owned, owner, stranger, staffordshire):
    """The owner works for another council too, and owns an action there that is due on the same day."""
    memberships.grant_membership(
        user=owner, authority=staffordshire, role=Role.OWNER, by=acting(stranger), at=at(2012, 9, 3)
    )
    other = factories.peer_review(staffordshire, by=stranger, texts=("settle the quixotrel matter",))
    return factories.owned(other.recommendations.get().actions.get(), owner, by=stranger)


def test_a_council_s_rehearsal_shows_of_each_mail_its_own_part_alone(elsewhere, owned, owner, rotherham):
    whole = mails(notices.rehearse_for(owner, at=at(2012, 12, 3, 9)))[owner.name]
    part = mails(notices.rehearse_in(rotherham.pk, at=at(2012, 12, 3, 9)))[owner.name]
    assert ({*lines(whole)}, {*lines(part)}) == ({owned.reference, elsewhere.reference}, {owned.reference})
    assert ("Staffordshire" in part.subject, {each.authority for each in part.why}) == (False, {rotherham.pk})


def test_a_lead_of_two_councils_leaves_no_line_of_the_other_in_a_council_s_rehearsal(
    elsewhere, owned, lead, rotherham, staffordshire, stranger
):
    memberships.grant_membership(
        user=lead, authority=staffordshire, role=Role.LEAD, by=acting(stranger), at=at(2012, 9, 3)
    )
    part = mails(notices.rehearse_in(rotherham.pk, at=at(2012, 12, 10, 9)))[lead.name]
    assert (part.notice.kind, elsewhere.reference in repr(part)) == (NoticeKind.LEAD_DIGEST, False)


def test_only_the_house_and_the_site_s_administrators_rehearse_everything(lead):
    with pytest.raises(Refused):
        notices.rehearse(by=acting(lead), at=at(2012, 12, 3, 9))


def test_an_open_envelope_of_the_day_is_rehearsed_as_what_it_is(owned, owner):
    planned(2012, 12, 3, 9)
    assert owner.name in mails(rehearsed(2012, 12, 3))


def test_the_head_of_the_trail_is_rehearsed_for_auditors_on_the_month_s_first_working_day(owned, rotherham):
    auditor = member("Ada Quill", rotherham, Role.AUDITOR)
    rehearsed = {day: notices.rehearse(by=house(), at=at(2012, 11, day, 12)).letters for day in (1, 2)}
    told = {
        day: [each.digest.places for each in rows if each.notice.recipient == auditor]
        for day, rows in rehearsed.items()
    }
    assert told == {1: [("Rotherham",)], 2: []}


def test_a_council_s_rehearsal_names_no_other_council_that_an_auditor_has(owned, rotherham, staffordshire, stranger):
    auditor = member("Ada Quill", rotherham, Role.AUDITOR)
    factories.peer_review(staffordshire, by=stranger)
    grant = {"user": auditor, "authority": staffordshire, "role": Role.AUDITOR}
    memberships.grant_membership(**grant, by=house(), at=at(2012, 10, 1))
    rows = notices.rehearse_in(rotherham.pk, at=at(2012, 11, 1, 12), only=auditor.pk).letters
    assert [each.digest.places for each in rows] == [("Rotherham",)]
