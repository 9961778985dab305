"""The board: where each plan stands today, how it has moved since the last meeting, its challenges and meetings."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import board_authorities, can, can_pack
from tracker.choices import PackState
from tracker.models import Action, Authority, BoardMeeting, Challenge, Extension, Pack, User
from tracker.rules.london import end_of
from tracker.rules.position import extended, position
from tracker.rules.roles import Ability
from tracker.services.movement import movement
from tracker.web import figures
from tracker.web.calls import call_of
from tracker.web.pages import Page, Shown, VerbPage
from tracker.web.raised import recurring

PER_PAGE = 25
PACKS = 3
ASKED = ("action", "meeting", "raised_by", "answered_by")


class OnBoard(Page):
    """Pages about the board of one authority. Whoever does not see its whole plan does not find it."""

    section = "board"

    @cached_property
    def authority(self) -> Authority:
        """The authority of the page."""
        found: Authority = self.row(board_authorities(self.person, self.day), self.kwargs["number"])
        return found

    def position(self, authority: Authority) -> dict[str, Any]:
        """Where the plan stands today, as figures that lead to their lists."""
        plan = self.rows(Action).filter(authority=authority)
        actions = list(plan)
        found = position((action.standing for action in actions), as_at=self.day)
        granted = self.rows(Extension).filter(action__authority=authority, granted=True)
        times = list(granted.order_by().values("action").annotate(times=Count("pk")).values_list("times", flat=True))
        asked = plan.extension_asked().count()
        return {
            "actions": actions,
            "total": found.total,
            "totals": figures.totals(authority, found),
            "exceptions": figures.exceptions(authority, found, extended(times), asked),
        }

    def movement(self, authority: Authority, before: BoardMeeting, until: Any) -> list[figures.Group]:
        """How the plan moved from the end of an earlier meeting's day until a moment."""
        moved = movement(authority, since=end_of(before.held_on), until=until, by=self.actor)
        people = self.rows(User).filter(pk__in=figures.owners_in(moved) - {None})
        return figures.moved_groups(moved, dict(people.values_list("pk", "name")))

    def challenges(self, **narrowed: Any) -> Any:
        """Challenges with all that is shown of them."""
        return self.rows(Challenge).filter(**narrowed).select_related(*ASKED)


class OfAuthority(VerbPage):
    """A page with a form about the board of one authority."""

    section = "board"
    authority: Authority

    def find(self, **kwargs: Any) -> None:
        self.authority = self.row(board_authorities(self.person, self.day), kwargs["number"])

    def back(self) -> str:
        return reverse("board", args=[self.authority.pk])


class Boards(Shown):
    """Every board the person follows; who follows one alone is led to it."""

    template_name = "tracker/boards.html"
    title = "The board"
    section = "board"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list, or the way to the only one."""
        self.followed = list(board_authorities(self.person, self.day))
        if len(self.followed) == 1:
            return redirect("board", self.followed[0].pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meetings, plans = self.rows(BoardMeeting).ahead(self.day), self.rows(Action)
        ahead = {meeting.authority_id: meeting for meeting in reversed(meetings)}
        asked = self.rows(Challenge).unanswered().order_by().values("authority").annotate(number=Count("pk"))
        waiting = dict(asked.values_list("authority", "number"))
        standing: dict[int, list[Any]] = {each.pk: [] for each in self.followed}
        for action in plans.filter(authority__in=self.followed):
            standing[action.authority_id].append(action.standing)
        cards = [
            (each, ahead.get(each.pk), waiting.get(each.pk, 0), position(standing[each.pk], as_at=self.day))
            for each in self.followed
        ]
        return super().get_context_data(cards=cards, **kwargs)


class BoardPage(OnBoard, Shown):
    """One board: its next meeting, the plan today, what moved, what was asked."""

    template_name = "tracker/board.html"
    title = "The board"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        authority = self.authority
        meetings = self.rows(BoardMeeting).filter(authority=authority)
        ahead, before = list(meetings.ahead(self.day)), list(meetings.before(self.day)[:PER_PAGE])
        last = before[0] if before else None
        found = {
            "authority": authority,
            "only_board": board_authorities(self.person, self.day).count() == 1,
            "next": ahead[0] if ahead else None,
            "later": ahead[1:],
            "before": before,
            "last": last,
            "cancelled": meetings.filter(cancelled_at__isnull=False).select_related("cancelled_by")[:PER_PAGE],
            "call": call_of(ahead[0], self.rows(Action)) if ahead else None,
            **self.position(authority),
            "recurring": recurring(self, authority),
            **self.asked(last),
            **self.may(),
        }
        if last:
            found["moved"] = self.movement(authority, last, self.moment)
            since = {"since": last.held_on, "on": self.day}
            found["stood"] = figures.standing_groups(found["actions"], authority, **since)
        self.title = f"The board of {authority}"
        return super().get_context_data(**found, **kwargs)

    def asked(self, last: BoardMeeting | None) -> dict[str, Any]:
        """The challenges that await an answer, and those answered since the last meeting."""
        put = self.challenges(authority=self.authority)
        since = {"answered_at__gt": end_of(last.held_on)} if last else {"answered_at__isnull": False}
        return {
            "unanswered": put.unanswered().order_by("raised_at"),
            "answered": put.filter(**since).order_by("-answered_at")[:PER_PAGE],
            "ever_asked": put.exists(),
        }

    def may(self) -> dict[str, Any]:
        """What the person may do here, and the newest packs they may take."""
        return {
            "leads": can(self.person, Ability.KEEP_PLAN, self.authority),
            "may_challenge": can(self.person, Ability.CHALLENGE, self.authority),
            "may_take": can_pack(self.person, self.authority, confidential=False),
            "packs": self.rows(Pack)
            .filter(authority=self.authority, state=PackState.MADE)
            .select_related("meeting")[:PACKS],
        }


class ChallengeList(OnBoard, Shown):
    """Every challenge ever put to a plan: those that await an answer first."""

    template_name = "tracker/challenges.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.challenges(authority=self.authority)
        pages = Paginator(rows.order_by(F("answered_at").desc(nulls_first=True), "-raised_at"), PER_PAGE)
        self.title = f"Challenges to the plan of {self.authority}"
        found = {
            "authority": self.authority,
            "pages": pages,
            "page": pages.get_page(self.request.GET.get("page")),
            "leads": can(self.person, Ability.KEEP_PLAN, self.authority),
            "may_challenge": can(self.person, Ability.CHALLENGE, self.authority),
        }
        return super().get_context_data(**found, **kwargs)
