"""The people of a council: the list, and the page of one person."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import can, can_people, can_take_factor_off, deputised, grantable_authorities, held_actions
from tracker.models import Action, Authority, Membership, User
from tracker.rules.refusal import Refused
from tracker.rules.roles import Ability
from tracker.services import deputies, memberships, reference, second_factors
from tracker.web.action_list import RELATED
from tracker.web.pages import Page, Shown
from tracker.web.roster import Roster, roster


class InCouncil(Page):
    """A page about one council, named by its short code in the address; 404 where the person has no role in it."""

    section = "people"

    @cached_property
    def authority(self) -> Authority:
        """The council: one of the person's own, or one whose people they keep."""
        known = self.rows(Authority) | grantable_authorities(self.person)
        found: Authority = get_object_or_404(known, code=self.kwargs["code"])
        return found

    @cached_property
    def keeps(self) -> bool:
        """Whether the person keeps the council's people."""
        return can_people(self.person, self.authority)

    def people(self) -> Any:
        """The people of the council whom the person may see: with those who have left, for who keeps them."""
        if self.keeps:
            return self.rows(User).filter(memberships__authority=self.authority).distinct()
        current = {"memberships__authority": self.authority, "memberships__ended_at": None, "is_active": True}
        return self.rows(User).filter(**current).distinct()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(authority=self.authority, keeps=self.keeps, **kwargs)


class People(Shown):
    """The way to the people: straight to one's own council, or a choice where there are several."""

    template_name = "tracker/people.html"
    title = "People"
    section = "people"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        councils = list(self.rows(Authority))
        if len(councils) == 1 and not self.person.is_superuser:
            return redirect("people-of", code=councils[0].code)
        kept = grantable_authorities(self.person).exclude(pk__in=[each.pk for each in councils])
        peopled = kept.filter(memberships__isnull=False).distinct()
        found = {"councils": councils, "peopled": peopled, "others": kept.filter(memberships=None, ended_on=None)}
        return self.render_to_response(self.get_context_data(**found))


class PeopleOf(InCouncil, Shown):
    """Who is here. Who keeps the people reads roles and use of accounts; everybody else names and posts."""

    VIEWS = ("unused", "left")

    def get_template_names(self) -> list[str]:
        return ["tracker/people_kept.html" if self.keeps else "tracker/colleagues.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.title = f"People of {self.authority}"
        if not self.keeps:
            return super().get_context_data(people=self.people().order_by("name"), **kwargs)
        known = self.roster()
        asked = self.request.GET.get("show", "")
        days = reference.settings_of(self.authority).unused_days
        unused = known.unused(self.moment, days)
        lines = {"unused": unused, "left": known.left}.get(asked, known.here)
        shown = {
            "show": asked if asked in self.VIEWS else "",
            "lines": lines,
            "unused": unused,
            "known": known,
            "days": days,
        }
        return super().get_context_data(**shown, **kwargs)

    def roster(self) -> Roster:
        """Everybody of the council, by three queries however many they are."""
        held = self.rows(Membership).filter(authority=self.authority).select_related("user", "deputy")
        open_actions = held_actions(self.person, self.day).filter(authority=self.authority)
        return roster(held.order_by("granted_at"), open_actions.values_list("owner", flat=True), on=self.day)


@dataclass(frozen=True)
class Act:
    """Something that can be done about a membership: open, or closed with the sentence that says why."""

    words: str
    address: str
    refusal: str = ""


class PersonPage(InCouncil, Shown):
    """One person in one council: their roles, what they answer for, and what can be done."""

    template_name = "tracker/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.row(self.people(), self.kwargs["number"])
        self.title = shown.name
        held = self.rows(Membership).filter(authority=self.authority)
        own = list(held.filter(user=shown).select_related("authority", "user", "deputy", "granted_by", "ended_by"))
        current = [each for each in own if not each.ended_at]
        found = {
            "shown": shown,
            "own": shown.pk == self.person.pk,
            "cards": [(each, self.acts(each)) for each in current],
            "ended": [each for each in own if each.ended_at],
            "line": self.line(shown, own),
            "stands_in_for": self.stands_in_for(shown),
            "takes_off": second_factors.has_factor(shown) and can_take_factor_off(self.person, shown),
            **self.answers_for(shown),
        }
        return super().get_context_data(**found, **kwargs)

    def line(self, shown: User, own: list[Membership]) -> Any:
        """The person's line of the list, for who keeps the people."""
        known = roster(own, (), on=self.day)
        return next(iter((*known.here, *known.left)), None) if self.keeps else None

    def stands_in_for(self, shown: User) -> Any:
        """Those for whom the person stands in here today; told to who keeps the people and to the deputy."""
        known = self.keeps or shown.pk == self.person.pk
        rows = deputised(shown, self.day).filter(authority=self.authority)
        return rows.select_related("user") if known else rows.none()

    def answers_for(self, shown: User) -> dict[str, Any]:
        """The unfinished actions they own or are accountable for: those the viewer may see, and how many there are."""
        seen = self.rows(Action).filter(authority=self.authority).unfinished().select_related(*RELATED)
        counted = held_actions(self.person, self.day).filter(authority=self.authority)
        return {
            "owns": seen.filter(owner=shown).ranked(),
            "accountable": seen.filter(accountable=shown).exclude(owner=shown).ranked(),
            "owned": counted.filter(owner=shown).count() if self.keeps else 0,
            "sees_plan": can(self.person, Ability.SEE_PLAN, self.authority),
        }

    def acts(self, membership: Membership) -> list[Act]:
        """What can be done about a membership, by the very checks of the verbs."""
        kept = [
            _act(
                "Change the role", "change-role", membership, lambda: memberships.check_change(membership, self.actor)
            ),
            _act("End the role", "end-membership", membership, lambda: memberships.check_end(membership, self.actor)),
        ]
        return [*(kept if self.keeps else []), *self.deputy_acts(membership)]

    def deputy_acts(self, membership: Membership) -> list[Act]:
        """Naming somebody who stands in, and ending that early; nothing where the role holds no actions."""
        try:
            deputies.check_deputy(membership, self.actor)
            deputies.check_needs_deputy(membership)
        except Refused:
            return []
        if not membership.deputy_id:
            return [Act("Name a deputy", reverse("name-deputy", args=[membership.pk]))]
        return [
            Act("Change the deputy", reverse("name-deputy", args=[membership.pk])),
            Act("End the deputyship", reverse("end-deputy", args=[membership.pk])),
        ]


def _act(words: str, name: str, membership: Membership, check: Any) -> Act:
    try:
        check()
    except Refused as refusal:
        return Act(words, "", refusal.sentence)
    return Act(words, reverse(name, args=[membership.pk]))


class Me(Shown):
    """One's own details, and what one may do where."""

    template_name = "tracker/me.html"
    title = "Your details"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = self.rows(Membership).filter(user=self.person, ended_at=None).select_related("authority", "deputy")
        return super().get_context_data(
            memberships=mine.order_by("authority__short_name", "role"),
            standing_in=deputised(self.person, self.day).select_related("user", "authority"),
            has_factor=second_factors.has_factor(self.person),
            codes_left=second_factors.codes_left(self.person),
            **kwargs,
        )
