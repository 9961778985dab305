"""The settings of a council, and one's own details: small pages of one verb each."""

from typing import Any

from django.urls import reverse

from tracker.access import check_people, plan_readers
from tracker.models import Authority, User
from tracker.rules.authority_settings import HINTS, LABELS, LIMITS, AuthoritySettings, in_words
from tracker.services import people, reference
from tracker.web.forms.council import DirectorForm, NumbersForm
from tracker.web.forms.people import DetailsForm
from tracker.web.pages import VerbPage
from tracker.web.people import InCouncil


class _Settings(InCouncil, VerbPage):
    """A page for who keeps the council's people and settings."""

    def find(self, **kwargs: Any) -> None:
        assert self.authority  # noqa: S101  404 before anything else where the council is not the person's

    def allow(self) -> None:
        check_people(self.actor, self.authority)

    def back(self) -> str:
        return reverse("council-settings" if self.keeps else "people-of", args=[self.authority.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.authority, **kwargs)


class CouncilSettings(_Settings):
    """What the council has set for itself, and the default beside each."""

    template_name = "tracker/council_settings.html"
    http_method_names = ["get", "head"]
    title = "Settings of the council"

    def back(self) -> str:
        return reverse("people-of", args=[self.authority.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, default = reference.settings_of(self.authority), AuthoritySettings()
        rows = [
            {
                "name": name,
                "label": LABELS[name],
                "hint": HINTS[name],
                "value": in_words(name, getattr(now, name)),
                "default": in_words(name, getattr(default, name)),
                "own": name in self.authority.settings,
            }
            for name in LIMITS
        ]
        return super().get_context_data(rows=rows, **kwargs)


class DirectorPage(_Settings):
    """Say to whom long overdue actions are escalated."""

    form_class = DirectorForm
    title = "To whom are long overdue actions escalated?"
    intro = (
        "When an action has been overdue for long, its accountable lead is told first and then this person: usually the"
        " director of children’s services."
    )
    done = "The director is saved."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "director": self.authority.director_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": plan_readers(self.authority).order_by("name")}

    def record(self) -> Authority:
        return self.authority

    def facts(self, record: Authority) -> dict[str, str]:
        return {"Director": record.director.name if record.director else "Nobody"}

    def act(self, form: DirectorForm) -> None:
        given = form.cleaned_data
        reference.set_director(
            self.authority, director=given["director"], version=given["version"], by=self.actor, at=self.moment
        )


class NumbersPage(_Settings):
    """Change the council's periods and the time of its digests; whatever is left empty follows the default."""

    form_class = NumbersForm
    title = "Change the settings"
    intro = "Leave a box empty to follow the default."
    done = "The settings are saved."

    def get_initial(self) -> dict[str, Any]:
        own = {name: self.authority.settings.get(name) for name in LIMITS}
        return {**super().get_initial(), **own}

    def record(self) -> Authority:
        return self.authority

    def facts(self, record: Authority) -> dict[str, str]:
        own = record.settings
        return {LABELS[name]: in_words(name, own[name]) if name in own else "The default" for name in LIMITS}

    def act(self, form: NumbersForm) -> None:
        others = {name: value for name, value in self.authority.settings.items() if name not in LIMITS}
        reference.change_settings(
            self.authority,
            settings={**others, **form.settings()},
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            by=self.actor,
            at=self.moment,
        )


class DetailsPage(VerbPage):
    """Change one's own name and post: a line of the trail, as every change of a person is."""

    form_class = DetailsForm
    title = "Change your details"
    intro = "Your colleagues see them. What you have done so far keeps the name it was done under."
    done = "Your details are saved."

    def back(self) -> str:
        return reverse("me")

    def get_initial(self) -> dict[str, Any]:
        own = {name: getattr(self.person, name) for name in ("name", "job_title", "organisation")}
        return {**super().get_initial(), **own}

    def act(self, form: DetailsForm) -> None:
        given = form.cleaned_data
        people.change_person(
            self.row(self.rows(User), self.person.pk),
            name=given["name"],
            job_title=given["job_title"],
            organisation=given["organisation"],
            by=self.actor,
            at=self.moment,
        )
