"""What was done to several actions at once, lately; and its undoing within the hour."""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from tracker.models import Action, BulkChange
from tracker.rules.bulk import check_undo, undo_until
from tracker.rules.refusal import Refused
from tracker.rules.written_dates import counted
from tracker.services import bulk_undo
from tracker.services.bulk import Foreseen
from tracker.web.forms.actions import ConfirmForm
from tracker.web.pages import Shown, VerbPage

LATEST = 50


class Changes(Shown):
    """The latest bulk changes of the plans the person keeps, each with its way back while there is one."""

    template_name = "tracker/bulk_changes.html"
    title = "Recent bulk changes"
    section = "actions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(BulkChange).select_related("authority", "made_by", "undone_by")[:LATEST]
        changes = [(change, len(change.before), self._until(change)) for change in rows]
        several = len({change.authority_id for change, *_ in changes}) > 1
        return super().get_context_data(changes=changes, several=several, **kwargs)

    def _until(self, change: BulkChange) -> Any:
        """The moment until which it can be undone; None where it no longer can."""
        try:
            check_undo(made_at=change.made_at, undone_at=change.undone_at, at=self.moment)
        except Refused:
            return None
        return undo_until(change.made_at)


class UndoPage(VerbPage):
    """Undo a bulk change: first which actions get back what they had, and which are left and why."""

    form_class = ConfirmForm
    template_name = "tracker/bulk_undo.html"
    title = "Undo this change?"
    section = "actions"
    change: BulkChange
    found: list[Foreseen]

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(BulkChange).select_related("authority", "made_by")
        self.change = self.row(rows, kwargs["number"])

    def allow(self) -> None:
        self.found = bulk_undo.foresee_undo(self.change, by=self.actor, at=self.moment)
        if not any(each.changes for each in self.found):
            raise Refused("Nothing is left to undo: every one of these actions has been changed since.")

    def back(self) -> str:
        return reverse("bulk-changes")

    def act(self, form: ConfirmForm) -> None:
        self.change = bulk_undo.undo(self.change, by=self.actor, at=self.moment)

    def say(self) -> None:
        back = len(self.change.before) - len(self.change.left)
        messages.success(
            self.request, f"Undone: {counted(back, 'action has', 'actions have')} again what they had before."
        )
        if self.change.left:
            named = dict(self.rows(Action).filter(pk__in=self.change.left).values_list("pk", "reference"))
            told = "; ".join(f"{named.get(int(number), number)}: {why}" for number, why in self.change.left.items())
            messages.warning(self.request, f"Left as they are: {told}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changing = [each for each in self.found if each.changes]
        self.button = f"Undo it for {counted(len(changing), 'action', 'actions')}"
        return super().get_context_data(
            change=self.change,
            until=undo_until(self.change.made_at),
            changing=changing,
            left=[each for each in self.found if not each.changes],
            **kwargs,
        )
