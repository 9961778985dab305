"""Extensions: asking, taking back, deciding."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import check, check_action
from tracker.choices import EventKind
from tracker.models import Event, Extension
from tracker.rules.questions import question_due
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.services import extensions
from tracker.web.forms.actions import ConfirmForm, DecisionForm, ExtensionForm
from tracker.web.moves import OnAction
from tracker.web.pages import VerbPage


class AskPage(OnAction):
    """Ask for a later date."""

    form_class = ExtensionForm
    template_name = "tracker/ask_extension.html"
    title = "Ask for an extension"
    button = "Ask for the extension"
    done = "The extension is asked for. An improvement lead decides."

    @cached_property
    def asked(self) -> Extension | None:
        """The request that awaits a decision, if there is one: there is never a second."""
        waiting = self.rows(Extension).filter(action=self.action, granted=None, withdrawn=False)
        return waiting.select_related("asked_by").first()

    def allow(self) -> None:
        check_action(self.actor, Ability.ASK_EXTENSION, self.action, on=self.day)
        if self.action.status not in OPEN or self.action.agreed_due is None:
            raise Refused(f"{self.action} has no open due date that could be extended.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=self.asked, **kwargs)

    def question(self, form: ExtensionForm) -> str | None:
        # What no tick can mend is left to the verb, which says so beside the date.
        due = form.cleaned_data["to_due"]
        return question_due(due, as_at=self.day) if self.action.agreed_due and due > self.action.agreed_due else None

    def act(self, form: ExtensionForm) -> None:
        given = form.cleaned_data
        extensions.ask(self.action, to_due=given["to_due"], reason=given["reason"], by=self.actor, at=self.moment)


class _OnExtension(VerbPage):
    section = "actions"
    extension: Extension

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Extension).select_related("action__authority", "asked_by", "decided_by")
        self.extension = self.row(rows, kwargs["number"])

    @property
    def settled(self) -> bool:
        """Whether it has been decided or taken back."""
        return self.extension.granted is not None or self.extension.withdrawn

    def back(self) -> str:
        return reverse("action", args=[self.extension.action_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.extension.action.reference
        return super().get_context_data(about=about, extension=self.extension, **kwargs)


class DecidePage(_OnExtension):
    """Grant or refuse an extension."""

    form_class = DecisionForm
    template_name = "tracker/decide_extension.html"
    title = "Decide on an extension"
    button = "Save the decision"
    done = "Your decision is saved."

    def allow(self) -> None:
        check(self.actor, Ability.DECIDE_EXTENSION, self.extension.action.authority_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.settled:
            self.title = "This extension has been dealt with"
        return super().get_context_data(settled=self.settled, taken_back_at=self.taken_back_at(), **kwargs)

    def taken_back_at(self) -> datetime | None:
        """When the request was taken back: the record keeps only that it was, the trail says when."""
        about = {"subject_type": Extension.trail_type(), "subject_id": self.extension.pk}
        event = self.rows(Event).filter(kind=EventKind.EXTENSION_WITHDRAWN, **about).first()
        return event.recorded_at if event else None

    def act(self, form: DecisionForm) -> None:
        given = form.cleaned_data
        extensions.decide(
            self.extension,
            granted=given["decision"] == "grant",
            reason=given["reason"],
            by=self.actor,
            at=self.moment,
        )


class WithdrawPage(_OnExtension):
    """Take back one's own request."""

    form_class = ConfirmForm
    title = "Take back your request for an extension?"
    intro = "The due date stays as it is."
    button = "Take it back"
    done = "Your request is taken back."

    def allow(self) -> None:
        if self.extension.asked_by_id != self.person.pk:
            raise Refused("Only the person who asked may take the request back.")
        if self.settled:
            raise Refused("This extension has been dealt with already.")

    def act(self, form: ConfirmForm) -> None:
        extensions.withdraw(self.extension, by=self.actor, at=self.moment)
