"""Answering a digest in two taps: the link leads to a page that asks to confirm, the button says it. No GET changes a thing."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from tracker.choices import NoteKind
from tracker.models import Action
from tracker.rules.answers import ANSWERS, SaidAlready, nothing_to_answer
from tracker.rules.digest_words import due_words, shortened
from tracker.rules.london import day_of
from tracker.rules.refusal import Refused
from tracker.services import actions
from tracker.services.awaited import awaited, last_asked
from tracker.web.calls import calls_to
from tracker.web.forms.actions import AnswerForm, HelpForm
from tracker.web.moves import OnOwnWork
from tracker.web.pages import Shown

SHOWN = 10
QUESTIONS: dict[str, tuple[str, str, str]] = {
    # The heading, the button, and what has been said once it is pressed.
    NoteKind.ON_TRACK: ("Is this on track?", "Yes, it is on track", "{0}: on track. Your word is kept."),
    NoteKind.NO_CHANGE: ("Has nothing changed?", "Nothing has changed", "{0}: nothing changed. Your word is kept."),
    NoteKind.HELP: ("Do you need help with this?", "Ask for help", "{0}: help is asked for. The leads are told."),
}
# What stands above the button, and what below it.
INTROS: dict[str, str] = {
    NoteKind.HELP: "The improvement leads of {0} are told: on their home page at once, and in their next mail.",
}
CONSEQUENCES: dict[str, str] = {
    NoteKind.ON_TRACK: "Whoever reads the plan sees that you have said so today.",
    NoteKind.NO_CHANGE: "Whoever reads the plan sees that you have said so today. A call for help stays open.",
}


class SayPage(OnOwnWork):
    """One answer about one action: which action it is, one button, and a box for a few words."""

    form_class = AnswerForm
    template_name = "tracker/say.html"
    kind: NoteKind

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        if kwargs["kind"] not in ANSWERS:
            raise Http404("There is no such answer.")
        self.kind = NoteKind(kwargs["kind"])
        self.title, self.button, done = QUESTIONS[self.kind]
        self.intro = INTROS.get(self.kind, "").format(self.action.authority)
        self.done = done.format(self.action.reference)

    def allow(self) -> None:
        super().allow()
        closed = nothing_to_answer(self.action.status)
        if closed:
            raise Refused(f"There is nothing to answer about {self.action.reference}. {closed}")

    def back(self) -> str:
        return self.onward() if nothing_to_answer(self.action.status) else super().back()

    def get_form_class(self) -> type[AnswerForm]:
        return HelpForm if self.kind == NoteKind.HELP else AnswerForm

    def onward(self) -> str:
        """Where the next thing to answer stands."""
        return f"{reverse('awaited')}?{urlencode({'after': self.action.pk})}"

    def get_success_url(self) -> str:
        return self.onward()

    def act(self, form: AnswerForm) -> None:
        text, behalf = form.cleaned_data["text"], form.behalf()
        try:
            actions.note(self.action, text=text, kind=self.kind, on_behalf_of=behalf, by=self.actor, at=self.moment)
            self.again = ""
        except SaidAlready as already:
            self.again = f"{self.action.reference}: {already.sentence}"

    def say(self) -> None:
        if self.again:
            messages.info(self.request, self.again)
        else:
            super().say()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = actions.last_said(self.action)
        same = bool(last and (last.kind, last.on, last.by) == (self.kind, self.day, self.person.pk))
        shown = {
            "words": shortened(self.action.what),
            "due": due_words(self.action.standing, on=self.day),
            "consequence": CONSEQUENCES.get(self.kind, ""),
            "said_today": same,
            "answer": ANSWERS[self.kind],
        }
        return super().get_context_data(**shown, **kwargs)


class AwaitedPage(Shown):
    """What awaits a word from a person since their latest mail; after an answer, the next ones."""

    template_name = "tracker/awaited.html"
    section = "home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = last_asked(self.person, at=self.moment)
        called = [action for call in calls_to(self.person, self.day) for action in call.waiting]
        rows = list({each.pk: each for each in [*called, *awaited(self.person, asked, on=self.day)]}.values())
        after = self.answered()
        count = len(rows)
        more = " more" if after else ""
        some = f"{count}{more} of yours await{'s' if count == 1 else ''} a word"
        self.title = (
            some if rows else "Nothing else awaits a word from you" if after else "Nothing awaits a word from you"
        )
        return super().get_context_data(
            waiting=[(each, shortened(each.what), due_words(each.standing, on=self.day)) for each in rows[:SHOWN]],
            left=max(0, count - SHOWN),
            answers=list(ANSWERS.items()),
            after=after,
            mailed_on=day_of(asked.at) if asked.by_mail else None,
            **kwargs,
        )

    def answered(self) -> Action | None:
        """The action just answered, where the address names one that the person may see."""
        number = self.request.GET.get("after", "")
        found: Action | None = (
            self.rows(Action).filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        )
        return found
