"""The mail of a council, for who keeps its people: what is owed, what went out or failed, and what to mend.

Who keeps people without the plan sees to whom and whether, and no word of what: no action, no reason, no subject.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.access import can, council_dues, council_notices, works_here_alone
from tracker.choices import NoticeKind, NoticeState, Role, words_of_the_ledger
from tracker.models import Action, Authority, Notice, User
from tracker.rules.roles import Ability
from tracker.services import notices
from tracker.services.notices import Owed
from tracker.web.forms.actions import ConfirmForm
from tracker.web.pages import Shown, VerbPage
from tracker.web.people import InCouncil
from tracker.web.reminders import next_run

PER_PAGE = 25
OWED = ""
STATES: dict[str, tuple[str, tuple[NoticeState, ...]]] = {
    "waiting": ("Being sent", (NoticeState.OWED, NoticeState.CLAIMED)),
    "sent": ("Sent", (NoticeState.SENT,)),
    "failed": ("Failed", (NoticeState.FAILED,)),
    "skipped": ("Skipped", (NoticeState.SKIPPED,)),
}
KINDS = dict(words_of_the_ledger())
# The week's and the month's digest tell what somebody is: named only where they are that in this council.
NEEDS = {NoticeKind.LEAD_DIGEST: Role.LEAD, NoticeKind.BOARD_DIGEST: Role.BOARD}


class KeptMail(InCouncil):
    """A page about a council's mail; 404 for everybody who does not keep its people."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.keeps:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def leads(self) -> bool:
        """Whether the person keeps the council's plan, and so may read what the mail is about."""
        return can(self.person, Ability.KEEP_PLAN, self.authority)

    def mails(self) -> QuerySet[Notice]:
        """The envelopes that concern the council."""
        return council_notices(self.person, self.authority)


@dataclass(frozen=True)
class Mail:
    """One envelope as the page shows it: what it is called here, its subject and what it told, as far as it may be read."""

    row: Notice
    kind: str
    subject: str
    told: tuple[tuple[str, str], ...]
    again: bool


@dataclass(frozen=True)
class Share:
    """What is owed to one person, for who may not read what it is: how many things, and since when."""

    person: User
    number: int
    since: date


class MailPage(KeptMail, Shown):
    """What is owed, being sent, sent, failed and skipped, a page of each; and what needs mending above it."""

    template_name = "tracker/council_mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.title = f"Mail to the people of {self.authority}"
        show = self.request.GET.get("show", "")
        show = show if show in STATES else OWED
        whom = self.whom()
        rows = self.shown(show, whom)
        pages = Paginator(rows, PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        found = {
            "show": show,
            "whom": whom,
            "choices": self.people().order_by("name"),
            "views": self.views(),
            "pages": pages,
            "page": page,
            "mails": self.worded(page) if show else (),
            "owed": self.owed(page) if not show else (),
            "leads": self.leads,
            "last_run": notices.last_run(),
            "next_run": next_run(self.moment),
            **self.mending(),
        }
        return super().get_context_data(**found, **kwargs)

    def whom(self) -> User | None:
        """The person the address narrows the page to, where they are of this council."""
        asked = self.request.GET.get("person", "")
        return self.people().filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None

    def views(self) -> list[tuple[str, str, int]]:
        """Each part of the ledger with how much is in it."""
        counted = {name: self.mails().filter(state__in=states).count() for name, (_, states) in STATES.items()}
        owed = len(self.every if self.leads else self.shares(self.every))
        return [(OWED, "Owed", owed), *((name, words, counted[name]) for name, (words, _) in STATES.items())]

    @cached_property
    def every(self) -> list[Owed]:
        """All that is owed and not told; whether its words are shown is decided where they would be."""
        return notices.owed_in(self.authority, on=self.day)

    def shown(self, show: str, whom: User | None) -> Any:
        """The rows of the part that is shown, for the person chosen or for everybody."""
        if not show:
            rows = [each for each in self.every if whom is None or each.person == whom.pk]
            return rows if self.leads else self.shares(rows)
        mails = self.mails().filter(state__in=STATES[show][1]).select_related("recipient", "asked_again_by")
        return (mails.filter(recipient=whom) if whom else mails).order_by("-day", "-pk")

    def shares(self, rows: Iterable[Owed]) -> list[Share]:
        """What is owed, a line a person: nothing of what it is about."""
        by_person: dict[int, list[Owed]] = {}
        for each in rows:
            if each.person:
                by_person.setdefault(each.person, []).append(each)
        people = {each.pk: each for each in self.people()}
        return [
            Share(people[number], len(held), held[0].since) for number, held in by_person.items() if number in people
        ]

    def owed(self, page: Iterable[Any]) -> list[tuple[Any, User | None]]:
        """Each thing owed with the person it is for; a share has its person already."""
        if not self.leads:
            return [(share, share.person) for share in page]
        people = {each.pk: each for each in self.people()}
        return [(each, people.get(each.person) if each.person else None) for each in page]

    def worded(self, page: Iterable[Notice]) -> list[Mail]:
        """The envelopes of a page with as much of their content as the person may read."""
        rows = list(page)
        alone = works_here_alone({row.recipient_id for row in rows}, self.authority) if self.leads else set()
        told = self.told(rows) if self.leads else {}
        roles = set(self.authority.memberships.values_list("user", "role"))
        return [
            Mail(
                row,
                self.kind(row, roles),
                row.subject if row.recipient_id in alone else "",
                told.get(row.pk, ()),
                self.leads and row.state == NoticeState.FAILED and row.day == self.day,
            )
            for row in rows
        ]

    def kind(self, row: Notice, roles: set[tuple[int, str]]) -> str:
        """What the envelope is called here: a lead elsewhere is no lead here."""
        kind = NoticeKind(row.kind)
        needed = NEEDS.get(kind)
        return str(kind.label if needed is None or (row.recipient_id, needed) in roles else NoticeKind.DIGEST.label)

    def told(self, rows: list[Notice]) -> dict[int, tuple[tuple[str, str], ...]]:
        """What each envelope told of this council's plan: an action's reference where it is about one, and the kind."""
        dues = council_dues(self.person, self.authority).filter(told__notice__in=[row.pk for row in rows])
        lines = list(dues.values_list("told__notice", "subject_type", "subject_id", "kind").order_by("pk"))
        about = {number for _, subject, number, _ in lines if subject == Action.trail_type()}
        named = dict(self.rows(Action).filter(pk__in=about).values_list("pk", "reference"))
        found: dict[int, list[tuple[str, str]]] = {}
        for notice, subject, number, kind in lines:
            reference = named.get(number, "") if subject == Action.trail_type() else ""
            found.setdefault(notice, []).append((reference, KINDS[kind]))
        return {notice: tuple(each) for notice, each in found.items()}

    def mending(self) -> dict[str, Any]:
        """Whom no mail reaches, which owners have gone, and what nobody owns, each with who it is."""
        failing = notices.unreachable([self.authority.pk]).get(self.authority.pk, {})
        gone = notices.gone_owners([self.authority.pk]).get(self.authority.pk, {})
        people = {each.pk: each for each in self.rows(User).filter(pk__in=[*failing, *gone])}
        unowned = self.rows(Action).filter(authority=self.authority).unowned().count() if self.leads else 0
        return {
            "failing": [(people[number], said) for number, said in failing.items() if number in people],
            "gone": [(people[number], held) for number, held in gone.items() if number in people],
            "unowned": unowned,
        }


class AskAgainPage(KeptMail, VerbPage):
    """Ask for a mail of today that failed to be tried again."""

    form_class = ConfirmForm
    title = "Try this mail again?"
    button = "Try it again"
    done = "It is tried again within five minutes."
    notice: Notice

    def find(self, **kwargs: Any) -> None:
        if not self.leads:
            raise Http404
        self.notice = self.row(self.mails().select_related("recipient"), kwargs["number"])

    def allow(self) -> None:
        notices.check_failed_today(self.notice, at=self.moment)

    def back(self) -> str:
        return f"{reverse('council-mail', args=[self.authority.code])}?show=failed"

    def act(self, form: ConfirmForm) -> None:
        notices.ask_again(self.notice, self.authority, by=self.actor, at=self.moment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.notice.recipient
        self.intro = (
            f"The mail of today to {person.name} ({person.email}) could not be delivered: “{self.notice.last_error}”. "
            "Try it again once the reason has gone. The mail says what holds at the moment it is sent."
        )
        return super().get_context_data(about=self.authority, **kwargs)


def to_mend(authorities: Iterable[Authority]) -> dict[Authority, tuple[int, int]]:
    """For each council where something about mail needs mending: how many people no mail reaches, how many have gone."""
    every = {each.pk: each for each in authorities}
    failing, gone = notices.unreachable(list(every)), notices.gone_owners(list(every))
    found = {number: (len(failing.get(number, ())), len(gone.get(number, ()))) for number in every}
    return {every[number]: counts for number, counts in found.items() if any(counts)}
