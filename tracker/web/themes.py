"""What the recommendations of a report are about: proposed from their words, settled by a lead for the whole report."""

from typing import Any

from django.utils.functional import cached_property

from tracker.models import Recommendation
from tracker.services import themes
from tracker.web.forms.themes import ThemesForm
from tracker.web.reports import OnReport


class ThemesPage(OnReport):
    """Every recommendation with the themes its words speak for ticked; whatever is ticked when it is saved counts."""

    form_class = ThemesForm
    template_name = "tracker/themes.html"
    title = "What the recommendations are about"
    button = "Save the themes"
    done = "The themes are saved."

    @cached_property
    def items(self) -> list[Recommendation]:
        """The report's recommendations, with the themes they have."""
        return list(self.rows(Recommendation).filter(report=self.report).prefetch_related("themes").order_by("number"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "items": self.items, "themes": themes.every()}

    def get_initial(self) -> dict[str, Any]:
        settled = {item.pk: [theme.code for theme in item.themes.all()] for item in self.items}
        proposed = themes.proposals(item for item in self.items if not settled[item.pk])
        return {f"item_{item.pk}": settled[item.pk] or list(proposed[item.pk]) for item in self.items}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        form = found["form"]
        rows = [(item, form[f"item_{item.pk}"], not item.themes.all()) for item in self.items]
        return {**found, "rows": rows, "unsettled": sum(1 for _, _, proposed in rows if proposed)}

    def act(self, form: ThemesForm) -> None:
        themes.settle(self.report, form.chosen(), by=self.actor, at=self.moment)
