"""The way of a digest, an edge: fills what was claimed, hands each mail to the server, and says what became of it."""

import logging
import smtplib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection

from tracker import mail
from tracker.access import Actor
from tracker.mail import Addresses, Mail
from tracker.models import Notice
from tracker.services import notices
from tracker.services.notices import Letter
from tracker.web.places import addresses

log = logging.getLogger(__name__)

AT_ONCE = 50  # envelopes claimed together; a sender that dies leaves no more than these waiting for their lease's end
# A sender that comes so near the end of its lease gives the rest back: longer than one mail can take by its timeouts.
MARGIN = timedelta(minutes=4)
PERMANENT = range(500, 600)
# Seconds between the attempts to write down that a mail was taken, where the database is away.
PAUSES = (1, 2, 4, 8, 15)
Clock = Callable[[], datetime]


@dataclass
class Delivered:
    """What came of a round: mails sent, nothing left to say, put off, and refused for good. `away`: no server answers.

    `broken` counts those of the put off whose mail could not be made: that is a fault of ours.
    """

    sent: int = 0
    skipped: int = 0
    postponed: int = 0
    refused: int = 0
    broken: int = 0
    away: bool = False

    @property
    def tried(self) -> int:
        """How many envelopes were dealt with."""
        return self.sent + self.skipped + self.postponed + self.refused

    def __add__(self, other: "Delivered") -> "Delivered":
        """What came of both rounds."""
        return Delivered(
            self.sent + other.sent,
            self.skipped + other.skipped,
            self.postponed + other.postponed,
            self.refused + other.refused,
        )


class ServerAway(Exception):
    """No mail server can be talked to just now; what it said is the text."""


@contextmanager
def line() -> Iterator[BaseEmailBackend]:
    """A connection to the mail server for one round, opened when the first mail needs it."""
    held = get_connection()
    try:
        yield held
    finally:
        _close(held)


def deliver(*, by: Actor, clock: Clock) -> Delivered:
    """Claim a batch of today's envelopes and send them over one connection. Safe to run together and after a crash.

    Where no server answers, everything is given back and the round says so.
    """
    claimed = notices.claim(by=by, at=clock(), most=AT_ONCE)
    if not claimed:
        return Delivered()
    letters = notices.letters(claimed, at=clock())
    with line() as over:
        return Round(by, clock, over, addresses()).go(letters)


def _ends(notice: Notice) -> datetime:
    """Until when a sender may begin with an envelope it has claimed."""
    assert notice.claimed_until is not None  # noqa: S101  a claim runs out: the database sees to it
    return notice.claimed_until - MARGIN


class Round:
    """One round of a sender: who acts, by which clock, over which line, and what has come of it so far."""

    def __init__(self, by: Actor, clock: Clock, over: BaseEmailBackend, to: Addresses) -> None:
        self.by, self.clock, self.over, self.to, self.done = by, clock, over, to, Delivered()
        self.ahead: dict[int, Future[Mail]] = {}

    def go(self, letters: list[Letter]) -> Delivered:
        """Deal with one after the other; what cannot be begun any more is given back.

        While the server thinks about one mail the next are made. Making them asks no database.
        """
        with ThreadPoolExecutor(1, "makes-mail") as maker:
            for letter in letters:
                if letter.digest and not letter.problem:
                    making = maker.submit(mail.digest, letter.notice, letter.digest, to=self.to)
                    self.ahead[letter.notice.pk] = making
            try:
                return self._through(letters)
            finally:
                maker.shutdown(cancel_futures=True)

    def _through(self, letters: list[Letter]) -> Delivered:
        rest, why = list(letters), ""
        while rest and not why and self.clock() < _ends(rest[0].notice):
            try:
                self.take(rest[0])
                del rest[0]
            except ServerAway as error:
                log.warning("The digests wait. %s", error)
                self.done.away, why = True, str(error)
        notices.released([letter.notice for letter in rest], why=why, by=self.by, at=self.clock())
        return self.done

    def take(self, letter: Letter) -> None:
        """Deal with one envelope. Raises ServerAway where it cannot even be tried; errors of the database go through."""
        if letter.problem:
            self._broken(letter.notice, letter.problem)
        elif letter.digest is None:
            notices.skipped(letter, by=self.by, at=self.clock())
            self.done.skipped += 1
        elif message := self._made(letter):
            self._send(letter, message)

    def _made(self, letter: Letter) -> Mail | None:
        try:
            return self.ahead[letter.notice.pk].result()
        except Exception as error:  # one mail that cannot be made stops nobody else's; it is counted and told
            log.exception(
                "The digest of %s for person %s cannot be made", letter.notice.day, letter.notice.recipient_id
            )
            self._broken(letter.notice, f"{type(error).__name__}: {error}")
            return None

    def _send(self, letter: Letter, message: Mail) -> None:
        self._open()
        try:
            mail.hand_over(message, self.over)
        except Exception as error:  # noqa: BLE001  whatever it is, it is this one mail's: nobody else waits for it
            _close(self.over)
            self._not_taken(letter.notice, error)
            return
        self._record(letter, subject=str(message.subject))
        self.done.sent += 1

    def _open(self) -> None:
        try:
            self.over.open()
        except (OSError, smtplib.SMTPException) as error:
            _close(self.over)
            raise ServerAway(in_words(error)) from error

    def _record(self, letter: Letter, *, subject: str) -> None:
        """Write down that the server has taken it; asks again where the database is being restarted just now."""
        name, taken_at = mail.message_id(letter.notice, self.to.host), self.clock()
        write = partial(notices.sent, letter, subject=subject, message_id=name, by=self.by, at=taken_at)
        for pause in PAUSES:
            try:
                return write()
            except (OperationalError, InterfaceError) as error:
                log.warning("A digest was taken, and that could not be written down: %s. Again in %s s.", error, pause)
                connection.close()
                time.sleep(pause)
        write()

    def _not_taken(self, notice: Notice, error: Exception) -> None:
        why = in_words(error)
        log.warning("The digest of %s for person %s was not taken: %s", notice.day, notice.recipient_id, why)
        if is_permanent(error):
            notices.refused(notice, why=why, by=self.by, at=self.clock())
            self.done.refused += 1
        else:
            notices.postponed(notice, why=why, by=self.by, at=self.clock())
            self.done.postponed += 1

    def _broken(self, notice: Notice, problem: str) -> None:
        """Put off like a refusal: it goes the same day where the fault is mended, and else has failed at its end."""
        notices.postponed(notice, why=f"This digest cannot be made: {problem}", by=self.by, at=self.clock())
        self.done.postponed += 1
        self.done.broken += 1


def is_permanent(error: Exception) -> bool:
    """Whether the server will never take it for this address. What is wrong with ourselves is never the address's."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, UnicodeError | mail.NoAddress):
        return True
    ours = (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, smtplib.SMTPConnectError, smtplib.SMTPHeloError)
    return isinstance(error, smtplib.SMTPDataError) and not isinstance(error, ours) and error.smtp_code in PERMANENT


def in_words(error: Exception) -> str:
    """What the server said, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_text(words)}" for code, words in error.recipients.values()]
        return f"The mail server refuses this address: {'; '.join(answers)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server answered {error.smtp_code}: {_text(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPException):
        return f"The mail server broke off: {error}"
    return f"The mail server could not be reached: {error}" if isinstance(error, OSError) else str(error)


def _text(words: bytes | str) -> str:
    return " ".join((words.decode(errors="replace") if isinstance(words, bytes) else words).split())


def _close(held: BaseEmailBackend) -> None:
    try:
        held.close()
    except (OSError, smtplib.SMTPException):
        log.info("The connection to the mail server was gone already.")
