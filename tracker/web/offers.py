"""What the page of an action offers beside its moves: a button, or the sentence why it is closed, by the verb's own check."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tracker.access import Rights
from tracker.models import Action
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN
from tracker.services import looking, measures, ratings, rearranging, steps

Check = Callable[[Action, Rights], None]


@dataclass(frozen=True)
class Offer:
    """A button: its name, its words, where it leads; closed where there is a refusal, which says why."""

    name: str
    words: str
    address: str
    refusal: str


@dataclass(frozen=True)
class Offers:
    """All that is offered to a person on the page of an action, by the section it stands in."""

    steps: Offer
    measures: Offer
    ratings: tuple[Offer, ...]
    plan: tuple[Offer, ...]
    look: Offer | None


def offers_of(action: Action, rights: Rights) -> Offers:
    """What is offered; the ratings and the plan only to those who keep it, so that nobody else reads why not."""

    def offer(name: str, words: str, check: Check | None = None) -> Offer:
        return Offer(name, words, reverse(name, args=[action.pk]), _refusal(check, action, rights))

    leads = rights.whole(Ability.KEEP_PLAN)
    lowered = (
        offer("lift-rating", "Lift the lowered rating", ratings.check_lift)
        if action.lowered_to
        else offer("lower-rating", "Lower the delivery rating", ratings.check_lower)
    )
    rated = (lowered, offer("rate-impact", "Rate the impact", ratings.check_impact))
    kept = [
        offer("assign", "Change the owner" if action.owner_id else "Give it an owner"),
        offer("edit-action", "Change its words and people"),
        offer("split", "Split it", rearranging.check_rearrange),
        offer("move-to", "Move it to another recommendation", rearranging.check_rearrange),
    ]
    if action.agreed_due is None and action.status in OPEN:
        kept.insert(1, offer("first-due", "Set its first due date"))
    kept.append(offer("erase-words", "Have words erased"))
    waits = leads and action.next_check_on is not None
    return Offers(
        steps=offer("add-step", "Add a step", steps.check_steps),
        measures=offer("add-measure", "Add a measure", measures.check_measures),
        ratings=rated if leads else (),
        plan=tuple(kept) if leads else (),
        look=offer("look-again", "Look at it again", looking.check_look) if waits else None,
    )


def _refusal(check: Check | None, action: Action, rights: Rights) -> str:
    try:
        if check:
            check(action, rights)
    except Refused as refusal:
        return refusal.sentence
    return ""
