"""The life of an envelope: claimed by one sender, then sent, skipped, put off or given up. Each step is one update.

A claim is known by the moment it runs out: whoever comes back after somebody else took the envelope up changes nothing.
That the server has taken the mail is the exception: it is true whoever holds the envelope by now, and is written down.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from tracker.access import Actor, check_ask_again, check_site
from tracker.choices import NoticeState
from tracker.models import Authority, Notice, Told
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services.notices.letters import Letter
from tracker.services.notices.settling import settle

# How long a sender may take over what it has claimed; after that somebody else takes it up.
LEASE = timedelta(minutes=10)
# How long a temporary refusal waits before the next attempt; the last holds for all further ones.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 30, 60))
NOTHING_LEFT = "Nothing was left to say."
# In SQL by hand, because they follow every single mail; on PostgreSQL they are one statement, asked once and all or nothing.
TAKEN = (
    f"UPDATE {Notice._meta.db_table} SET state = %s, sent_at = %s, message_id = %s, subject = %s, last_error = '',"  # noqa: S608
    " claimed_until = NULL, not_before = NULL WHERE id = %s AND state <> %s"
)
TELLS = f"INSERT INTO {Told._meta.db_table} (due_id, person_id, notice_id) VALUES {{}} ON CONFLICT DO NOTHING"  # noqa: S608
AT_ONCE = 300  # rows of three values in one statement: SQLite may take no more than 999


@transaction.atomic
def claim(*, by: Actor, at: datetime, most: int) -> list[Notice]:
    """Take up to so many of today's envelopes that wait; nobody else gets them until the lease runs out.

    The update asks for the old state once more: of two senders that found the same row one gets it, also where rows
    cannot be locked.
    """
    check_site(by)
    waiting = Notice.objects.waiting(at).filter(day=day_of(at))
    numbers = list(waiting.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)[:most])
    until = at + LEASE
    waiting.filter(pk__in=numbers).update(
        state=NoticeState.CLAIMED, claimed_until=until, not_before=None, attempts=F("attempts") + 1
    )
    mine = Notice.objects.filter(pk__in=numbers, state=NoticeState.CLAIMED, claimed_until=until)
    return list(mine.select_related("recipient").order_by("pk"))


def sent(letter: Letter, *, subject: str, message_id: str, by: Actor, at: datetime) -> None:
    """The mail server has taken the mail: the envelope is sent, and the person has been told of what was in it.

    Written down also where the lease has run out meanwhile; of two copies the first one's moment stands.
    """
    check_site(by)
    taken_at, number = connection.ops.adapt_datetimefield_value(at), letter.notice.pk
    taken = [NoticeState.SENT, taken_at, message_id, subject[:255], number, NoticeState.SENT]
    if connection.vendor == "postgresql" and letter.tells and not letter.moot:
        statement, told = _tells(letter, letter.tells)
        with connection.cursor() as cursor:
            cursor.execute(f"WITH taken AS ({TAKEN}) {statement}", [*taken, *told])
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKEN, taken)
        _done_with(letter, at)


@transaction.atomic
def skipped(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Nothing is left to say: the work was done, the date moved or the person has gone. The envelope says so.

    What is owed to other people as well stays owed to them.
    """
    check_site(by)
    if _mine(letter.notice).update(state=NoticeState.SKIPPED, last_error=NOTHING_LEFT, **UNCLAIMED):
        _done_with(letter, at)


def _done_with(letter: Letter, at: datetime) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(letter.tells), AT_ONCE):
            cursor.execute(*_tells(letter, letter.tells[start : start + AT_ONCE]))
    settle(letter.moot, at)


def _tells(letter: Letter, dues: Sequence[int]) -> tuple[str, list[int]]:
    """The statement that the person was told of these, with its values."""
    told = [number for due in dues for number in (due, letter.notice.recipient_id, letter.notice.pk)]
    return TELLS.format(", ".join(["(%s, %s, %s)"] * len(dues))), told


def postponed(notice: Notice, *, why: str, by: Actor, at: datetime) -> None:
    """The server would not take it now: again later, each time after a longer while."""
    check_site(by)
    wait = BACK_OFF[min(notice.attempts, len(BACK_OFF)) - 1]
    _mine(notice).update(state=NoticeState.OWED, claimed_until=None, not_before=at + wait, last_error=why)


def refused(notice: Notice, *, why: str, by: Actor, at: datetime) -> None:
    """The server will never take it for this address: given up, and shown to the leads."""
    check_site(by)
    _mine(notice).update(state=NoticeState.FAILED, last_error=why, **UNCLAIMED)


def released(notices: Iterable[Notice], *, why: str = "", by: Actor, at: datetime) -> None:
    """Give back what was claimed and not tried, as when the server is away: it counts as no attempt.

    `why` is kept where it is given, so that whoever looks sees what the envelope waits for.
    """
    check_site(by)
    words = {"last_error": why} if why else {}
    for until, held in _by_claim(notices).items():
        mine = Notice.objects.filter(pk__in=held, state=NoticeState.CLAIMED, claimed_until=until)
        mine.update(state=NoticeState.OWED, claimed_until=None, attempts=F("attempts") - 1, **words)


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


UNCLAIMED: dict[str, Any] = {"claimed_until": None, "not_before": None}


def _mine(notice: Notice) -> Any:
    """The envelope's row, as long as nobody else has taken it up since this claim."""
    return Notice.objects.filter(pk=notice.pk, state=NoticeState.CLAIMED, claimed_until=notice.claimed_until)


def _by_claim(notices: Iterable[Notice]) -> dict[datetime | None, list[int]]:
    found: dict[datetime | None, list[int]] = {}
    for notice in notices:
        found.setdefault(notice.claimed_until, []).append(notice.pk)
    return found
