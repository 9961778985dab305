"""The board on the home page: for its members and for leads, the next meetings, and the challenges that wait or were answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.access import can
from tracker.choices import PackState
from tracker.models import Authority, BoardMeeting, Challenge, Pack
from tracker.rules.london import end_of
from tracker.rules.roles import Ability
from tracker.web.board import ASKED
from tracker.web.pages import Page

SHOWN = 5


@dataclass(frozen=True)
class Seat:
    """One board a person has a part in: what comes next there, what waits for an answer, what was answered since."""

    authority: Authority
    leads: bool
    next: BoardMeeting | None
    last: BoardMeeting | None
    unanswered: tuple[Challenge, ...]
    answered: tuple[Challenge, ...]
    pack: Pack | None = None

    @property
    def is_quiet(self) -> bool:
        """Nothing to tell: no meeting, no challenge."""
        return not (self.next or self.unanswered or self.answered)


def seats(page: Page, authorities: Iterable[Authority]) -> list[Seat]:
    """The boards of these authorities on which the person may put a challenge; a lead's only where there is news."""
    sits = [each for each in authorities if can(page.person, Ability.CHALLENGE, each)]
    meetings = list(page.rows(BoardMeeting).filter(authority__in=sits).standing()) if sits else []
    put = page.rows(Challenge).filter(authority__in=sits).select_related("authority", *ASKED)
    asked = list(put.order_by("raised_at")) if sits else []
    made = page.rows(Pack).filter(
        state=PackState.MADE, meeting__in=[each for each in meetings if each.held_on >= page.day]
    )
    ready = {pack.meeting_id: pack for pack in made} if meetings else {}
    found = [_seat(page, each, meetings, asked, ready) for each in sits]
    return [seat for seat in found if not (seat.is_quiet and seat.leads)]


def _seat(
    page: Page, authority: Authority, meetings: Iterable[Any], asked: Iterable[Any], ready: Mapping[int, Pack]
) -> Seat:
    mine = [meeting for meeting in meetings if meeting.authority_id == authority.pk]
    ahead = [meeting for meeting in mine if meeting.held_on >= page.day]
    before = [meeting for meeting in mine if meeting.held_on < page.day]
    last = max(before, key=lambda meeting: meeting.held_on, default=None)
    here = [each for each in asked if each.authority_id == authority.pk]
    since = end_of(last.held_on) if last else None
    answered = [each for each in here if each.answered_at and (since is None or each.answered_at > since)]
    following = min(ahead, key=lambda meeting: meeting.held_on, default=None)
    return Seat(
        authority,
        can(page.person, Ability.KEEP_PLAN, authority),
        following,
        last,
        tuple(each for each in here if not each.answered_at),
        tuple(sorted(answered, key=lambda each: each.answered_at, reverse=True)[:SHOWN]),
        ready.get(following.pk) if following else None,
    )
