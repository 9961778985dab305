"""The page of one action: what to do next, what and by when, its steps, notes, evidence, ratings, and its history."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from tracker.access import Rights
from tracker.choices import Status
from tracker.models import Action, ActionCheck, ActionStep, Erasure, Extension, ImpactMeasure, ProgressNote
from tracker.rules.answers import standing_help
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.rules.steps import is_late, progress
from tracker.web import challenges, counts, next_step, pieces
from tracker.web.history import Told, told
from tracker.web.moves import choices_of
from tracker.web.offers import offers_of
from tracker.web.pages import Shown
from tracker.web.raised import again

UNFINISHED = (*OPEN, Status.SUBMITTED)
RELATED = (
    "authority",
    "owner",
    "accountable",
    "submitted_by",
    "submitted_for",
    "closed_by",
    "lowered_by",
    "impact_by",
    "split_from",
    "moved_from__report",
    "recommendation__report__authority",
)
NOTES_SHOWN = 3


class ActionPage(Shown):
    """One action. Each kind of row is read once, whatever their number."""

    template_name = "tracker/action.html"
    section = "actions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(Action).select_related(*RELATED).prefetch_related("partners", "split_into")
        action: Action = self.row(rows, self.kwargs["number"])
        self.title = f"Action {action.reference}"
        rights = Rights(self.actor, action, on=self.day)
        found = {"action": action, "rating": action.delivery_on(self.day), **self.beside(action, rights)}
        return super().get_context_data(**found, **kwargs)

    def of(self, model: Any, action: Action, *related: str) -> QuerySet[Any]:
        """The rows of a kind that hang on the action, as far as the person may see them."""
        return self.rows(model).filter(action=action).select_related(*related)

    def beside(self, action: Action, rights: Rights) -> dict[str, Any]:
        """What the page shows beside the action's own record."""
        held = pieces.of(self, action)
        there = Told(
            action,
            notes=list(self.of(ProgressNote, action, "written_by", "on_behalf_of")),
            evidence=[piece.row for piece in held],
            extensions=list(self.of(Extension, action, "asked_by", "decided_by")),
        )
        return {
            "evidence": held,
            "withdrawal": pieces.withdrawal(held, rights) if rights.allows(Ability.WORK) else None,
            "extensions": there.extensions,
            "checks": self.of(ActionCheck, action, "done_by"),
            **self.noted(action, there.notes),
            **self.erased(action),
            **self.stepped(action),
            **self.offered(action, rights, there),
            "measures": self.of(ImpactMeasure, action).prefetch_related("earlier"),
            **challenges.on_action(self, action, rights),
            "again": again(self, [action.recommendation]).get(action.recommendation_id),
            "thresholds": counts.thresholds([action.authority]),
            "history": told(there, self.person, self.day, reads_trail=rights.whole(Ability.SEE_TRAIL)),
        }

    def noted(self, action: Action, notes: Sequence[ProgressNote]) -> dict[str, Any]:
        """The latest notes, the earlier ones, and the first of those that ask for help and are not answered."""
        place = standing_help([note.kind for note in notes]) if action.status in UNFINISHED else None
        return {
            "notes": notes[:NOTES_SHOWN],
            "earlier_notes": notes[NOTES_SHOWN:],
            "help": None if place is None else notes[place],
            "helped": None if place is None else notes[place].on_behalf_of or notes[place].written_by,
        }

    def erased(self, action: Action) -> dict[str, Any]:
        """The erasures of its words and of its notes that were done or (for those who keep the plan) asked for."""
        rows = self.rows(Erasure).filter(Q(note__action=action) | Q(action=action)).exclude(granted=False)
        about = list(rows.select_related("asked_by", "decided_by").order_by("pk"))
        notes = [each for each in about if each.note_id]
        return {
            "word_erasures": [each for each in about if each.action_id],
            "note_erasures": notes,
            "asked_notes": [each.note_id for each in notes],
            "erasable": True,
        }

    def stepped(self, action: Action) -> dict[str, Any]:
        """The steps that count, each with whether it is overdue; how far they are; and those withdrawn."""
        rows = list(self.of(ActionStep, action, "done_by", "done_for", "withdrawn_by"))
        standing = [step for step in rows if step.withdrawn_on is None]
        return {
            "steps": [(step, is_late(step, as_at=self.day)) for step in standing],
            "progress": progress(standing, as_at=self.day),
            "withdrawn_steps": [step for step in rows if step.withdrawn_on is not None],
        }

    def offered(self, action: Action, rights: Rights, there: Told) -> dict[str, Any]:
        """What the person may do, and the one thing to do next."""
        works, leads = rights.allows(Ability.WORK), rights.whole(Ability.KEEP_PLAN)
        asked = next((row for row in there.extensions if row.granted is None and not row.withdrawn), None)
        moves = choices_of(action, rights) if works else ()
        return {
            "works": works,
            "leads": leads,
            "asked": asked,
            "moves": moves,
            "sees_evidence": rights.allows(Ability.SEE_EVIDENCE),
            "sees_open_only": rights.allows(Ability.SEE_EVIDENCE)
            and not (rights.whole(Ability.SEE_EVIDENCE) or rights.owns),
            "offers": offers_of(action, rights) if works else None,
            "for_owner": leads and action.owner_id not in (None, self.person.pk),
            "may_ask": rights.allows(Ability.ASK_EXTENSION) and action.status in OPEN and action.agreed_due,
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        """The next step is found last: it looks at all that is on the page."""
        context["next"] = next_step.step_for(next_step.facts_from(context, self.person, self.day))
        return super().render_to_response(context, **kwargs)
