"""The board's forms: a meeting with its call for updates, its cancellation, a challenge, an answer, a day to take the plan as at."""

from typing import Any

from django import forms

from tracker.models import BoardMeeting
from tracker.web.forms.fields import AskingForm, PageForm, VersionedForm, day, line, words


class MeetingForm(AskingForm):
    """The day of a meeting, the day by which updates are called for, and notes; an odd day is asked about once."""

    held_on = day("Day of the meeting", required="Enter the day of the meeting")
    updates_by = day(
        "Updates by (optional)",
        hint="Owners of open actions are asked for news by this day, and see it at once. Leave it empty to call later.",
    )
    notes = words(
        "Notes (optional)", hint="Where it meets, what is on the agenda. Everybody who sees the plan can read them."
    )


class ChangedMeetingForm(MeetingForm, VersionedForm):
    """The same about a meeting that others may change meanwhile."""


class CancelForm(VersionedForm):
    """Why a meeting is cancelled."""

    reason = words(
        "Reason", hint="It is shown beside the meeting.", required="Say why the meeting is cancelled.", rows=3
    )


class ChallengeForm(PageForm):
    """A challenge; where it does not come from an action's page, it may name an action, and the meeting it was put at."""

    text = words(
        "What do you ask?",
        hint="One question, in plain words. The lead answers it here.",
        required="Write the challenge.",
    )
    reference = line(
        "Which action is it about? (optional)",
        hint="Its reference, for example RTH-2012-07. Leave it empty for the plan as a whole.",
        max_length=30,
    )
    meeting: "forms.ModelChoiceField[BoardMeeting]" = forms.ModelChoiceField(
        label="Was it put at a meeting? (optional)", queryset=None, required=False, empty_label="Not at a meeting"
    )

    def __init__(self, *args: Any, meetings: Any, about_action: bool, at_meeting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if about_action:
            del self.fields["reference"]
        if at_meeting or not meetings.exists():
            del self.fields["meeting"]
        else:
            field = self.fields["meeting"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so above
            field.queryset = meetings


class AnswerForm(PageForm):
    """The answer to a challenge, given once."""

    answer = words(
        "Answer",
        hint="It is shown beside the challenge and cannot be changed afterwards.",
        required="Write the answer.",
        rows=6,
    )


class AsAtForm(PageForm):
    """The day as at which a plan is taken."""

    as_at = day(
        "As at the end of which day?",
        hint="For example, 27 3 2027. Today means: as it stands now.",
        required="Enter a day",
    )
