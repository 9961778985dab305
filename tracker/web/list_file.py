"""The filtered list as a file. Only what the person may take out of the house is in it, and the trail tells of it."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tracker.access import exportable_actions
from tracker.exports import columns, csv
from tracker.filters import ActionFilter, known
from tracker.models import Action
from tracker.rules.refusal import Refused
from tracker.services import saved_lists
from tracker.web.attachments import private
from tracker.web.pages import Page

RELATED = ("authority", "owner", "accountable", "recommendation__report")
MANY = ("partners", "recommendation__themes")


def live_rows(actions: Sequence[Action], on: date) -> Iterator[columns.Row]:
    """Each action as an export's columns read it: as it is now, with its rating on that day."""
    for action in actions:
        rating = action.delivery_on(on)
        yield {
            "authority": action.authority.trail_state(),
            "action": action.trail_state(),
            "recommendation": action.recommendation.trail_state(),
            "report": action.recommendation.report.trail_state(),
            "owner": action.owner.trail_state() if action.owner else {},
            "accountable": action.accountable.trail_state() if action.accountable else {},
            "computed": {"delivery": str(rating.label) if rating else ""},
        }


class ListFile(Page):
    """The list as CSV."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file as an attachment; back to the list with the sentence where there is nothing the person may take."""
        actions, told = self.found()
        file = io.StringIO(newline="")
        csv.write(file, columns.LISTED, live_rows(actions, self.day))
        data = f"\ufeff{file.getvalue()}".encode()
        name = f"actions-{self.day.isoformat()}.csv"
        digest = hashlib.sha256(data).hexdigest()
        try:
            saved_lists.told(actions, name=name, digest=digest, filtered_by=told, by=self.actor, at=self.moment)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            query = known(request.GET)
            return redirect(f"{reverse('actions')}?{query}" if query else reverse("actions"))
        return attached(data, name)

    def found(self) -> tuple[list[Action], str]:
        """The actions of the list that the person may take, and what the list is narrowed by, in words."""
        rows: Any = exportable_actions(self.person, self.day).select_related(*RELATED).prefetch_related(*MANY)
        found = ActionFilter(self.request.GET or None, queryset=rows, request=self.request)
        return list(found.sound), "; ".join(found.in_force.values()) or "All actions"


def attached(data: bytes, name: str) -> HttpResponse:
    """A CSV file of that name that a browser saves, and keeps no copy of."""
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(answer)
