"""Challenges: putting one to the plan, to an action or at a meeting, and answering it."""

from typing import Any

from django.urls import reverse

from tracker.access import Rights, check
from tracker.models import Action, Authority, BoardMeeting, Challenge
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import board
from tracker.web.board import ASKED, OfAuthority
from tracker.web.forms.board import AnswerForm, ChallengeForm
from tracker.web.pages import Page, VerbPage

RECENT = 6  # meetings offered as the one at which a challenge was put


def on_action(page: Page, action: Action, rights: Rights) -> dict[str, Any]:
    """What an action's page shows of its challenges, as far as the person may see them."""
    return {
        "challenges": page.rows(Challenge).filter(action=action).select_related(*ASKED).order_by("raised_at"),
        "may_challenge": rights.whole(Ability.CHALLENGE),
    }


class _Challenging(VerbPage):
    """A page on which a challenge is put."""

    section = "board"
    form_class = ChallengeForm
    title = "Raise a challenge"
    button = "Raise the challenge"
    done = "Your challenge is raised. An improvement lead answers it."
    authority: Authority
    action: Action | None = None
    meeting: BoardMeeting | None = None

    def allow(self) -> None:
        board.check_challenge(self.authority, self.actor, meeting=self.meeting)

    def get_initial(self) -> dict[str, Any]:
        """On the day of a meeting, what is asked is most likely asked there."""
        today = self.rows(BoardMeeting).filter(authority=self.authority, held_on=self.day)
        return {"meeting": today.standing().first()}

    def get_form_kwargs(self) -> dict[str, Any]:
        meetings = self.rows(BoardMeeting).filter(authority=self.authority).standing()
        recent = meetings.filter(pk__in=list(meetings.before(self.day).values_list("pk", flat=True)[:RECENT]))
        offered = recent | meetings.filter(pk__in=list(meetings.ahead(self.day).values_list("pk", flat=True)[:1]))
        places = {"about_action": self.action is not None, "at_meeting": self.meeting is not None}
        return {**super().get_form_kwargs(), "meetings": offered, **places}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.about(), **kwargs)

    def about(self) -> str:
        """What is challenged, for the line above the heading."""
        return f"The plan of {self.authority}"

    def act(self, form: ChallengeForm) -> None:
        given = form.cleaned_data
        board.challenge(
            self.authority,
            text=given["text"],
            action=self.action or self.named(given.get("reference", "")),
            meeting=self.meeting or given.get("meeting"),
            by=self.actor,
            at=self.moment,
        )

    def named(self, reference: str) -> Action | None:
        """The action of that reference; refused where the plan has none."""
        if not reference:
            return None
        found: Action | None = self.rows(Action).filter(authority=self.authority, reference__iexact=reference).first()
        if found is None:
            raise Refused(f"No action of this plan is called “{reference}”. Look it up in the list.", "reference")
        return found


class ChallengePlanPage(OfAuthority, _Challenging):
    """Put a challenge to a plan."""


class ChallengeMeetingPage(_Challenging):
    """Put a challenge at a meeting."""

    meeting: BoardMeeting

    def find(self, **kwargs: Any) -> None:
        self.meeting = self.row(self.rows(BoardMeeting).select_related("authority"), kwargs["number"])
        self.authority = self.meeting.authority

    def about(self) -> str:
        return f"Board meeting of {self.authority}, {self.meeting}"

    def back(self) -> str:
        return reverse("meeting", args=[self.meeting.pk])


class ChallengeActionPage(_Challenging):
    """Put a challenge about an action."""

    action: Action
    template_name = "tracker/move.html"

    def find(self, **kwargs: Any) -> None:
        self.action = self.row(self.rows(Action).select_related("authority"), kwargs["number"])
        self.authority = self.action.authority

    def about(self) -> str:
        return f"Action {self.action.reference}"

    def back(self) -> str:
        return reverse("action", args=[self.action.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(action=self.action, **kwargs)


class AnswerPage(VerbPage):
    """Answer a challenge, once."""

    section = "board"
    form_class = AnswerForm
    template_name = "tracker/answer.html"
    title = "Answer a challenge"
    button = "Save the answer"
    done = "Your answer is saved. It is shown beside the challenge."
    challenge: Challenge

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Challenge).select_related("authority", *ASKED)
        self.challenge = self.row(rows, kwargs["number"])

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.challenge.authority_id)
        if self.challenge.answered_at and self.request.method != "POST":
            raise Refused("This challenge has been answered already.")

    def back(self) -> str:
        if self.challenge.action_id:
            return reverse("action", args=[self.challenge.action_id]) + "#challenges"
        return reverse("board", args=[self.challenge.authority_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=str(self.challenge.authority), challenge=self.challenge, **kwargs)

    def act(self, form: AnswerForm) -> None:
        board.answer(self.challenge, text=form.cleaned_data["answer"], by=self.actor, at=self.moment)
