"""The small pages of an action: its moves, its owner, its first date, its ratings, the second look."""

from datetime import date, datetime
from typing import Any

from django import forms

from tracker.access import Actor, assignable_people
from tracker.admin.pages import Page, Preview, for_keepers, refusal_of
from tracker.admin.verb_forms import Values, VersionedForm, choice_field, day_field, offer, text_field
from tracker.choices import CheckOutcome, Delivery, Impact, Move, Status
from tracker.rules.london import day_of
from tracker.rules.questions import question_due
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.rules.standing import OPEN, check_lowered, delivery
from tracker.rules.workflow import Need, needs
from tracker.services import actions, extensions, looking, moves, ratings
from tracker.services.reference import settings_of


class MoveForm(VersionedForm):
    """A note for every move; a reason and a new date where the table of moves demands them."""

    field_order = ("reason", "new_due", "note")
    note = text_field("Note (optional)", help_text="Kept as a progress note.")


def _form_of(move: Move) -> type[VersionedForm]:
    demanded = {
        Need.REASON: ("reason", text_field("Reason")),
        Need.NEW_DUE: ("new_due", day_field("New due date", required=False)),
    }
    fields = dict(demanded[need] for need in needs(move) if need in demanded)
    return type(f"{move.name.title()}Form", (MoveForm,), fields)


def _page_of(move: Move) -> Page:
    def act(row: Any, values: Values, by: Actor, at: datetime) -> object:
        return moves.move(row, move, by=by, at=at, **values)

    def check(row: Any, by: Actor, on: date) -> object:
        # What the form asks for is taken as given: the question is whether the move itself is open.
        return moves.check_may_move(row, move, by=by, on=on, reason="given", new_due=on)

    return Page(move.value.replace("_", "-"), move.label, _form_of(move), act, closed=refusal_of(check))


class OwnerForm(VersionedForm):
    """Who owns the action."""

    owner = choice_field(required=False, empty_label="Nobody", help_text="Leave empty to take it from its owner.")

    def prepare(self) -> None:
        """The people of the authority who may own actions."""
        offer(self, "owner", assignable_people(self.row.authority_id))
        self.fields["owner"].initial = self.row.owner_id


class FirstDueForm(VersionedForm):
    """The first due date, with its reason."""

    due = day_field("Due date")
    reason = text_field("Why this date", required=True)


def preview_due(row: Any, values: Values, by: Actor, at: datetime) -> Preview:
    """The date as it would stand, and a question where it is odd."""
    published = row.recommendation.report.publication_date
    asked = question_due(values["due"], as_at=day_of(at), publication=published)
    plain = f"{row} becomes due on {values['due']:%A %-d %B %Y}. Later it moves by an extension only."
    return Preview(sentences=[plain, *([asked] if asked else [])])


def _check_undated(row: Any, by: Actor, on: date) -> None:
    if row.agreed_due is not None:
        raise Refused("It has a due date already, which moves by an extension only.")
    if row.status not in OPEN:
        raise Refused("It is not open, so it needs no due date.")


class ReasonForm(VersionedForm):
    """A reason."""

    reason = text_field("Reason")


class ImpactForm(VersionedForm):
    """The impact rating, and on what it rests."""

    impact = forms.ChoiceField(choices=Impact.choices, widget=forms.RadioSelect)
    reason = text_field("What the rating rests on")

    def prepare(self) -> None:
        """The rating as it is."""
        self.fields["impact"].initial = self.row.impact


class CheckForm(VersionedForm):
    """What was found when a closed action was looked at again."""

    outcome = forms.ChoiceField(label="What was found", choices=CheckOutcome.choices, widget=forms.RadioSelect)
    note = text_field("In words")
    new_due = day_field("New due date, if it has slipped", required=False)


class AskForm(VersionedForm):
    """A later date, and why."""

    to_due = day_field("New due date")
    reason = text_field("Why more time is needed")


def _check_lowerable(row: Any, by: Actor, on: date) -> None:
    computed = delivery(row.standing, as_at=on, settings=settings_of(row.authority).rating)
    check_lowered(computed, Delivery.AMBER)


def _check_lowered_before(row: Any, by: Actor, on: date) -> None:
    if not row.lowered_to:
        raise Refused("The rating has not been lowered.")


def _check_awaits_look(row: Any, by: Actor, on: date) -> None:
    if row.status != Status.CLOSED or row.next_check_on is None:
        raise Refused("It is not waiting to be looked at again.")


def _check_extendable(row: Any, by: Actor, on: date) -> None:
    if row.status not in OPEN or row.agreed_due is None:
        raise Refused("It has no open due date that could be extended.")


def _keepers(check: Any, ability: Ability = Ability.KEEP_PLAN) -> Any:
    """Closed to whom the ability does not reach, and where the check refuses."""
    first, then = for_keepers(ability), refusal_of(check)
    return lambda row, by, on: first(row, by, on) or then(row, by, on)


def _ask(row: Any, values: Values, by: Actor, at: datetime) -> object:
    return extensions.ask(row, to_due=values["to_due"], reason=values["reason"], by=by, at=at)


PAGES: tuple[Page, ...] = (
    *(_page_of(move) for move in Move),
    Page(
        "owner",
        "Assign an owner",
        OwnerForm,
        lambda row, values, by, at: actions.assign(row, by=by, at=at, **values),
        closed=for_keepers(Ability.KEEP_PLAN),
    ),
    Page(
        "first-due",
        "Set the first due date",
        FirstDueForm,
        lambda row, values, by, at: actions.set_first_due(row, by=by, at=at, **values),
        closed=_keepers(_check_undated),
        preview=preview_due,
    ),
    Page("ask-extension", "Ask for an extension", AskForm, _ask, closed=refusal_of(_check_extendable)),
    Page(
        "lower-rating",
        "Lower the delivery rating",
        ReasonForm,
        lambda row, values, by, at: ratings.lower_rating(row, by=by, at=at, **values),
        closed=_keepers(_check_lowerable),
    ),
    Page(
        "lift-rating",
        "Lift the lowered rating",
        ReasonForm,
        lambda row, values, by, at: ratings.lift_rating(row, by=by, at=at, **values),
        closed=_keepers(_check_lowered_before),
    ),
    Page(
        "impact",
        "Rate the impact",
        ImpactForm,
        lambda row, values, by, at: ratings.rate_impact(row, by=by, at=at, **values),
        closed=for_keepers(Ability.KEEP_PLAN),
    ),
    Page(
        "look-again",
        "Look at it again",
        CheckForm,
        lambda row, values, by, at: looking.look_again(row, by=by, at=at, **values),
        closed=_keepers(_check_awaits_look, Ability.SIGN_OFF),
    ),
)
