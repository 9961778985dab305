"""The list of actions."""

from typing import Any

from django.core.paginator import Paginator

from tracker.filters import ActionFilter
from tracker.models import Action
from tracker.web import counts
from tracker.web.pages import Shown

PER_PAGE = 25
RELATED = ("authority", "owner", "recommendation__report")


class ActionList(Shown):
    """All actions the person may see, narrowed and ordered by the address alone, so that it can be passed on."""

    template_name = "tracker/actions.html"
    title = "Actions"
    section = "actions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(Action).select_related(*RELATED)
        found = ActionFilter(self.request.GET or None, queryset=rows, request=self.request)
        pages = Paginator(found.qs, PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        listed = [(action, action.delivery_on(self.day)) for action in page]
        narrowed = found.in_force if found.is_bound and found.form.is_valid() else []
        limits = counts.thresholds(action.authority for action, _ in listed)
        return super().get_context_data(
            filter=found,
            page=page,
            pages=pages,
            listed=listed,
            narrowed=narrowed,
            thresholds=limits,
            owns=rows.filter(owner=self.person).exists(),
            only_mine=self.request.GET.get("owner") == str(self.person.pk),
            **kwargs,
        )
