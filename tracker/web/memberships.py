"""What is done about one membership: another role, its end with a hand-over, a deputy for a leave."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.urls import reverse

from tracker.access import assignable_people
from tracker.choices import Role
from tracker.models import Action, Membership, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import IN_WORDS, WORKING
from tracker.rules.written_dates import short_date
from tracker.services import deputies, memberships
from tracker.web.action_list import RELATED
from tracker.web.forms.actions import ConfirmForm
from tracker.web.forms.people import ChangeRoleForm, DeputyForm, EndForm
from tracker.web.pages import VerbPage


class OnMembership(VerbPage):
    """A page about one membership: the person's own, or one of a council whose people they keep; 404 otherwise."""

    section = "people"
    membership: Membership

    def find(self, **kwargs: Any) -> None:
        rows = self.rows(Membership).select_related("user", "authority", "deputy")
        self.membership = self.row(rows, kwargs["number"])

    @property
    def holder(self) -> User:
        """Whose membership it is."""
        return self.membership.user

    def back(self) -> str:
        if self.membership.ended_at and self.holder.pk == self.person.pk:
            return reverse("me")
        return reverse("person", args=[self.membership.authority.code, self.holder.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = f"{self.holder.name}, {self.membership.authority}"
        return super().get_context_data(about=about, membership=self.membership, **kwargs)


class _Leaving(OnMembership):
    """A page after which the person may hold no actions: what is left, and who takes it."""

    def left(self, becomes: Role | None) -> memberships.LeftBehind:
        """What would be left to settle."""
        return memberships.what_follows(self.membership, becomes=becomes, by=self.actor, on=self.day)

    def shown(self, left: memberships.LeftBehind) -> dict[str, Any]:
        """The same for the page: of the actions those the viewer may see, and how many there are."""
        numbers = [each.pk for each in left.held]
        seen = self.rows(Action).filter(pk__in=numbers).select_related(*RELATED).ranked()
        return {"left": left, "held": seen, "held_count": len(numbers)}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = assignable_people(self.membership.authority_id).exclude(pk=self.holder.pk)
        return {**super().get_form_kwargs(), "people": others, "asks": bool(self.left(None).held)}


class EndPage(_Leaving):
    """End a role. Open actions are handed over in the same step."""

    form_class = EndForm
    template_name = "tracker/end_membership.html"
    button = "End the role"
    warns = True

    def allow(self) -> None:
        memberships.check_end(self.membership, self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = str(self.membership.get_role_display()).lower()
        self.title = f"End the role of {role}?"
        return super().get_context_data(**self.shown(self.left(None)), **kwargs)

    def act(self, form: EndForm) -> None:
        given = form.cleaned_data
        taker = given.get("hand_over_to")
        self.membership = memberships.end_membership(
            self.membership, reason=given["reason"], hand_over_to=taker, by=self.actor, at=self.moment
        )
        if self.membership.user_id == self.person.pk:  # who ends their own last role is told so, and not shut out first
            update_session_auth_hash(self.request, self.row(self.rows(User), self.person.pk))
        role = str(self.membership.get_role_display()).lower()
        self.done = f"{self.holder.name} is no longer {role} of {self.membership.authority}."
        if taker:
            self.done += f" Their open actions are now {taker.name}’s."


class ChangeRolePage(_Leaving):
    """Another role: first what would follow, then the saving."""

    form_class = ChangeRoleForm
    template_name = "tracker/change_role.html"
    title = "Change the role"
    button = "Show what would change"

    def allow(self) -> None:
        memberships.check_change(self.membership, self.actor)

    def get_initial(self) -> dict[str, Any]:
        kept = {"role": self.membership.role, "sees_confidential": self.membership.sees_confidential}
        return {**super().get_initial(), **kept}

    def form_valid(self, form: ChangeRoleForm) -> HttpResponse:
        given = form.cleaned_data
        if "change" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if given["confirmed"]:
            return super().form_valid(form)
        left = self.left(form.chosen())
        try:
            memberships.check_change_to(
                self.membership, form.chosen(), sees_confidential=given["sees_confidential"], by=self.actor
            )
            memberships.check_taken(left, given.get("hand_over_to"))
        except Refused as refusal:
            form.refuse(refusal)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, preview=self.preview(form), **self.shown(left)))

    def preview(self, form: ChangeRoleForm) -> dict[str, Any]:
        """The role before and after, each with what it is for."""
        before, after = Role(self.membership.role), form.chosen()
        packs = form.cleaned_data["sees_confidential"] and after is Role.BOARD
        return {
            "before": (before.label, IN_WORDS[before], self.membership.sees_confidential),
            "after": (after.label, IN_WORDS[after], packs),
            "taker": form.cleaned_data.get("hand_over_to"),
            "deputy": self.membership.deputy if after not in WORKING else None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # A preview is a page of its own: its heading says what would happen.
        if kwargs.get("preview"):
            self.title, self.button = "Check what would change", "Change the role"
        return super().get_context_data(**kwargs)

    def act(self, form: ChangeRoleForm) -> None:
        given = form.cleaned_data
        memberships.change_membership(
            self.membership,
            role=form.chosen(),
            sees_confidential=given["sees_confidential"],
            reason=given["reason"],
            hand_over_to=given.get("hand_over_to"),
            by=self.actor,
            at=self.moment,
        )
        self.done = f"{self.holder.name} is now {form.chosen().label.lower()} of {self.membership.authority}."


class DeputyPage(OnMembership):
    """Say who stands in for somebody during a leave."""

    form_class = DeputyForm
    template_name = "tracker/deputy.html"
    button = "Save the deputy"

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        own = self.holder.pk == self.person.pk
        self.title = "Who stands in for you?" if own else f"Who stands in for {self.holder.name}?"

    def allow(self) -> None:
        deputies.check_deputy(self.membership, self.actor)
        deputies.check_needs_deputy(self.membership)

    def get_initial(self) -> dict[str, Any]:
        kept = self.membership
        named = {"deputy": kept.deputy_id, "first_day": kept.deputy_from, "deputy_to": kept.deputy_to}
        return {**super().get_initial(), **named}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": self.candidates()}

    def candidates(self) -> Any:
        """Those who may stand in, of the people whom the viewer may see."""
        able = assignable_people(self.membership.authority_id).exclude(pk=self.holder.pk)
        return self.rows(User).filter(pk__in=able).order_by("name")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(candidates=self.candidates().exists(), **kwargs)

    def act(self, form: DeputyForm) -> None:
        given = form.cleaned_data
        deputies.name_deputy(
            self.membership,
            deputy=given["deputy"],
            first_day=given["first_day"],
            last_day=given["deputy_to"],
            by=self.actor,
            at=self.moment,
        )
        days = f"{short_date(given['first_day'])} to {short_date(given['deputy_to'])}"
        self.done = f"{given['deputy'].name} stands in for {self.holder.name} from {days}."


class EndDeputyPage(OnMembership):
    """End a deputyship before its last day, or before it has begun."""

    form_class = ConfirmForm
    title = "End the deputyship?"
    button = "End it now"

    def allow(self) -> None:
        deputies.check_deputy(self.membership, self.actor)
        if not self.membership.deputy_id:
            raise Refused(f"Nobody stands in for {self.holder.name}.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        deputy = self.membership.deputy
        intro = f"{deputy.name if deputy else 'Nobody'} stands in no more from this moment on. You can name a deputy again at any time."
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: ConfirmForm) -> None:
        deputies.name_deputy(self.membership, deputy=None, by=self.actor, at=self.moment)
        self.done = f"Nobody stands in for {self.holder.name} any more."
