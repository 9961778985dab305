"""The way of a digest, an edge: fills what was claimed, hands each mail to the server, and says what became of it."""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from tracker import mail
from tracker.access import Actor
from tracker.models import Notice
from tracker.services import notices
from tracker.services.notices import Letter
from tracker.web.places import addresses

log = logging.getLogger(__name__)

AT_ONCE = 20  # envelopes claimed together
# A sender that comes so near the end of its lease gives the rest back.
MARGIN = timedelta(minutes=2)
PERMANENT = range(500, 600)


@dataclass
class Delivered:
    """What came of a round: mails sent, nothing left to say, put off, and refused for good."""

    sent: int = 0
    skipped: int = 0
    postponed: int = 0
    refused: int = 0

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


def deliver(*, by: Actor, clock: Callable[[], datetime]) -> Delivered:
    """Claim a batch of today's envelopes and send them over one connection. Safe to run together and after a crash."""
    done = Delivered()
    claimed = notices.claim(by=by, at=clock(), most=AT_ONCE)
    if not claimed:
        return done
    ends = clock() + notices.LEASE - MARGIN
    connection = get_connection()
    try:
        for number, letter in enumerate(notices.letters(claimed, at=clock())):
            if clock() > ends:
                notices.released(claimed[number:], by=by, at=clock())
                break
            _one(letter, connection, done, by=by, clock=clock)
    finally:
        _close(connection)
    return done


def _one(
    letter: Letter, connection: BaseEmailBackend, done: Delivered, *, by: Actor, clock: Callable[[], datetime]
) -> None:
    notice = letter.notice
    if letter.digest is None:
        notices.skipped(letter, by=by, at=clock())
        done.skipped += 1
        return
    to = addresses()
    message = mail.digest(notice, letter.digest, to=to)
    try:
        connection.open()
        mail.hand_over(message, connection)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        _close(connection)
        _not_taken(notice, error, done, by=by, at=clock())
        return
    name = mail.message_id(notice, to.host)
    notices.sent(letter, subject=str(message.subject), message_id=name, by=by, at=clock())
    done.sent += 1


def _not_taken(notice: Notice, error: Exception, done: Delivered, *, by: Actor, at: datetime) -> None:
    why = in_words(error)
    log.warning("The digest of %s for person %s was not taken: %s", notice.day, notice.recipient_id, why)
    if is_permanent(error):
        notices.refused(notice, why=why, by=by, at=at)
        done.refused += 1
    else:
        notices.postponed(notice, why=why, by=by, at=at)
        done.postponed += 1


def is_permanent(error: Exception) -> bool:
    """Whether the server will never take it for this address. What is wrong with ourselves is never the address's."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, UnicodeError):
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
    return f"The mail server could not be reached: {error}" if isinstance(error, OSError) else str(error)


def _text(words: bytes | str) -> str:
    return " ".join((words.decode(errors="replace") if isinstance(words, bytes) else words).split())


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        log.info("The connection to the mail server was gone already.")
