"""Giving access: inviting by e-mail, another role for somebody who is here, and the mail once more."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import check_people
from tracker.choices import Role
from tracker.models import Membership, User
from tracker.rules.refusal import Refused
from tracker.rules.sign_ins import seen_since
from tracker.services import memberships
from tracker.web.accounts import link_days
from tracker.web.forms.actions import ConfirmForm
from tracker.web.forms.people import InviteForm, RoleForm
from tracker.web.letters import Post, tell_of, tell_person
from tracker.web.memberships import OnMembership
from tracker.web.pages import VerbPage
from tracker.web.people import InCouncil

CLOSED = (
    "Their account is closed, so nothing was sent: they can sign in when an administrator of this site has opened it."
)


class _Granting(InCouncil, VerbPage):
    """A page that grants a role, and the mails that follow."""

    membership: Membership
    letters: Post

    def find(self, **kwargs: Any) -> None:
        assert self.authority  # noqa: S101  404 before anything else where the council is not the person's

    def allow(self) -> None:
        check_people(self.actor, self.authority)

    def granted(self, membership: Membership) -> None:
        """Tell the person and the leads."""
        self.membership = membership
        self.letters = tell_of(membership, self.person)

    def say(self) -> None:
        super().say()
        person = self.membership.user
        if not person.is_active:
            messages.warning(self.request, CLOSED)
        problem = self.letters.problem(person)
        if problem:
            messages.error(self.request, problem)

    def get_success_url(self) -> str:
        return reverse("person", args=[self.authority.code, self.membership.user_id])


class InvitePage(_Granting):
    """Ask somebody in by e-mail.

    The form is the same whoever has an account. That somebody has one is told only with the role that they then hold,
    which stands in the trail and is mailed to the leads and to them.
    """

    form_class = InviteForm
    template_name = "tracker/invite.html"
    button = "Send the invitation"

    def back(self) -> str:
        return reverse("people-of", args=[self.authority.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.title = f"Invite somebody to {self.authority}"
        return super().get_context_data(days=link_days(), **kwargs)

    def act(self, form: InviteForm) -> None:
        given = form.cleaned_data
        try:
            invited = memberships.invite(
                email=given["email"],
                name=given["name"],
                job_title=given["job_title"],
                organisation=given["organisation"],
                authority=self.authority,
                role=form.chosen(),
                sees_confidential=given["sees_confidential"],
                by=self.actor,
                at=self.moment,
            )
        except Refused as refused:
            raise Refused(refused.sentence, "email" if refused.field == "user" else refused.field) from refused
        self.done = self.told(invited)
        self.granted(invited.membership)

    def told(self, invited: memberships.Invited) -> str:
        """What has been done. Of somebody who was there already nothing is said but that."""
        person, role = invited.membership.user, Role(invited.membership.role).label.lower()
        if invited.is_new:
            return f"{person.name} is invited to {self.authority} as {role}, at {person.email}."
        return (
            f"{person.email} has an account already, which keeps its own name and details. It now has the role of"
            f" {role} in {self.authority}."
        )


class GrantPage(_Granting):
    """Give somebody of the council a role more, or one again that has ended."""

    form_class = RoleForm
    button = "Give this role"
    intro = "They keep the roles they have. The improvement leads are told by mail."

    @cached_property
    def shown(self) -> User:
        """The person the role is for: somebody who is or was here."""
        found: User = self.row(self.people(), self.kwargs["number"])
        return found

    def find(self, **kwargs: Any) -> None:
        super().find(**kwargs)
        self.title = f"Give {self.shown.name} a role"

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("role", "")
        return {**super().get_initial(), "role": asked if asked in Role.values else ""}

    def back(self) -> str:
        return reverse("person", args=[self.authority.code, self.shown.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.authority, **kwargs)

    def act(self, form: RoleForm) -> None:
        granted = memberships.grant_membership(
            user=self.shown,
            authority=self.authority,
            role=form.chosen(),
            sees_confidential=form.cleaned_data["sees_confidential"],
            by=self.actor,
            at=self.moment,
        )
        self.done = f"{self.shown.name} is now {form.chosen().label.lower()} in {self.authority}."
        self.granted(granted)


class SendAgainPage(OnMembership):
    """The mail about a role once more: for somebody who has not signed in since it was granted."""

    form_class = ConfirmForm
    title = "Send the invitation again?"
    button = "Send it again"
    letters: Post

    def allow(self) -> None:
        check_people(self.actor, self.membership.authority)
        person = self.membership.user
        if self.membership.ended_at or not person.is_active:
            raise Refused(f"{person.name} has no access here at present, so there is nothing to send.")
        if seen_since(self.membership.granted_at, person.last_login):
            raise Refused(f"{person.name} has signed in already. A forgotten password is renewed on the sign-in page.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        email = self.membership.user.email
        intro = f"It goes to {email}. An earlier link stays good until it has been used or has run out."
        return super().get_context_data(intro=intro, **kwargs)

    def act(self, form: ConfirmForm) -> None:
        self.letters = tell_person(self.membership, self.person)

    def say(self) -> None:
        problem = self.letters.problem(self.membership.user)
        if problem:
            messages.error(self.request, problem)
        else:
            messages.success(self.request, f"The mail is on its way to {self.membership.user.email}.")
