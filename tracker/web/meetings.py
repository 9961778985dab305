"""A meeting of the board: what it asks of owners, what it asked of the plan; planning, changing and cancelling it."""

from typing import Any

from django.urls import reverse

from tracker.access import can, check, own_actions
from tracker.models import Action, Authority, BoardMeeting
from tracker.rules.london import end_of
from tracker.rules.questions import question_meeting
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.written_dates import counted, long_date
from tracker.services import board
from tracker.services.notices import reminded_on
from tracker.services.reminding import call_again, check_call_again
from tracker.web import figures
from tracker.web.board import OfAuthority, OnBoard
from tracker.web.calls import call_of
from tracker.web.forms.actions import ConfirmForm
from tracker.web.forms.board import CancelForm, ChangedMeetingForm, MeetingForm
from tracker.web.pages import Shown, VerbPage


class MeetingPage(OnBoard, Shown):
    """One meeting, fit to be printed as an agenda paper."""

    template_name = "tracker/meeting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(BoardMeeting).select_related("authority", "cancelled_by")
        meeting: BoardMeeting = self.row(rows, self.kwargs["number"])
        authority = meeting.authority
        previous = self.rows(BoardMeeting).filter(authority=authority).before(min(meeting.held_on, self.day)).first()
        found = {
            "meeting": meeting,
            "authority": authority,
            "previous": previous,
            "is_past": meeting.held_on < self.day,
            "challenges": self.challenges(meeting=meeting).order_by("raised_at"),
            "leads": can(self.person, Ability.KEEP_PLAN, authority),
            "may_challenge": can(self.person, Ability.CHALLENGE, authority) and not meeting.cancelled_at,
            **({} if meeting.cancelled_at else self.paper(meeting, previous)),
        }
        self.title = f"Board meeting, {long_date(meeting.held_on)}"
        return super().get_context_data(**found, **kwargs)

    def paper(self, meeting: BoardMeeting, previous: BoardMeeting | None) -> dict[str, Any]:
        """What a meeting to come looks at: the plan today and who has answered; and for every one, what moved."""
        found: dict[str, Any] = {}
        if meeting.held_on >= self.day:
            found = self.position(meeting.authority)
            found["call"] = call_of(meeting, self.rows(Action))
            found["reminded"] = reminded_on(meeting)
            found["no_reminder"] = self.no_reminder(meeting)
            found["mine"] = call_of(meeting, own_actions(self.person, self.day))
        if previous:
            until = min(end_of(meeting.held_on), self.moment)
            found["moved"] = self.movement(meeting.authority, previous, until)
        if previous and "actions" in found:
            since = {"since": previous.held_on, "on": self.day}
            found["stood"] = figures.standing_groups(found["actions"], meeting.authority, **since)
        return found

    def no_reminder(self, meeting: BoardMeeting) -> str:
        """Why owners cannot be reminded today, in a sentence; empty where this person may."""
        try:
            check_call_again(meeting, self.actor, on=self.day)
        except Refused as refusal:
            return refusal.sentence
        return ""


class OnMeetingForm(VerbPage):
    """A page with the form of a meeting."""

    section = "board"
    template_name = "tracker/meeting_form.html"
    authority: Authority

    def allow(self) -> None:
        check(self.actor, Ability.KEEP_PLAN, self.authority)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=str(self.authority), **kwargs)


class PlanPage(OfAuthority, OnMeetingForm):
    """Plan a meeting."""

    form_class = MeetingForm
    title = button = "Plan a meeting"
    done = "The meeting is planned."

    def question(self, form: MeetingForm) -> str | None:
        given = form.cleaned_data
        return question_meeting(given["held_on"], given["updates_by"], as_at=self.day)

    def act(self, form: MeetingForm) -> None:
        given = {name: form.cleaned_data[name] for name in ("held_on", "updates_by", "notes")}
        self.planned = board.plan_meeting(self.authority, by=self.actor, at=self.moment, **given)

    def get_success_url(self) -> str:
        return reverse("meeting", args=[self.planned.pk])


class OnPlannedMeeting(OnMeetingForm):
    """A page with a form about a meeting that is planned."""

    meeting: BoardMeeting

    def find(self, **kwargs: Any) -> None:
        self.meeting = self.row(self.rows(BoardMeeting).select_related("authority"), kwargs["number"])
        self.authority = self.meeting.authority

    def back(self) -> str:
        return reverse("meeting", args=[self.meeting.pk])

    def record(self) -> BoardMeeting:
        return self.meeting

    def facts(self, record: BoardMeeting) -> dict[str, str]:
        return {
            "Day of the meeting": long_date(record.held_on),
            "Updates by": long_date(record.updates_by) if record.updates_by else "Not called for",
            "Notes": record.notes,
            "Cancelled because": record.cancelled_reason,
        }


class ChangePage(OnPlannedMeeting):
    """Change a meeting's day, its call for updates, or its notes."""

    form_class = ChangedMeetingForm
    title = "Change the meeting"
    done = "The meeting is changed."

    def allow(self) -> None:
        board.check_change(self.meeting, self.actor)

    def get_initial(self) -> dict[str, Any]:
        kept = {name: getattr(self.meeting, name) for name in ("held_on", "updates_by", "notes")}
        return {**super().get_initial(), **kept}

    def question(self, form: MeetingForm) -> str | None:
        """Only a day that changes is in question."""
        held_on, updates_by = form.cleaned_data["held_on"], form.cleaned_data["updates_by"]
        return question_meeting(
            held_on if held_on != self.meeting.held_on else None,
            updates_by if updates_by != self.meeting.updates_by else None,
            as_at=self.day,
        )

    def act(self, form: MeetingForm) -> None:
        given = {name: form.cleaned_data[name] for name in ("held_on", "updates_by", "notes", "version")}
        board.change_meeting(self.meeting, by=self.actor, at=self.moment, **given)


class CancelPage(OnPlannedMeeting):
    """Cancel a meeting planned by mistake, or called off."""

    form_class = CancelForm
    template_name = "tracker/form.html"
    title = button = "Cancel the meeting"
    done = "The meeting is cancelled."
    warns = True

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        self.intro = (
            f"The meeting of {long_date(self.meeting.held_on)} stays to be seen, marked as cancelled with your reason."
            " Its call for updates ends."
        )

    def allow(self) -> None:
        board.check_cancel(self.meeting, self.actor)

    def act(self, form: CancelForm) -> None:
        given = form.cleaned_data
        board.cancel_meeting(
            self.meeting, reason=given["reason"], version=given["version"], by=self.actor, at=self.moment
        )


class RemindPage(OnPlannedMeeting):
    """Remind the owners who have not answered; the button stands on the meeting's page."""

    form_class = ConfirmForm
    template_name = "tracker/form.html"
    title = "Remind owners who have not answered"
    intro = (
        "Each of them gets one more call for updates, with their own list, in their next mail: today where today’s has"
        " not gone yet, else on the next working day."
    )
    button = "Remind them"

    def allow(self) -> None:
        check_call_again(self.meeting, self.actor, on=self.day)

    def act(self, form: ConfirmForm) -> None:
        told = call_again(self.meeting, by=self.actor, at=self.moment)
        late = told.too_late
        some = counted(told.owners - late, "owner is", "owners are")
        rest = f" {counted(late, 'has', 'have')} had today’s mail, and no other goes before the day: ask them yourself."
        self.done = f"{some} reminded in their next mail.{rest if late else ''}"
