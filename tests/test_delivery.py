"""The way of a digest to the mail server: one envelope's trouble is nobody else's, and a yes is never forgotten."""

import smtplib
import sys
from datetime import date, timedelta

import pytest
from django.db import OperationalError

from tests.factories import acting, at, house, member
from tests.mornings import planned
from tests.postbox import NOWHERE, Postbox, refusing
from tracker import delivery, mail
from tracker.choices import NoticeState, Role
from tracker.delivery import deliver
from tracker.models import Action, Due, Notice, Told, User
from tracker.services import actions, notices

pytestmark = pytest.mark.django_db

# The module: the room's door gives its function of the same name.
filling = sys.modules["tracker.services.notices.letters"]
NOW = at(2012, 9, 5, 9)
NAMES = ("Ada Byrd", "Bea Cole", "Cai Dunn")


@pytest.fixture
def box(monkeypatch):
    """The mail server of the installation."""
    found = Postbox()
    monkeypatch.setattr(delivery, "get_connection", lambda: found)
    monkeypatch.setattr(delivery, "addresses", lambda: NOWHERE)
    monkeypatch.setattr(delivery.time, "sleep", lambda seconds: None)
    return found


@pytest.fixture
def owed(report, rotherham, lead, box):
    """Three owners, each newly given an action and owed a digest on the morning of Wednesday 5 September 2012."""
    people = [member(name, rotherham, Role.OWNER) for name in NAMES]
    for person, action in zip(people, Action.objects.order_by("pk"), strict=True):
        actions.assign(action, owner=person, by=acting(lead), at=at(2012, 9, 4, 15))
    assert planned(2012, 9, 5, 9) == 3
    return people


def go(moment=NOW):
    return deliver(by=house(), clock=lambda: moment)


def states():
    return list(Notice.objects.order_by("recipient").values_list("state", flat=True))


def addresses_of(people):
    return [person.email for person in people]


def test_a_mail_is_made_without_asking_the_database(owed, box, django_assert_num_queries):
    """A thread beside the sender makes it, where another connection would be opened and left."""
    letters = notices.letters(notices.claim(by=house(), at=NOW, most=50), at=NOW)
    with django_assert_num_queries(0):
        made = [mail.digest(letter.notice, letter.digest, to=NOWHERE) for letter in letters]
    assert len(made) == 3


def test_everybody_gets_their_digest(owed, box):
    assert (go().sent, box.taken, states()) == (3, addresses_of(owed), ["sent"] * 3)


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        (refusing(550), NoticeState.FAILED),
        (refusing(450), NoticeState.OWED),
        (smtplib.SMTPSenderRefused(421, b"busy", "x"), NoticeState.OWED),
        (smtplib.SMTPServerDisconnected("gone"), NoticeState.OWED),
        (smtplib.SMTPDataError(554, b"no"), NoticeState.FAILED),
        (TimeoutError("timed out"), NoticeState.OWED),
        (RuntimeError("a fault of ours"), NoticeState.OWED),
    ],
)
def test_one_that_is_not_taken_holds_up_nobody(owed, box, answer, becomes):
    box.answers[owed[0].email] = answer
    go()
    assert states() == [becomes, "sent", "sent"]


@pytest.mark.parametrize("address", ["", "a b@@example.org"])
def test_an_address_that_is_none_is_given_up_and_holds_up_nobody(owed, box, address):
    User.objects.filter(pk=owed[0].pk).update(email=address)
    box.answers[address] = ValueError("Invalid address")
    go()
    assert states() == [NoticeState.FAILED, "sent", "sent"]


def test_a_server_that_is_away_costs_nobody_an_attempt_and_says_so(owed, box):
    box.shut = ConnectionRefusedError("refused")
    assert go().away
    assert set(Notice.objects.values_list("state", "attempts", "not_before", "last_error")) == {
        (NoticeState.OWED, 0, None, "The mail server could not be reached: refused")
    }


def test_when_the_server_is_back_everything_goes(owed, box):
    box.shut = ConnectionRefusedError("refused")
    go()
    box.shut = None
    assert (go().sent, set(Notice.objects.values_list("last_error", flat=True))) == (3, {""})


def breaks_for(monkeypatch, place, name, person, of):
    """The function fails for one person and works for all others."""
    works = getattr(place, name)

    def fails(*arguments, **more):
        if of(*arguments) == person.pk:
            raise KeyError("missing")
        return works(*arguments, **more)

    monkeypatch.setattr(place, name, fails)


def test_a_mail_that_cannot_be_made_holds_up_nobody_and_is_shown(owed, box, monkeypatch):
    breaks_for(monkeypatch, mail, "digest", owed[0], lambda notice, said: notice.recipient_id)
    done = go()
    assert (done.sent, done.broken, states()) == (2, 1, [NoticeState.OWED, "sent", "sent"])
    assert Notice.objects.get(recipient=owed[0]).last_error == "This digest cannot be made: KeyError: 'missing'"


def test_an_envelope_that_cannot_be_filled_holds_up_nobody_and_is_shown(owed, box, monkeypatch):
    breaks_for(monkeypatch, filling, "letter", owed[1], lambda notice, *more: notice.recipient_id)
    done = go()
    assert (done.sent, done.broken, states()) == (2, 1, ["sent", NoticeState.OWED, "sent"])


def test_what_could_not_be_made_goes_the_same_day_when_the_fault_is_mended(owed, box):
    with pytest.MonkeyPatch.context() as broken:
        breaks_for(broken, mail, "digest", owed[0], lambda notice, said: notice.recipient_id)
        go()
    assert (go(NOW + timedelta(minutes=2)).sent, states()) == (1, ["sent"] * 3)


def test_a_yes_of_the_server_is_written_down_also_when_the_database_is_away_for_a_moment(owed, box, monkeypatch):
    write, fails = notices.sent, iter([OperationalError("restarting"), OperationalError("restarting")])

    def away_at_first(*arguments, **more):
        for error in fails:
            raise error
        return write(*arguments, **more)

    monkeypatch.setattr(notices, "sent", away_at_first)
    monkeypatch.setattr(delivery.connection, "close", lambda: None)
    assert (go().sent, len(box.taken), states()) == (3, 3, ["sent"] * 3)


def test_a_sender_near_the_end_of_its_lease_gives_back_what_it_has_not_begun(owed, box):
    moments = iter([NOW, NOW, NOW, NOW + notices.LEASE])
    deliver(by=house(), clock=lambda: next(moments, NOW + notices.LEASE))
    assert (len(box.taken), list(Notice.objects.order_by("pk").values_list("state", "attempts"))) == (
        1,
        [("sent", 1), ("owed", 0), ("owed", 0)],
    )


@pytest.fixture
def late(owed):
    """A sender's claim of the first envelope whose lease has run out, and the letter it had filled; then another's."""
    mine = notices.claim(by=house(), at=NOW, most=1)
    letter = notices.letters(mine, at=NOW)[0]
    theirs = notices.claim(by=house(), at=NOW + timedelta(minutes=11), most=1)
    assert [notice.pk for notice in theirs] == [letter.notice.pk]
    return letter, theirs[0]


LATE = NOW + timedelta(minutes=12)
COMES_BACK = {
    "skipped": lambda letter: notices.skipped(letter, by=house(), at=LATE),
    "postponed": lambda letter: notices.postponed(letter.notice, why="421", by=house(), at=LATE),
    "refused": lambda letter: notices.refused(letter.notice, why="550", by=house(), at=LATE),
    "released": lambda letter: notices.released([letter.notice], by=house(), at=LATE),
}


@pytest.mark.parametrize("says", COMES_BACK)
def test_a_sender_that_comes_back_after_its_lease_changes_nothing_of_another_s_claim(late, says):
    letter, theirs = late
    COMES_BACK[says](letter)
    now = Notice.objects.get(pk=theirs.pk)
    assert (now.state, now.claimed_until, now.attempts) == ("claimed", theirs.claimed_until, 2)


def test_a_sender_that_comes_back_settles_nothing_either(late):
    letter, _ = late
    moot = filling.Letter(letter.notice, None, moot=letter.tells)
    notices.skipped(moot, by=house(), at=LATE)
    assert not Due.objects.exclude(settled_at=None).exists()


def test_what_one_has_nothing_to_say_of_stays_owed_to_the_others(owed, box, monkeypatch):
    notice, other = notices.claim(by=house(), at=NOW, most=2)
    monkeypatch.setattr(filling, "_digest", lambda *about: None)
    letter = notices.letters([notice], at=NOW)[0]
    notices.skipped(letter, by=house(), at=NOW)
    assert (letter.tells != (), Due.objects.filter(settled_at=None, pk__in=letter.tells).count()) == (
        True,
        len(letter.tells),
    )


def test_a_yes_that_comes_after_the_lease_is_written_down(late):
    letter, theirs = late
    notices.sent(letter, subject="x", message_id="<x@example.org>", by=house(), at=LATE)
    assert (Notice.objects.get(pk=theirs.pk).state, Told.objects.count()) == ("sent", len(letter.tells))


def test_of_two_copies_the_first_one_s_moment_stands(late):
    letter, _ = late
    for minutes in (0, 5):
        moment = LATE + timedelta(minutes=minutes)
        notices.sent(letter, subject="x", message_id="<x@example.org>", by=house(), at=moment)
    assert (Notice.objects.get(pk=letter.notice.pk).sent_at, Told.objects.count()) == (LATE, len(letter.tells))


def test_what_was_sent_at_midnight_is_not_called_failed(late):
    letter, _ = late
    notices.post(by=house(), at=at(2012, 9, 6, 1))
    notices.sent(letter, subject="x", message_id="<x@example.org>", by=house(), at=at(2012, 9, 6, 1))
    assert Notice.objects.get(pk=letter.notice.pk, day=date(2012, 9, 5)).state == "sent"


def test_a_second_copy_after_a_crash_has_the_same_message_id(owed, box, monkeypatch):
    names, hand_over = [], mail.hand_over

    def dies_after_the_yes(message, connection):
        hand_over(message, connection)
        names.append(message.extra_headers["Message-ID"])
        if len(names) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(mail, "hand_over", dies_after_the_yes)
    with pytest.raises(KeyboardInterrupt):
        go()
    go(NOW + timedelta(minutes=11))
    assert (len(names), len(set(names)), states()) == (4, 3, ["sent"] * 3)
