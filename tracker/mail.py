"""Mail: one function a message, rendered from templates/mail as text and as HTML. Sends, and asks nothing.

Whoever calls has done the verb already, hands in everything the message says, and deals with a mail that fails: each
function raises OSError (which the mail server's errors are) where the message could not be handed over.
"""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string

from tracker.choices import PackState, Role
from tracker.models import Authority, Notice, Pack, User
from tracker.rules.answers import ANSWERS
from tracker.rules.digest import Digest, Figures, Line, Place, Section
from tracker.rules.digest_words import opening, places_in_words, subject
from tracker.rules.roles import IN_WORDS

COLUMNS = 76  # of the text form; an address is never broken
# A message that is ready to be handed over.
Mail = EmailMultiAlternatives


@dataclass(frozen=True)
class Granted:
    """A role that somebody was given: where, which, and by whom in words."""

    authority: Authority
    role: Role
    by: str


def invitation(person: User, granted: Granted, *, link: str, days: int, renew: str) -> None:
    """Ask somebody in: `link` leads to the choice of a password, once and for so many days; `renew` to a new link."""
    _send("invitation", person, {**_told(person, granted), "link": link, "days": days, "renew": renew})


def role_granted(person: User, granted: Granted, *, site: str) -> None:
    """Tell somebody who has an account that they have a role more."""
    _send("role_granted", person, {**_told(person, granted), "site": site})


def lead_told(lead: User, person: User, granted: Granted, *, page: str) -> None:
    """Tell one of a council's leads who was given which role, and by whom; `page` is where it can be ended."""
    _send("lead_told", lead, {**_told(person, granted), "lead": lead, "page": page})


def pack_done(person: User, pack: Pack, *, page: str) -> None:
    """Tell somebody that the pack they asked for is there, or why it is not; `page` is where it can be downloaded."""
    told = {"person": person, "pack": pack, "page": page, "is_made": pack.state == PackState.MADE}
    _send("pack_done", person, told)


def factor_told(person: User, what: str, *, page: str, by: str = "", reason: str = "") -> None:
    """Tell somebody what was done with their second factor: set_up, codes, off, used, or taken_off (then by whom, why)."""
    _send("factor", person, {"person": person, "what": what, "page": page, "by": by, "reason": reason})


@dataclass(frozen=True)
class Addresses:
    """Where a digest leads: the address of each place, of each answer, and of the choice how often mail comes."""

    of: Callable[[Place, int], str]
    saying: Callable[[int, str], str]
    choice: str
    host: str


def digest(notice: Notice, said: Digest, *, to: Addresses) -> EmailMultiAlternatives:
    """The mail of one envelope, ready to be handed over. The same envelope has the same Message-ID every time."""
    told = {
        "person": notice.recipient,
        "digest": said,
        "where": places_in_words(said.places),
        "opening": opening(said),
        "sections": [_section(section, to) for section in said.sections],
        "figures": [_figures(each, to) for each in said.figures],
        "home": to.of(Place.HOME, 0),
        "choice": to.choice,
    }
    headers = {"Message-ID": message_id(notice, to.host), "List-Unsubscribe": f"<{to.choice}>"}
    if said.heads:  # not stopped by any choice, so it offers none
        del headers["List-Unsubscribe"]
    name = "heads" if said.heads else "digest"
    text, html = (render_to_string(f"mail/{name}.{form}", told) for form in ("txt", "html"))
    message = EmailMultiAlternatives(
        _one_line(subject(said)), wrapped(text), to=[notice.recipient.email], headers=headers
    )
    message.attach_alternative(html, "text/html")
    return message


def message_id(notice: Notice, host: str) -> str:
    """The name of the mail of this envelope: made of whom it is for, its kind and its day, and of nothing else."""
    name = sha256(f"{host}/{notice.recipient_id}/{notice.kind}/{notice.day.isoformat()}".encode()).hexdigest()[:32]
    return f"<{name}@{host}>"


def hand_over(message: EmailMultiAlternatives, connection: BaseEmailBackend) -> None:
    """Give a message to the mail server over an open connection.

    Raises OSError where it is not taken, and NoAddress where there is nobody it could be given to.
    """
    if not message.recipients():
        raise NoAddress("There is no e-mail address to send it to.")
    try:
        taken = connection.send_messages([message])
    except ValueError as error:
        if _is_address(message.to[0]):
            raise
        raise NoAddress(f"“{message.to[0]}” is not an e-mail address.") from error
    if not taken:
        raise OSError("The mail server took no message.")


class NoAddress(ValueError):
    """A message has no recipient that a mail server would understand."""


def _is_address(words: str) -> bool:
    try:
        return bool(sanitize_address(words, "utf-8"))
    except ValueError:
        return False


def _section(section: Section, to: Addresses) -> dict[str, Any]:
    groups = [(authority, report, [_line(line, to) for line in lines]) for authority, report, lines in section.groups()]
    more = to.of(*section.more) if section.more and section.left_out > 0 else ""
    return {"section": section, "groups": groups, "left": section.left_out, "more": more}


def _line(line: Line, to: Addresses) -> dict[str, Any]:
    answers = [(words, to.saying(line.number, kind)) for kind, words in ANSWERS.items()] if line.own else []
    return {"line": line, "link": to.of(line.place, line.number), "answers": answers}


def _figures(figures: Figures, to: Addresses) -> dict[str, Any]:
    rows = [(each, to.of(each.at, figures.number) if each.at else "") for each in figures.rows]
    overdue = _section(figures.overdue, to) if figures.overdue else None
    return {"plan": figures, "rows": rows, "overdue": overdue, "board": to.of(Place.BOARD, figures.number)}


def wrapped(text: str) -> str:
    """The text with its long lines broken between words, each going on where it was indented."""
    return "\n".join(_wrapped(line) for line in text.split("\n"))


def _wrapped(line: str) -> str:
    if len(line) <= COLUMNS or "://" in line:
        return line
    indent = "  " if line.startswith(("* ", "  ")) else ""
    return textwrap.fill(line, COLUMNS, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _told(person: User, granted: Granted) -> dict[str, Any]:
    role = granted.role
    words = {"role": role.label, "role_in_words": IN_WORDS[role]}
    return {"person": person, "authority": granted.authority, "by": granted.by, **words}


def _send(name: str, to: User, told: dict[str, Any]) -> None:
    """Render the three parts of a message and hand it over. A subject is one line, whatever a name holds."""
    title = _one_line(render_to_string(f"mail/{name}_subject.txt", told))
    message = EmailMultiAlternatives(title, render_to_string(f"mail/{name}.txt", told), to=[to.email])
    message.attach_alternative(render_to_string(f"mail/{name}.html", told), "text/html")
    message.send()
