"""A person's own filters of the list of actions: saved under a name, renamed, removed. Nobody else sees them."""

from typing import Any

from django.urls import reverse

from tracker.filters import ActionFilter, known
from tracker.models import Action, SavedFilter
from tracker.rules.refusal import Refused
from tracker.services import saved_filters
from tracker.web.forms.actions import ConfirmForm
from tracker.web.forms.bulk import NameForm
from tracker.web.pages import Shown, VerbPage


class SavedFilters(Shown):
    """The person's own filters."""

    template_name = "tracker/saved_filters.html"
    title = "Your saved filters"
    section = "actions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(saved=self.rows(SavedFilter), **kwargs)


class SavePage(VerbPage):
    """Save the filter that the address says."""

    form_class = NameForm
    template_name = "tracker/save_filter.html"
    title = "Save this filter"
    section = "actions"
    query = ""

    def find(self, **kwargs: Any) -> None:
        self.query = known(self.request.GET)

    def allow(self) -> None:
        if not self.query:
            raise Refused("Narrow or sort the list first: there is no filter to save yet.")

    def back(self) -> str:
        return f"{reverse('actions')}?{self.query}" if self.query else reverse("actions")

    def act(self, form: NameForm) -> None:
        saved = saved_filters.keep(name=form.cleaned_data["name"], query=self.query, by=self.actor)
        self.done = f"“{saved.name}” is saved. You find it above the list."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = ActionFilter(self.request.GET or None, queryset=self.rows(Action), request=self.request)
        return super().get_context_data(said=list(found.in_force.values()), **kwargs)


class OnSaved(VerbPage):
    """A page about one of the person's own filters."""

    section = "actions"
    saved: SavedFilter

    def find(self, **kwargs: Any) -> None:
        self.saved = self.row(self.rows(SavedFilter), kwargs["number"])

    def back(self) -> str:
        return reverse("saved-filters")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.saved.name, **kwargs)


class RenamePage(OnSaved):
    """Another name."""

    form_class = NameForm
    title = "Rename this filter"
    done = "The filter is renamed."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "name": self.saved.name}

    def act(self, form: NameForm) -> None:
        saved_filters.rename(self.saved, name=form.cleaned_data["name"], by=self.actor)


class RemovePage(OnSaved):
    """Gone from above the list; the actions stay as they are."""

    form_class = ConfirmForm
    title = "Remove this filter?"
    intro = "Only the filter goes. The actions it finds stay as they are."
    button = "Remove it"
    done = "The filter is removed."
    warns = True

    def act(self, form: ConfirmForm) -> None:
        saved_filters.remove(self.saved, by=self.actor)
