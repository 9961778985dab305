"""The pages of a report as they were printed, for everybody who may see the report: what is cited stands marked."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tracker.access import readable_intakes
from tracker.choices import IntakeState
from tracker.models import Intake, Recommendation
from tracker.rules import drafts
from tracker.rules.citations import mark
from tracker.services import intake
from tracker.web.pages import Page


class PageShown(Page):
    """One whole page of the report: its picture with everything cited on it marked, and its lines as words."""

    section = "reports"

    def get(self, request: HttpRequest, number: int, page: int) -> HttpResponse:
        files = readable_intakes(self.person, self.day).select_related("authority", "report")
        received: Intake = self.row(files, number)
        view = intake.page_view(received, page, by=self.actor, on=self.day)
        places = self.places(received)
        boxes = [box for place in places for box in place.get("boxes") or [] if box[0] == page]
        marked = {n for place in places for n in _lines_on(place, view)}
        self.title = f"Page {page} of {received.name}"
        near = {"before": page - 1, "after": page + 1 if page < view.pages else 0}
        shown = {"intake": received, "sheet": view, "boxes": [mark(box) for box in boxes], "marked": marked, **near}
        return render(request, "tracker/review_page.html", self.get_context_data(back=back_of(received), **shown))

    def places(self, received: Intake) -> list[dict[str, Any]]:
        """What is marked: the recommendation that the address names, or else all that the file's reading cites."""
        named = self.request.GET.get("recommendation", "")
        if named.isdecimal():
            found = self.rows(Recommendation).filter(pk=int(named), report__authority=received.authority_id)
            return [row.citation for row in found if "lines" in row.citation]
        items = drafts.begun(received.corrected or received.draft or {})["recommendations"]
        return [item["source"] for item in items if item.get("source")]


class Picture(Page):
    """The picture of a page. A browser asks each time whether this person may still see it, and keeps its copy."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "private, no-cache"
        return answer

    def get(self, request: HttpRequest, number: int, page: int) -> HttpResponse:
        received: Intake = self.row(readable_intakes(self.person, self.day), number)
        name = f'"{received.sha256[:32]}-{page}"'
        if request.headers.get("If-None-Match") == name:
            return HttpResponse(status=304, headers={"ETag": name})
        drawn = intake.page_picture(received, page, by=self.actor, on=self.day)
        if drawn.error:
            raise Http404(drawn.error)
        return HttpResponse(drawn.png, content_type="image/png", headers={"ETag": name})


def back_of(received: Intake) -> str:
    """Where the page was opened from: the report, once it is accepted; before that, its review."""
    if received.state != IntakeState.ACCEPTED:
        return reverse("intake", args=[received.pk])
    return reverse("report", args=[received.corrects_id or received.report.pk])


def _lines_on(source: dict[str, Any], view: Any) -> set[int]:
    first, last = source["lines"]
    return {line.number for line in view.lines if first <= line.number <= last}
