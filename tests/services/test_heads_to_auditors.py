"""The head of the trail to auditors: once a month, to whoever is one, as it stands when the mail goes out."""

import pytest

from tests import factories
from tests.factories import acting, at, house, member
from tests.mornings import filled, planned
from tests.test_digest_mail import TO
from tests.worlds import world
from tracker import mail
from tracker.choices import NoticeKind, Role
from tracker.models import Chain, Notice
from tracker.services import actions, memberships, notices

pytestmark = pytest.mark.django_db

KIND = NoticeKind.HEAD_TO_AUDITORS


@world
def auditor(rotherham, report):
    return member("Ada Quill", rotherham, Role.AUDITOR)


def heads():
    """The days of the auditors' envelopes, with the state of each."""
    return [(f"{row.day:%-d %b}", row.state) for row in Notice.objects.filter(kind=KIND).order_by("day")]


def told(*moment):
    """What the letters to auditors say at that moment, by name."""
    return {name: letter.digest for name, letter in filled(*moment).items() if letter.notice.kind == KIND}


@pytest.mark.parametrize(
    ("moment", "posted"),
    [
        ((2012, 11, 1, 8, 0), 1),  # a Thursday
        ((2012, 11, 1, 7, 59), 0),  # before the council's hour
        ((2012, 12, 1, 9, 0), 0),  # a Saturday
        ((2012, 12, 3, 9, 0), 1),  # the Monday after it
        ((2013, 1, 1, 9, 0), 0),  # New Year's Day
        ((2013, 1, 2, 9, 0), 1),
        ((2012, 11, 7, 9, 0), 1),  # the first working day was missed
        ((2012, 11, 12, 9, 0), 0),  # it was missed for too long
    ],
)
def test_it_goes_on_the_month_s_first_working_day(auditor, moment, posted):
    planned(*moment)
    assert len(heads()) == posted


def test_it_goes_once_a_month_however_often_the_planner_runs(auditor):
    for day in (1, 1, 2, 5):
        planned(2012, 11, day, 9)
        for letter in filled(2012, 11, day, 9).values():
            notices.sent(letter, subject="x", message_id="<x@example.org>", by=house(), at=at(2012, 11, day, 9))
    planned(2012, 12, 3, 9)
    assert heads() == [("1 Nov", "sent"), ("3 Dec", "owed")]


def test_one_that_was_not_delivered_on_its_day_goes_on_the_next(auditor):
    planned(2012, 11, 1, 9)
    planned(2012, 11, 2, 9)
    assert heads() == [("1 Nov", "failed"), ("2 Nov", "owed")]


def test_an_address_refused_for_good_is_not_tried_again(auditor):
    planned(2012, 11, 1, 9)
    for notice in notices.claim(by=house(), at=at(2012, 11, 1, 9), most=50):
        notices.refused(notice, why="550 no such user", by=house(), at=at(2012, 11, 1, 9))
    planned(2012, 11, 2, 9)
    assert heads() == [("1 Nov", "failed")]


def test_it_says_the_head_as_it_is_when_it_is_sent(auditor, action, lead):
    planned(2012, 11, 1, 9)
    actions.note(action, text="Begun.", by=acting(lead), at=at(2012, 11, 1, 9))
    (head,) = told(2012, 11, 1, 10)["Ada Quill"].heads
    chain = Chain.objects.get(key="authority-RTH")
    assert (head.chain, head.events, head.hash, head.at) == (chain.key, chain.length, chain.head, at(2012, 11, 1, 10))


def test_an_auditor_of_two_councils_gets_one_mail_that_names_both(auditor, staffordshire, stranger):
    factories.peer_review(staffordshire, by=stranger)
    grant = {"user": auditor, "authority": staffordshire, "role": Role.AUDITOR}
    memberships.grant_membership(**grant, by=house(), at=at(2012, 10, 1))
    planned(2012, 11, 1, 9)
    assert [head.authority for head in told(2012, 11, 1, 9)["Ada Quill"].heads] == ["Rotherham", "Staffordshire"]


def test_a_council_without_a_trail_sends_none(rotherham):
    member("Ada Quill", rotherham, Role.AUDITOR)
    planned(2012, 11, 1, 9)
    assert heads() == []


def test_it_is_for_auditors_alone(report, lead, owner, rotherham):
    member("Bo Board", rotherham, Role.BOARD)
    planned(2012, 11, 1, 9)
    assert heads() == []


def test_whoever_is_no_auditor_any_more_when_it_is_sent_gets_none(auditor):
    planned(2012, 11, 1, 9)
    memberships.end_membership(auditor.memberships.get(), by=house(), at=at(2012, 11, 1, 9, 30))
    assert told(2012, 11, 1, 10) == {"Ada Quill": None}


def test_it_takes_no_digest_s_place(auditor, rotherham, owned):
    """Who is an owner too has both mails on one day."""
    memberships.grant_membership(user=auditor, authority=rotherham, role=Role.OWNER, by=house(), at=at(2012, 10, 1))
    actions.assign(
        owned, owner=auditor, by=acting(owned.authority.memberships.get(role=Role.LEAD).user), at=at(2012, 12, 3)
    )
    planned(2012, 12, 3, 14)
    kinds = Notice.objects.filter(recipient=auditor).values_list("kind", flat=True)
    assert sorted(kinds) == [NoticeKind.DIGEST, KIND]


@world
def message(auditor):
    """The mail as it goes out."""
    planned(2012, 11, 1, 9)
    (letter,) = [letter for letter in filled(2012, 11, 1, 9).values() if letter.notice.kind == KIND]
    return mail.digest(letter.notice, letter.digest, to=TO)


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
def test_both_forms_say_chain_events_head_moment_and_what_to_do(message, form):
    chain = Chain.objects.get(key="authority-RTH")
    words = (message.body, message.alternatives[0][0])[form]
    wanted = (chain.key, chain.head, "1 November 2012, 09:00", "verify_pack.py PACK.zip")
    assert [word for word in wanted if word not in words] == []


def test_its_subject_says_what_it_is(message):
    assert message.subject == "The head of the trail, 1 November 2012 – Rotherham"


def test_it_offers_no_choice_that_would_not_hold(message):
    assert "List-Unsubscribe" not in message.extra_headers
