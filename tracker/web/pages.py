"""What all pages share: who looks, on which day, at which rows; and the one place where a refusal becomes words."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView
from django.views.generic.base import ContextMixin, View

from tracker.access import Actor, can, visible
from tracker.choices import Role
from tracker.models import Authority, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services.locking import Conflict
from tracker.web.acting import actor_of, day_in, moment_of
from tracker.web.forms.fields import PageForm


@method_decorator(never_cache, name="dispatch")  # on a shared machine the back button shows nobody else's plan
class Page(LoginRequiredMixin, ContextMixin, View):
    """A page for somebody signed in. Rows come from tracker.access alone, so what is not theirs is not there: 404."""

    title = ""
    section = ""

    @property
    def person(self) -> User:
        """Who looks; the mixin has sent everybody else to sign in."""
        assert isinstance(self.request.user, User)  # noqa: S101  LoginRequiredMixin stands before every page
        return self.request.user

    @property
    def day(self) -> date:
        """The day of the request in London."""
        return day_in(self.request)

    @property
    def moment(self) -> datetime:
        """The moment of the request."""
        return moment_of(self.request)

    @property
    def actor(self) -> Actor:
        """The person as the one who acts."""
        return actor_of(self.request)

    def rows(self, model: type[Model]) -> Any:
        """The rows of a kind that the person may see today."""
        return visible(model, self.person, self.day)

    def row(self, rows: QuerySet[Any], number: int) -> Any:
        """One of the rows, or 404 as if it did not exist."""
        return get_object_or_404(rows, pk=number)

    def led(self) -> list[Authority]:
        """The authorities whose plan the person keeps."""
        leading = self.rows(Authority).filter(memberships__in=self.person.memberships.current().filter(role=Role.LEAD))
        return [authority for authority in leading.distinct() if can(self.person, Ability.KEEP_PLAN, authority)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(today=self.day, title=self.title, section=self.section, **kwargs)


class Shown(Page, TemplateView):
    """A page that only shows."""


class VerbPage(Page, FormView):
    """A page with one form, which calls one verb.

    A refusal stands beside its field; where the page itself is not for this person now, they go back with the
    sentence. What somebody else changed meanwhile is shown beside what was opened, and nothing typed is lost.
    """

    template_name = "tracker/form.html"
    form_class: type[PageForm] = PageForm
    button = "Save"
    intro = ""
    done = "Saved."
    warns = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.find(**kwargs)

    def find(self, **kwargs: Any) -> None:
        """Find what the page is about; 404 where it is not for this person."""

    def allow(self) -> None:
        """Raise Refused where the page is not open to this person now."""

    def question(self, form: Any) -> str | None:
        """A question about something odd in the form, asked once before the verb is called; the form has the tick."""
        return None

    def act(self, form: Any) -> None:
        """Call the verb; may raise Refused and Conflict."""
        raise NotImplementedError

    def say(self) -> None:
        """Tell what has been done, on the page that follows."""
        messages.success(self.request, self.done)

    def back(self) -> str:
        """Where the page was opened from, and where it leads to when all is done."""
        raise NotImplementedError

    def facts(self, record: Any) -> dict[str, str]:
        """What a person has to compare when somebody else changed the record: by label, in words."""
        return {}

    def record(self) -> Any:
        """The record whose version the form carries, if any."""
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            try:
                self.allow()
            except Refused as refusal:
                messages.error(request, refusal.sentence)
                return redirect(self.back())
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        record = self.record()
        if record is None:
            return super().get_initial()
        return {**super().get_initial(), "version": record.version, "seen": signing.dumps(self.facts(record))}

    def form_valid(self, form: Any) -> HttpResponse:
        question = self.question(form)
        answered = not question or form.cleaned_data["sure"]
        if question and not answered:
            form.ask(question)
        if not (form.settled() and answered):
            return self.form_invalid(form)
        self.request.kept = form.kept  # type: ignore[attr-defined]
        try:
            self.act(form)
        except Conflict as conflict:
            return self.render_to_response(self.get_context_data(form=form, **self.compared(form, conflict)))
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        self.say()
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        form.miss_files()
        return super().form_invalid(form)

    def get_success_url(self) -> str:
        return self.back()

    def compared(self, form: Any, conflict: Conflict) -> dict[str, Any]:
        """Both versions side by side; the form goes on from the newer one, with what was typed."""
        now = self.facts(conflict.current)
        opened = _opened(form.cleaned_data.get("seen", ""))
        form.data = form.data.copy()
        form.data["version"] = getattr(conflict.current, "version", "")
        form.data["seen"] = signing.dumps(now)
        form.refuse(conflict)
        rows = [(label, opened.get(label, ""), value, opened.get(label) != value) for label, value in now.items()]
        return {"conflict": rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"button": self.button, "intro": self.intro, "back": self.back(), "warns": self.warns}
        return super().get_context_data(**{**shown, **kwargs})


def _opened(seen: str) -> dict[str, str]:
    """What the form showed when it was opened; empty where the browser sent something else."""
    try:
        facts = signing.loads(seen)
    except signing.BadSignature:
        return {}
    return facts if isinstance(facts, dict) else {}
