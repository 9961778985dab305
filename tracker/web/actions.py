"""The list of actions, and the page of one."""

from typing import Any

from django.core.paginator import Paginator

from tracker.access import can, can_action, workable_actions
from tracker.choices import NoteKind, Status
from tracker.filters import ActionFilter
from tracker.models import Action, Extension
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.web import counts, next_step, pieces
from tracker.web.history import told
from tracker.web.moves import choices_of
from tracker.web.pages import Shown

PER_PAGE = 25
UNFINISHED = (*OPEN, Status.SUBMITTED)
RELATED = ("authority", "owner", "recommendation__report")


class ActionList(Shown):
    """All actions the person may see, narrowed and ordered by the address alone, so that it can be passed on."""

    template_name = "tracker/actions.html"
    title = "Actions"
    section = "actions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows(Action).select_related(*RELATED)
        found = ActionFilter(self.request.GET or None, queryset=rows, request=self.request)
        pages = Paginator(found.qs, PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        listed = [(action, action.delivery_on(self.day)) for action in page]
        narrowed = found.in_force if found.is_bound and found.form.is_valid() else []
        limits = counts.thresholds(action.authority for action, _ in listed)
        return super().get_context_data(
            filter=found,
            page=page,
            pages=pages,
            listed=listed,
            narrowed=narrowed,
            thresholds=limits,
            owns=rows.filter(owner=self.person).exists(),
            only_mine=self.request.GET.get("owner") == str(self.person.pk),
            **kwargs,
        )


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
        evidence = pieces.of(self, action)
        extensions = self.rows(Extension).filter(action=action).select_related("asked_by", "decided_by")
        asked = next((row for row in extensions if row.granted is None and not row.withdrawn), None)
        works = workable_actions(self.person, self.day).filter(pk=action.pk).exists()
        moves = choices_of(action, by=self.actor, on=self.day) if works else ()
        standing = [piece for piece in evidence if piece.stands]
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
            "withdrawal": pieces.withdrawal(evidence, self.actor, self.day) if works else None,
            "moves": moves,
            "may_ask": can_action(self.person, Ability.ASK_EXTENSION, action, on=self.day)
            and facts.is_open
            and action.agreed_due,
            "next": next_step.step_for(facts),
        }
        return super().get_context_data(**found, **kwargs)
