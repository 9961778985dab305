"""The moves of an action, each a small page of its own, and the notes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse

from tracker.access import Rights, can, check_action
from tracker.choices import EventKind, Move, NoteKind
from tracker.models import Action, ActionStep, Event, ProgressNote
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.workflow import MOVES, needs
from tracker.rules.written_dates import counted, long_date
from tracker.services import actions, moves
from tracker.web import pieces
from tracker.web.forms.actions import BehalfForm, MoveForm, NoteForm, OwnersMoveForm, SubmitForm
from tracker.web.pages import VerbPage

DONE: dict[Move, str] = {
    Move.START: "Work on {0} has started.",
    Move.SUBMIT: "{0} is submitted and awaits sign-off.",
    Move.RECALL: "You have taken back the submission of {0}.",
    Move.RETURN: "{0} is returned to its owner.",
    Move.SIGN_OFF: "{0} is signed off and closed.",
    Move.REOPEN: "{0} is open again.",
    Move.SUPERSEDE: "{0} is marked as superseded.",
    Move.SET_ASIDE: "{0} is marked as no longer applicable.",
    Move.RESTORE: "{0} is back in the plan.",
}
INTROS: dict[Move, str] = {
    Move.START: "The action is then in progress. You may add a first note.",
    Move.SUBMIT: "You say that everything is done. Somebody else tests the evidence before it is closed.",
    Move.RECALL: "The action is then in progress again.",
    Move.RETURN: "The owner sees your reason and goes on working.",
    Move.SIGN_OFF: "You have tested the evidence, and it shows what was to be done. It comes back to be looked at again"
    " in six months.",
    Move.REOPEN: "The original due date stays; a new one is agreed.",
    Move.SUPERSEDE: "It leaves the counts of what is open, and stays to be seen.",
    Move.SET_ASIDE: "It leaves the counts of what is open, and stays to be seen.",
    Move.RESTORE: "It goes back to where it stood.",
}
TESTING = (Move.SIGN_OFF, Move.RETURN)
WARNING = (Move.SUPERSEDE, Move.SET_ASIDE)


# The moves with which a stretch of work begins; what was noted before them belongs to an earlier submission.
BEGINNINGS = (EventKind.ACTION_RETURNED, EventKind.ACTION_REOPENED, EventKind.ACTION_RESTORED)


@dataclass(frozen=True)
class Choice:
    """A move that this status allows: open to the person, or closed with the sentence that says why."""

    move: Move
    refusal: str


def choices_of(action: Action, rights: Rights) -> tuple[Choice, ...]:
    """Every move that leads on from the action's status, in the order of the table."""
    possible = [move for move, rule in MOVES.items() if action.status in rule.before]
    choices = [Choice(move, _refusal(action, move, rights)) for move in possible]
    # Nobody waits for an action to leave the plan: who may not take it out is not told so on every page.
    return tuple(choice for choice in choices if not (choice.refusal and choice.move in WARNING))


def _refusal(action: Action, move: Move, rights: Rights) -> str:
    """Why the move is closed to the person; empty where it is open. What its form asks for is taken as given."""
    given: dict[str, Any] = {"reason": "asked for", "new_due": rights.on + timedelta(days=1)}
    try:
        moves.check_may_move(action, move, by=rights.by, on=rights.on, rights=rights, **given)
    except Refused as refusal:
        return refusal.sentence
    return ""


def facts_of(action: Action) -> dict[str, str]:
    """What to compare when somebody else changed an action meanwhile."""
    return {
        "Status": action.get_status_display(),
        "Owner": action.owner.name if action.owner else "Nobody",
        "Due": long_date(action.agreed_due) if action.agreed_due else "No due date",
        "What we will do": action.what,
        "Last reason given": action.last_move_reason,
        "Rating lowered because": action.lowered_reason,
    }


class OnAction(VerbPage):
    """A page with a form about one action."""

    section = "actions"
    action: Action

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Action).select_related(
            "authority", "owner", "submitted_by", "recommendation__report__authority"
        )
        self.action = self.row(rows, kwargs["number"])

    def facts(self, record: Action) -> dict[str, str]:
        return facts_of(record)

    def back(self) -> str:
        return reverse("action", args=[self.action.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.action.reference, action=self.action, **kwargs)

    def behalf(self) -> dict[str, Any]:
        """What a form needs in which a lead may enter something on the owner's behalf."""
        owner = self.action.owner if self.action.owner_id != self.person.pk else None
        return {"owner": owner, "may_act_for": can(self.person, Ability.WORK, self.action.authority_id)}


class MovePage(OnAction):
    """One move with what it needs."""

    form_class = MoveForm
    template_name = "tracker/move.html"
    move: Move

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        if kwargs["move"] not in Move.values:
            raise Http404("There is no such move.")
        self.move = Move(kwargs["move"])
        self.title = self.button = str(self.move.label)
        self.intro, self.done = INTROS[self.move], DONE[self.move].format(self.action.reference)
        self.warns = self.move in WARNING
        if self.move in TESTING and self.action.submitted_by_id:
            self.template_name = "tracker/test_evidence.html"

    def allow(self) -> None:
        refusal = _refusal(self.action, self.move, Rights(self.actor, self.action, on=self.day))
        # A form that was open while somebody else moved the action is answered with both versions, not sent away.
        if refusal and self.request.method != "POST":
            raise Refused(refusal)

    def record(self) -> Action:
        return self.action

    def get_form_class(self) -> type[MoveForm]:
        if self.move == Move.SUBMIT:
            return SubmitForm
        return OwnersMoveForm if self.move in moves.FOR_OWNERS else MoveForm

    def get_form_kwargs(self) -> dict[str, Any]:
        behalf = self.behalf() if self.move in moves.FOR_OWNERS else {}
        return {**super().get_form_kwargs(), "needed": needs(self.move), **behalf}

    def question(self, form: Any) -> str | None:
        still = self.still_open() if self.move == Move.SUBMIT else []
        count = counted(len(still), "step is", "steps are")
        return f"{count} not done yet. Submit it all the same?" if still else None

    def still_open(self) -> list[ActionStep]:
        """The steps that are not done."""
        return list(self.rows(ActionStep).filter(action=self.action, withdrawn_on=None, done_on=None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.tested() if self.move in TESTING else {}
        if self.move == Move.SUBMIT:
            shown["still_open"] = self.still_open()
        return super().get_context_data(**shown, **kwargs)

    def tested(self) -> dict[str, Any]:
        """What a lead looks at before the decision: the evidence, and the notes since work last began anew."""
        about = {"subject_type": Action.trail_type(), "subject_id": self.action.pk}
        begun = self.rows(Event).filter(kind__in=BEGINNINGS, **about).order_by("-recorded_at").first()
        notes = self.rows(ProgressNote).filter(action=self.action).select_related("written_by", "on_behalf_of")
        return {
            "steps": self.rows(ActionStep).filter(action=self.action, withdrawn_on=None),
            "evidence": pieces.of(self, self.action),
            "notes": notes.filter(written_at__gte=begun.recorded_at) if begun else notes,
            "notes_since": begun.recorded_at if begun else None,
        }

    def act(self, form: MoveForm) -> None:
        given = form.cleaned_data
        moves.move(
            self.action,
            self.move,
            by=self.actor,
            at=self.moment,
            reason=given.get("reason", ""),
            note=given["note"],
            new_due=given.get("new_due"),
            on_behalf_of=form.behalf() if isinstance(form, BehalfForm) else None,
            version=given["version"],
        )


class OnOwnWork(OnAction):
    """A page for those who work on the action; a lead may enter things on the owner's behalf."""

    def allow(self) -> None:
        check_action(self.actor, Ability.WORK, self.action, on=self.day)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.behalf()}


class NotePage(OnOwnWork):
    """A progress note."""

    form_class = NoteForm
    title = "Add a note"
    button = "Save the note"
    done = "The note is saved."

    def get_initial(self) -> dict[str, Any]:
        return {"kind": NoteKind.UPDATE}

    def act(self, form: NoteForm) -> None:
        given = form.cleaned_data
        actions.note(
            self.action,
            text=given["text"],
            kind=NoteKind(given["kind"]),
            on_behalf_of=form.behalf(),
            by=self.actor,
            at=self.moment,
        )
