"""The page of one action."""

from typing import Any

from tracker.access import can, can_action, workable_actions
from tracker.choices import NoteKind, Status
from tracker.models import Action, Evidence, Extension
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.web import challenges, counts, next_step
from tracker.web.history import told
from tracker.web.moves import choices_of
from tracker.web.pages import Shown

UNFINISHED = (*OPEN, Status.SUBMITTED)
RELATED = ("authority", "owner", "recommendation__report")


class ActionPage(Shown):
    """One action: what it is, why its date, what was done, and the one clear next step."""

    template_name = "tracker/action.html"
    section = "actions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        related = (
            *RELATED,
            "accountable",
            "submitted_by",
            "closed_by",
            "lowered_by",
            "recommendation__report__authority",
        )
        action = self.row(self.rows(Action).select_related(*related), self.kwargs["number"])
        self.title = f"Action {action.reference}"
        evidence = self.rows(Evidence).filter(action=action).select_related("added_by", "on_behalf_of", "withdrawn_by")
        extensions = self.rows(Extension).filter(action=action).select_related("asked_by", "decided_by")
        asked = next((row for row in extensions if row.granted is None and not row.withdrawn), None)
        works = workable_actions(self.person, self.day).filter(pk=action.pk).exists()
        moves = choices_of(action, by=self.actor, on=self.day) if works else ()
        standing = [row for row in evidence if not row.withdrawn_at and not row.erased_at]
        leads = can(self.person, Ability.KEEP_PLAN, action.authority)
        facts = next_step.Facts(action, self.person, leads, works, bool(standing), asked, moves)
        notes = list(action.notes.select_related("written_by", "on_behalf_of"))
        found = {
            "action": action,
            "rating": action.delivery_on(self.day),
            "thresholds": counts.thresholds([action.authority]),
            "evidence": evidence,
            "extensions": extensions,
            "asked": asked,
            "notes": notes,
            "help": notes[0] if action.status in UNFINISHED and notes and notes[0].kind == NoteKind.HELP else None,
            "history": told(action, self.person, self.day),
            "sees_evidence": can_action(self.person, Ability.SEE_EVIDENCE, action, on=self.day),
            "leads": leads,
            "works": works,
            "moves": moves,
            "may_ask": can_action(self.person, Ability.ASK_EXTENSION, action, on=self.day)
            and facts.is_open
            and action.agreed_due,
            "next": next_step.step_for(facts),
            **challenges.on_action(self, action),
        }
        return super().get_context_data(**found, **kwargs)
