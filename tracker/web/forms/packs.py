"""The form that asks for a board pack."""

from datetime import date, datetime
from typing import Any

from django import forms

from tracker.models import BoardMeeting
from tracker.rules.london import end_of
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.web.forms.fields import PageForm, day, tick

MEETING, DAY, NOTHING = "meeting", "day", "none"


class AskPackForm(PageForm):
    """As at which day, what moved since when, and whether with confidential evidence and with files."""

    as_at = day(
        "As at the end of which day?",
        hint="For example, 27 3 2027. Today means: as it stands now.",
        required="Enter a day",
    )
    since = forms.ChoiceField(
        label="Since when is movement told?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose since when movement is told"},
    )
    since_on = day("Since the end of which day?", hint="Only where you have chosen another day.")
    confidential = tick(
        "With confidential evidence",
        hint="Leave it out where the pack goes to the public or to the whole board.",
    )
    with_files = tick("With the files of the evidence", hint="The pack grows by their size.")

    def __init__(self, *args: Any, last: BoardMeeting | None, may_confidential: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        since = self.fields["since"]
        assert isinstance(since, forms.ChoiceField)  # noqa: S101  declared so above
        meeting = [(MEETING, f"Since the meeting of {last}")] if last else []
        since.choices = [*meeting, (DAY, "Since another day"), (NOTHING, "Not at all: only how the plan stands")]
        if not may_confidential:
            del self.fields["confidential"]

    def scope(self, *, day: date, moment: datetime) -> Scope:
        """What is asked for, on that day at that moment. Raises Refused beside the field it is about."""
        given = self.cleaned_data
        if given["as_at"] > day:
            raise Refused("Nobody knows yet how the plan will stand then. Choose today or a day before.", "as_at")
        as_at = moment if given["as_at"] == day else end_of(given["as_at"])
        confidential = bool(given.get("confidential"))
        return Scope(as_at, self._since(), confidential=confidential, files=bool(given["with_files"]))

    def _since(self) -> datetime | None:
        given = self.cleaned_data
        if given["since"] == DAY and not given["since_on"]:
            raise Refused("Enter the day since which movement is told", "since_on")
        chosen = {MEETING: self.last.held_on if self.last else None, DAY: given["since_on"], NOTHING: None}
        since = chosen[given["since"]]
        return end_of(since) if since else None
