"""What administrators and monitors are told of the reminders: counts, the oldest unsent, and digests that are late."""

from datetime import date, timedelta

import pytest

from tests.factories import acting, at, house, member
from tests.mornings import planned
from tracker.choices import NoticeKind, NoticeState, Role
from tracker.models import Action, Notice, PlannerRun
from tracker.rules.refusal import Refused
from tracker.services import notices, reference
from tracker.services.notices import Planned
from tracker.services.notices.runs import KEPT

pytestmark = pytest.mark.django_db
DAY = (2012, 12, 3)  # a Monday; eight o'clock in London is eight o'clock UTC
RUN = Planned(1, 0, ())


def late(*moment):
    return notices.late_digests(at=at(*moment))


def envelope(person, *, day=DAY, posted=(8, 0), **more):
    told = {"kind": NoticeKind.DIGEST, **more}
    return Notice.objects.create(recipient=person, day=date(*day), posted_at=at(*day, *posted), **told)


@pytest.mark.parametrize(("moment", "number"), [((11, 59), 0), ((12, 0), 0), ((12, 1), 1)])
def test_a_digest_unsent_four_hours_after_eight_is_late(owner, moment, number):
    envelope(owner)
    assert late(*DAY, *moment) == number


def test_one_that_is_being_sent_counts_and_one_that_was_sent_failed_or_was_skipped_does_not(owner, lead, rotherham):
    for n, state in enumerate((NoticeState.CLAIMED, NoticeState.SENT, NoticeState.FAILED, NoticeState.SKIPPED)):
        person = member(f"Person {n}", rotherham, Role.OWNER)
        ends = {"claimed_until": at(*DAY, 8, 10)} if state == NoticeState.CLAIMED else {}
        gone = {"sent_at": at(*DAY, 8), "message_id": "<1@example.org>"} if state == NoticeState.SENT else {}
        envelope(person, state=state, **ends, **gone)
    assert late(*DAY, 13) == 1


@pytest.mark.parametrize(
    ("day", "posted", "fine", "over"),
    [
        ((2012, 10, 26), (7, 0), (11, 0), (11, 1)),  # the Friday before summer time ends
        ((2012, 10, 29), (8, 0), (12, 0), (12, 1)),  # the Monday after it
        ((2013, 4, 2), (7, 0), (11, 0), (11, 1)),  # the Tuesday after it begins
    ],
)
def test_the_hour_is_londons_on_both_sides_of_the_clock_changes(owner, day, posted, fine, over):
    envelope(owner, day=day, posted=posted)
    assert (late(*day, *fine), late(*day, *over)) == (0, 1)


def test_on_a_day_off_nothing_is_late(owner):
    envelope(owner, day=(2012, 12, 25))
    assert late(2012, 12, 25, 20) == 0


def test_an_envelope_of_the_day_before_is_not_of_today(owner):
    envelope(owner, day=(2012, 12, 3))
    assert late(2012, 12, 4, 14) == 0


@pytest.mark.parametrize(("moment", "number"), [((14, 0), 0), ((14, 1), 1)])
def test_the_hour_is_the_council_s_own(owned, owner, rotherham, lead, moment, number):
    reference.change_settings(rotherham, settings={"digest_hour": 10}, by=acting(lead), at=at(2012, 9, 1))
    Action.objects.exclude(pk=owned.pk).update(next_notice_on=None)
    planned(*DAY, 10)
    Notice.objects.exclude(recipient=owner).delete()
    assert late(*DAY, *moment) == number


def test_where_the_planner_was_late_the_hour_still_counts(owner):
    envelope(owner, posted=(11, 0))
    assert (late(*DAY, 12, 0), late(*DAY, 12, 1)) == (0, 1)


def test_news_of_the_afternoon_has_its_own_four_hours(owner):
    for hour in (8, 13):
        notices.ran(RUN, by=house(), at=at(*DAY, hour))
    envelope(owner, posted=(13, 45))
    assert (late(*DAY, 17, 45), late(*DAY, 17, 46)) == (0, 1)


def test_what_was_sent_and_failed_and_lies_unsent_is_counted(owner, lead):
    sent = {"state": NoticeState.SENT, "message_id": "<1@example.org>"}
    envelope(owner, day=(2012, 11, 26), sent_at=at(2012, 11, 26), **sent)
    envelope(owner, day=(2012, 11, 27), sent_at=at(2012, 11, 27), **sent)
    envelope(owner, sent_at=at(*DAY), **sent)
    envelope(lead, day=(2012, 11, 30), state=NoticeState.FAILED)
    envelope(lead)
    found = notices.health(at=at(*DAY, 9))
    assert (found.sent_today, found.sent_week, found.failed_week, found.unsent, found.oldest) == (
        1,
        2,
        1,
        1,
        at(*DAY, 8),
    )


def test_an_administrator_of_a_council_counts_the_mail_of_its_people_alone(owner, stranger, rotherham):
    envelope(owner)
    envelope(stranger)
    assert notices.health(at=at(*DAY, 9), authorities=[rotherham.pk]).unsent == 1


def test_a_run_is_remembered_for_ninety_days(db):
    notices.ran(RUN, by=house(), at=at(2012, 9, 1))
    notices.ran(RUN, by=house(), at=at(2012, 9, 1) + KEPT)
    assert PlannerRun.objects.count() == 2
    notices.ran(RUN, by=house(), at=at(2012, 9, 1) + KEPT + timedelta(minutes=15))
    assert PlannerRun.objects.order_by("ran_at").first().ran_at == at(2012, 9, 1) + KEPT


def test_only_the_house_and_the_site_s_administrators_say_that_it_ran(lead):
    with pytest.raises(Refused):
        notices.ran(RUN, by=acting(lead), at=at(*DAY))


def test_the_planner_s_last_run_is_the_latest(db):
    for hour in (9, 8):
        notices.ran(RUN, by=house(), at=at(*DAY, hour))
    assert notices.last_run() == at(*DAY, 9)
