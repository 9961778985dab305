"""The one clear next step of an action's page: the first row of the table that applies to the person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from tracker.choices import Move, Status
from tracker.models import Action, Extension, User
from tracker.rules.standing import OPEN
from tracker.rules.steps import Progress
from tracker.web.moves import Choice


@dataclass(frozen=True)
class Facts:
    """What decides the next step: the action, who looks, what they may do, what is there."""

    action: Action
    person: User
    leads: bool
    works: bool
    has_evidence: bool
    asked: Extension | None
    moves: Sequence[Choice]
    progress: Progress = Progress(0, 0, 0)
    look: bool = False
    help_of: User | None = None

    @property
    def is_open(self) -> bool:
        """Not started or in progress."""
        return self.action.status in OPEN

    def may(self, move: Move) -> bool:
        """Whether the move is open to the person and lacks nothing that must be there before."""
        return any(choice.move == move and not choice.refusal for choice in self.moves)

    @property
    def owns(self) -> bool:
        """Works on it without being a lead, or is its owner: the owner's steps are theirs."""
        return self.works and (not self.leads or self.action.owner_id == self.person.pk)

    @property
    def decides(self) -> bool:
        """An extension waits that this person may decide on."""
        own = self.asked and self.person.pk in (self.asked.asked_by_id, self.action.owner_id)
        return self.leads and self.asked is not None and not own

    @property
    def waits_for_publication(self) -> bool:
        """The report prints a timescale, and only its publication date is missing."""
        recommendation = self.action.recommendation
        return bool(recommendation.timescale) and recommendation.report.publication_date is None


@dataclass(frozen=True)
class NextStep:
    """What to do next: why, in a sentence; the words of the button, and where it leads."""

    why: str
    words: str
    address: str


def facts_from(page: dict[str, Any], person: User, on: date) -> Facts:
    """The facts, out of what the page of an action has read."""
    action, offers = page["action"], page["offers"]
    waits = action.next_check_on is not None and action.next_check_on <= on
    return Facts(
        action,
        person,
        page["leads"],
        page["works"],
        any(piece.stands for piece in page["evidence"]),
        page["asked"],
        page["moves"],
        page["progress"],
        bool(waits and offers and offers.look and not offers.look.refusal),
        page["helped"],
    )


def _to(name: str, *parts: object) -> Callable[[Facts], str]:
    return lambda facts: reverse(name, args=[facts.action.pk, *parts])


def _report(facts: Facts) -> str:
    return reverse("publication", args=[facts.action.recommendation.report_id])


def _decision(facts: Facts) -> str:
    return reverse("decide-extension", args=[facts.asked.pk if facts.asked else 0])


def _steps(facts: Facts) -> str:
    return "#steps"


Row = tuple[Callable[[Facts], bool], str, str, Callable[[Facts], str]]
STEPS: tuple[Row, ...] = (
    (
        lambda f: f.leads and f.help_of is not None and f.help_of != f.person,
        "{helped} asks for help. A note of yours answers it.",
        "Answer with a note",
        _to("note"),
    ),
    (lambda f: f.decides, "An extension has been asked for.", "Decide on the extension", _decision),
    (
        lambda f: f.may(Move.SIGN_OFF),
        "The owner says that this is complete. Test the evidence, then sign it off or return it.",
        "Sign off and close",
        _to("move", Move.SIGN_OFF.value),
    ),
    (
        lambda f: f.look,
        "It is closed, and the day has come to look whether the change has held.",
        "Look at it again",
        _to("look-again"),
    ),
    (
        lambda f: f.leads and f.is_open and f.action.owner_id is None,
        "Nobody owns this action yet.",
        "Give it an owner",
        _to("assign"),
    ),
    (
        lambda f: f.leads and f.is_open and f.action.agreed_due is None and f.waits_for_publication,
        "It has a timescale, but no due date until the report’s publication date is known.",
        "Enter the publication date",
        _report,
    ),
    (
        lambda f: f.leads and f.is_open and f.action.agreed_due is None,
        "It has no due date, because the report prints no timescale for it.",
        "Set its first due date",
        _to("first-due"),
    ),
    (
        lambda f: f.owns and f.may(Move.START) and f.action.status == Status.NOT_STARTED,
        "Work on this has not been started.",
        "Start work",
        _to("move", Move.START.value),
    ),
    (
        lambda f: f.owns and f.is_open and f.progress.open > 0,
        "Steps: {progress}. Tick each as you get it done.",
        "Go to the steps",
        _steps,
    ),
    (
        lambda f: f.owns and f.is_open and not f.has_evidence,
        "Before it can be submitted, something has to show what was done.",
        "Attach evidence",
        _to("add-evidence", "file"),
    ),
    (
        lambda f: f.owns and f.may(Move.SUBMIT),
        "Evidence is attached. When everything is done, submit it for sign-off.",
        "Submit as complete",
        _to("move", Move.SUBMIT.value),
    ),
    (
        lambda f: f.leads and f.action.status == Status.NOT_STARTED and f.action.owner_id is not None,
        "{owner} has not started yet. Note what you know, or ask them.",
        "Add a note",
        _to("note"),
    ),
    (
        lambda f: f.leads and f.is_open,
        "The owner is at work on it. Note what you know, or ask them.",
        "Add a note",
        _to("note"),
    ),
)


def step_for(facts: Facts) -> NextStep | None:
    """The next step for this person; None where nothing is asked of them."""
    for applies, why, words, address in STEPS:
        if applies(facts):
            owner = facts.action.owner.name if facts.action.owner else ""
            helped = facts.help_of.name if facts.help_of else ""
            return NextStep(why.format(owner=owner, progress=facts.progress, helped=helped), words, address(facts))
    return None
