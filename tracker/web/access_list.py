"""Who has access to a council, to what and since when: to look through, print, save, and confirm as looked through."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import accounts_of_the_site, held_actions
from tracker.exports import csv
from tracker.exports.columns import Row
from tracker.exports.people_columns import ACCESS
from tracker.models import Membership
from tracker.services import access_reviews, leavers, reference
from tracker.web.forms.people import LookedForm
from tracker.web.list_file import attached
from tracker.web.pages import Page, Shown, VerbPage
from tracker.web.people import InCouncil
from tracker.web.roster import Line, Roster, roster

YEAR = timedelta(days=365)
NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Held:
    """One role that stands, with its holder's line, and whether the account is not used."""

    row: Membership
    line: Line
    unused: bool


SORTS: dict[str, tuple[str, Callable[[Held], Any]]] = {
    "": ("Name", lambda each: each.row.user.name.casefold()),
    "role": ("Role", lambda each: each.row.get_role_display()),
    "since": ("Date granted", lambda each: each.row.granted_at),
    "seen": ("Last sign-in", lambda each: (each.line.seen_on or NEVER.date(), each.row.user.name.casefold())),
}


class KeptAccess(InCouncil):
    """A page about who has access; 404 for everybody who does not keep the council's people."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.keeps:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def every(self) -> list[Membership]:
        """Every role of this council, and of no other; those that have ended too."""
        rows = self.rows(Membership).filter(authority=self.authority)
        return list(rows.select_related("user", "deputy", "granted_by", "ended_by").order_by("granted_at", "pk"))

    @cached_property
    def known(self) -> Roster:
        """The same by person."""
        owners = held_actions(self.person, self.day).filter(authority=self.authority).values_list("owner", flat=True)
        return roster(self.every, owners, on=self.day)

    @cached_property
    def days(self) -> int:
        """After how many days without a sign-in an account counts as not used here."""
        return reference.settings_of(self.authority).unused_days

    @cached_property
    def held(self) -> list[Held]:
        """The roles that stand, in the order that is asked for."""
        _, key = SORTS.get(self.request.GET.get("sort", ""), SORTS[""])
        rows = [
            Held(each, line, line.is_unused(self.moment, self.days))
            for line in self.known.here
            for each in line.memberships
        ]
        return sorted(rows, key=key)

    @property
    def ended(self) -> list[Membership]:
        """The roles that ended during the last year, the latest first."""
        rows = [each for each in self.every if each.ended_at and self.moment - each.ended_at < YEAR]
        return sorted(rows, key=lambda each: each.ended_at or self.moment, reverse=True)


class AccessPage(KeptAccess, Shown):
    """The list, with what is odd about it above, and what ended below."""

    template_name = "tracker/access_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.title = f"Who has access to {self.authority}"
        site = accounts_of_the_site(self.person)
        found = {
            "held": self.held,
            "sort": self.request.GET.get("sort", ""),
            "sorts": [(name, words) for name, (words, _) in SORTS.items()],
            "unused": self.known.unused(self.moment, self.days),
            "closed": [line for line in self.known.here if not line.person.is_active],
            "left_owning": [line for line in self.known.left if line.open_actions],
            "ended": self.ended,
            "days": self.days,
            "fingerprint": access_reviews.fingerprint(self.every),
            "review": access_reviews.last_review(self.authority),
            "review_due": bool(access_reviews.due([self.authority], self.moment)),
            "leavers": self.leavers(),
            "staff": site.staff,
            "roleless": site.roleless,
        }
        return super().get_context_data(**found, **kwargs)

    def leavers(self) -> list[leavers.Leaver]:
        """Whose name is replaced within a month: of the council's own people, for the site's administrators everybody."""
        whose = None if self.person.is_superuser else self.authority
        return leavers.soon_due(whose, months=settings.LEAVER_MONTHS, on=self.day)


class LookedPage(KeptAccess, VerbPage):
    """Confirm that the list was looked through, as it stands."""

    form_class = LookedForm
    title = "Have you looked through the whole list?"
    intro = (
        "Everybody on it still needs what they have, and nobody is missing. Your name and the day are kept, and shown to"
        " everybody who keeps the council’s people."
    )
    button = "I have looked through this list"
    done = "Kept: you have looked through the list of who has access."

    def back(self) -> str:
        return reverse("access", args=[self.authority.code])

    def get_initial(self) -> dict[str, Any]:
        shown = self.request.GET.get("list") or access_reviews.fingerprint(self.every)
        return {**super().get_initial(), "list": shown}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=self.authority, **kwargs)

    def act(self, form: LookedForm) -> None:
        access_reviews.confirm(self.authority, seen=form.cleaned_data["list"], by=self.actor, at=self.moment)


class AccessFile(KeptAccess, Page):
    """The list as CSV; the trail tells of it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file as an attachment."""
        file = io.StringIO(newline="")
        csv.write(file, ACCESS, [*self.standing(), *ended_rows(self.ended)])
        data = f"\ufeff{file.getvalue()}".encode()
        name = f"access-{self.day.isoformat()}-{self.authority.code}.csv"
        digest = hashlib.sha256(data).hexdigest()
        access_reviews.saved(self.authority, name=name, digest=digest, by=self.actor, at=self.moment)
        return attached(data, name)

    def standing(self) -> Iterator[Row]:
        """The roles that stand, as the columns read them."""
        for each in self.held:
            seen = each.line.seen_on
            yield _row(
                each.row,
                seen_on=seen.isoformat() if seen else None,
                unused=each.unused,
                open_actions=each.line.open_actions,
            )


def ended_rows(rows: Iterable[Membership]) -> Iterator[Row]:
    """The roles that have ended."""
    for each in rows:
        yield _row(each)


def _row(row: Membership, **computed: object) -> Row:
    names = {
        "granted_by": row.granted_by.name if row.granted_by else "",
        "ended_by": row.ended_by.name if row.ended_by else "",
        "deputy": row.deputy.name if row.deputy else "",
    }
    return {"person": row.user.trail_state(), "membership": row.trail_state(), "computed": {**names, **computed}}
