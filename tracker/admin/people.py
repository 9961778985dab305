"""People, their memberships and their deputies: each added, granted, ended and named by its verb."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from tracker.access import Actor, assignable_people, check_people, grantable_authorities
from tracker.admin.base import VerbAdmin
from tracker.admin.pages import Page, refusal_of
from tracker.admin.rights import keeps_people, person_in, rows
from tracker.admin.site import site
from tracker.admin.verb_forms import RowForm, Values, VerbForm, choice_field, day_field, offer, text_field
from tracker.choices import Role
from tracker.models import Membership, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import deputies, memberships, people
from tracker.web.letters import tell_of

DETAILS = ("name", "job_title", "organisation")
SITE_ONLY = ("is_active", "is_staff")


@admin.register(User, site=site)
class UserAdmin(VerbAdmin):
    """People. Their details are their own and the site's administrators' to change."""

    sight = None
    list_display = ("name", "email", "job_title", "organisation", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email", "job_title", "organisation")
    fields = ("email", *DETAILS, *SITE_ONLY, "is_superuser", "joined_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever keeps the people of an authority, or of the site."""
        return keeps_people(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Oneself, or anybody as an administrator of the site."""
        return request.user.is_superuser or (obj is not None and obj.pk == request.user.pk)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """To add somebody, only what the verb asks for."""
        if obj is None:
            return ("email", *DETAILS, *(("is_staff", "is_superuser") if request.user.is_superuser else ()))
        return super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody but an administrator of the site opens or closes a door."""
        if obj is None:
            return ()
        fixed = ("email", "is_superuser", "joined_at")
        return fixed if request.user.is_superuser else (*fixed, *SITE_ONLY)

    def add_row(self, request: HttpRequest, values: Values, by: Actor, at: datetime) -> Any:
        """Add the person; a membership is what gives them sight."""
        return people.add_person(by=by, at=at, **values)

    def change_row(self, row: Any, form: VerbForm, by: Actor, at: datetime) -> None:
        """Change the details that were typed."""
        wanted = (*DETAILS, *SITE_ONLY)
        people.change_person(row, by=by, at=at, **{n: form.cleaned_data[n] for n in wanted if n in form.cleaned_data})

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """On to the membership: without one the new person sees nothing, and is seen by no lead."""
        self.message_user(request, "The person has been added. Now say what they may do where.")
        address = reverse("admin:tracker_membership_add")
        return redirect(f"{address}?{urlencode({'email': request.POST.get('email', '')})}")


class MembershipForm(VerbForm):
    """Who, where, as what. The person is named by their e-mail address, so that no list of strangers is shown."""

    email = forms.EmailField(label="The person's e-mail address")

    class Meta:
        model = Membership
        fields = ("email", "authority", "role", "sees_confidential")

    def clean_email(self) -> Any:
        """The person of that address."""
        person = people.person_of(self.cleaned_data["email"])
        if person is None:
            raise forms.ValidationError("Nobody with this address is here yet: add the person first.")
        return person


class EndForm(RowForm):
    """Why, and who takes the open actions."""

    reason = text_field("Reason")
    hand_over_to = choice_field(
        required=False, help_text="Needed where the person still answers for actions that are not closed."
    )

    def prepare(self) -> None:
        """Others of the authority who may own actions."""
        others = assignable_people(self.row.authority_id).exclude(pk=self.row.user_id)
        offer(self, "hand_over_to", others)


class DeputyForm(RowForm):
    """Who stands in, from which day to which."""

    deputy = choice_field(required=False, help_text="Leave empty to say that nobody does.")
    first_day = day_field("First day", required=False)
    deputy_to = day_field("Last day", required=False)

    def prepare(self) -> None:
        """Colleagues in the same authority."""
        colleagues = rows(Membership, self.request).filter(authority=self.row.authority_id, ended_at=None)
        found = rows(User, self.request).filter(pk__in=colleagues.values("user")).exclude(pk=self.row.user_id)
        offer(self, "deputy", found)
        self.initial = {
            "deputy": self.row.deputy_id,
            "first_day": self.row.deputy_from,
            "deputy_to": self.row.deputy_to,
        }


def _name_deputy(row: Any, values: Values, by: Actor, at: datetime) -> object:
    deputy = values["deputy"]
    days = {"first_day": values["first_day"], "last_day": values["deputy_to"]} if deputy else {}
    return deputies.name_deputy(row, deputy=deputy, by=by, at=at, **days)


def _check_ending(row: Any, by: Actor, on: Any) -> None:
    check_people(by, row.authority)
    if row.ended_at:
        raise Refused("This membership has ended already.")


def _check_deputising(row: Any, by: Actor, on: Any) -> None:
    if row.user_id != by.person().pk:
        check_people(by, row.authority)
    if row.ended_at:
        raise Refused("This membership has ended already.")


@admin.register(Membership, site=site)
class MembershipAdmin(VerbAdmin):
    """Who may do what where. A membership is granted and ended here; its role is changed on the site's own pages."""

    form = MembershipForm
    sight = None
    adding = Ability.KEEP_PEOPLE
    ordering = ("authority", "user__name", "role")
    list_display = ("user", "authority", "role", "granted_at", "ended_at", "deputy")
    list_filter = ("role", ("ended_at", admin.EmptyFieldListFilter), "authority")
    list_select_related = ("user", "authority", "deputy")
    search_fields = ("user__name", "user__email")
    fields = (
        "user",
        "authority",
        "role",
        "sees_confidential",
        "granted_at",
        "granted_by",
        "ended_at",
        "ended_by",
        "deputy",
        "deputy_from",
        "deputy_to",
    )
    pages = (
        Page(
            "end",
            "End this membership",
            EndForm,
            lambda row, values, by, at: memberships.end_membership(row, by=by, at=at, **values),
            closed=refusal_of(_check_ending),
        ),
        Page("deputy", "Name a deputy", DeputyForm, _name_deputy, closed=refusal_of(_check_deputising)),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever keeps the people of an authority, or of the site."""
        return keeps_people(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """To grant one, only what the verb asks for."""
        return MembershipForm.Meta.fields if obj is None else super().get_fields(request, obj)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        """The authorities whose people the person keeps."""
        if db_field.name == "authority":
            return grantable_authorities(person_in(request))
        return super().get_field_queryset(db, db_field, request)

    def add_row(self, request: HttpRequest, values: Values, by: Actor, at: datetime) -> Any:
        """Grant the membership, and tell the person and the leads; a refusal about the person is about the address."""
        try:
            granted = memberships.grant_membership(
                user=values["email"],
                authority=values["authority"],
                role=Role(values["role"]),
                sees_confidential=values["sees_confidential"],
                by=by,
                at=at,
            )
        except Refused as refused:
            raise Refused(refused.sentence, "email" if refused.field == "user" else refused.field) from refused
        tell_of(granted, by.person())
        return granted

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Back to the list, where the new membership stands."""
        self.message_user(request, "The membership has been granted, and written in the trail.")
        return redirect(reverse("admin:tracker_membership_changelist"))
