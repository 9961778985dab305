"""What the tracker has said to a person by mail, and what it will say next about their actions."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator

from tracker.access import own_actions, own_dues, own_notices
from tracker.choices import DueKind, NoticeState
from tracker.models import Action, Notice
from tracker.rules.notices import Owed
from tracker.rules.written_dates import counted
from tracker.services.notifications import Said, outlook
from tracker.web.calls import calls_to
from tracker.web.pages import Shown

PER_PAGE = 25
NEXT = 20
TOLD = (NoticeState.SENT, NoticeState.FAILED)

# What each kind says to the owner; the number is the days of its threshold.
SAYS: dict[DueKind, str] = {
    DueKind.ASSIGNED: "It has been given to you.",
    DueKind.BEFORE_DUE: "It is due in {days}.",
    DueKind.DUE_TODAY: "It is due on that day.",
    DueKind.OVERDUE: "It is {days} overdue, unless it is submitted or extended by then.",
    DueKind.SILENT: "Nobody has said anything about it for {days}, unless you do by then.",
}


def says(what: Owed) -> str:
    """What is said to the owner, in a sentence."""
    return SAYS[what.kind].format(days=counted(what.threshold, "day", "days"))


class NotificationsPage(Shown):
    """My notifications: what comes next, what waits to be sent, what was sent and when."""

    template_name = "tracker/notifications.html"
    title = "My notifications"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = list(own_actions(self.person, self.day).unfinished().select_related("authority"))
        unsent = own_dues(self.person, self.day).filter(settled_at=None).exclude(told__person=self.person)
        ahead = outlook(mine, unsent, on=self.day, choice=self.person.digest_choice)
        told = own_notices(self.person).filter(state__in=TOLD).prefetch_related("dues").order_by("-day", "-pk")
        pages = Paginator(told, PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        found = {
            "owns": bool(mine),
            "waiting": _worded(ahead.waiting),
            "coming": _worded(ahead.coming[:NEXT]),
            "more": max(0, len(ahead.coming) - NEXT),
            "calls": calls_to(self.person, self.day),
            "pages": pages,
            "page": page,
            "sent": [(notice, self.subjects(notice, named)) for named in [self.named(page)] for notice in page],
        }
        return super().get_context_data(**found, **kwargs)

    def named(self, page: Iterable[Notice]) -> dict[int, Action]:
        """The actions that these notices are about, as far as the person may still see them."""
        about = {due.subject_id for notice in page for due in notice.dues.all() if _is_action(due)}
        actions: dict[int, Action] = self.rows(Action).in_bulk(list(about))
        return actions

    def subjects(self, notice: Notice, named: dict[int, Action]) -> list[tuple[Action, str]]:
        """Each action a notice spoke of, with what it said."""
        dues = [due for due in notice.dues.all() if _is_action(due) and due.subject_id in named]
        return [(named[due.subject_id], due.get_kind_display()) for due in dues]


def _is_action(due: Any) -> bool:
    return bool(due.subject_type == Action.trail_type())


def _worded(said: Iterable[Said]) -> list[tuple[Said, str]]:
    return [(each, says(each.what)) for each in said]
