"""The life of an envelope: claimed by one sender, then sent, skipped, put off or given up. Each step is one update."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from tracker.access import Actor, check_ask_again, check_site
from tracker.choices import NoticeState
from tracker.models import Authority, Due, Notice, Told
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services.notices.letters import Letter

# How long a sender may take over what it has claimed; after that somebody else takes it up.
LEASE = timedelta(minutes=10)
# How long a temporary refusal waits before the next attempt; the last holds for all further ones.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 30, 60))
NOTHING_LEFT = "Nothing was left to say."


@transaction.atomic
def claim(*, by: Actor, at: datetime, most: int) -> list[Notice]:
    """Take up to so many of today's envelopes that wait; nobody else gets them until the lease runs out."""
    check_site(by)
    waiting = Notice.objects.waiting(at).filter(day=day_of(at)).order_by("pk")
    numbers = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
    claimed = Notice.objects.waiting(at).filter(pk__in=numbers)
    claimed.update(state=NoticeState.CLAIMED, claimed_until=at + LEASE, attempts=F("attempts") + 1)
    return list(Notice.objects.filter(pk__in=numbers).select_related("recipient").order_by("pk"))


@transaction.atomic
def sent(letter: Letter, *, subject: str, message_id: str, by: Actor, at: datetime) -> None:
    """The mail server has taken the mail: the envelope is sent, and the person has been told of what was in it."""
    check_site(by)
    told = {"state": NoticeState.SENT, "sent_at": at, "message_id": message_id, "subject": subject[:255]}
    Notice.objects.filter(pk=letter.notice.pk).update(claimed_until=None, not_before=None, last_error="", **told)
    rows = [Told(due_id=due, person=letter.notice.recipient, notice=letter.notice) for due in letter.tells]
    Told.objects.bulk_create(rows, ignore_conflicts=True)
    _settle(letter.moot, at)


@transaction.atomic
def skipped(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Nothing is left to say: the work was done, the date moved or the person has gone. The envelope says so."""
    check_site(by)
    _close(letter.notice, NoticeState.SKIPPED, NOTHING_LEFT)
    _settle(letter.moot, at)


def postponed(notice: Notice, *, why: str, by: Actor, at: datetime) -> None:
    """The server would not take it now: again later, each time after a longer while."""
    check_site(by)
    wait = BACK_OFF[min(notice.attempts, len(BACK_OFF)) - 1]
    mine = Notice.objects.filter(pk=notice.pk, state=NoticeState.CLAIMED)
    mine.update(state=NoticeState.OWED, claimed_until=None, not_before=at + wait, last_error=why)


def refused(notice: Notice, *, why: str, by: Actor, at: datetime) -> None:
    """The server will never take it for this address: given up, and shown to the leads."""
    check_site(by)
    _close(notice, NoticeState.FAILED, why)


def released(notices: Iterable[Notice], *, by: Actor, at: datetime) -> None:
    """Give back what was claimed and not tried, as when the server went away: it counts as no attempt."""
    check_site(by)
    mine = Notice.objects.filter(pk__in=[notice.pk for notice in notices], state=NoticeState.CLAIMED)
    mine.update(state=NoticeState.OWED, claimed_until=None, attempts=F("attempts") - 1)


def check_failed_today(notice: Notice, *, at: datetime) -> None:
    """Refuses unless the mail failed and its day is not over."""
    if notice.state != NoticeState.FAILED:
        raise Refused("This mail has not failed: there is nothing to try again.")
    if notice.day != day_of(at):
        raise Refused("The day of this mail is over. What it held goes into the next digest.")


@transaction.atomic
def ask_again(notice: Notice, authority: Authority, *, by: Actor, at: datetime) -> Notice:
    """A lead of the council asks for a mail of today that failed to be tried again; the row keeps who asked, and when.

    The address may have been mended meanwhile. What a mail of an earlier day held is still owed and goes into the next
    digest by itself. Raises Refused.
    """
    check_ask_again(by, notice, authority)
    kept = Notice.objects.select_for_update().get(pk=notice.pk)
    check_failed_today(kept, at=at)
    kept.state, kept.not_before, kept.posted_at = NoticeState.OWED, None, at
    kept.asked_again_by, kept.asked_again_at = by.person(), at
    kept.save()
    return kept


def _close(notice: Notice, state: NoticeState, why: str) -> None:
    mine = Notice.objects.filter(pk=notice.pk, state=NoticeState.CLAIMED)
    mine.update(state=state, claimed_until=None, not_before=None, last_error=why)


def _settle(dues: Iterable[int], at: datetime) -> None:
    Due.objects.filter(pk__in=list(dues), settled_at=None).update(settled_at=at)
