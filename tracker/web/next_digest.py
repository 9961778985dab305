"""A look at the next digest before it goes: one's own, or as a lead the part of somebody's that is about the council."""

from datetime import datetime, time
from typing import Any

from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.clickjacking import xframe_options_sameorigin

from tracker import mail
from tracker.models import User
from tracker.rules.london import LONDON
from tracker.services import notices
from tracker.services.notices import Rehearsal, Rehearsed
from tracker.web.council_mail import PER_PAGE, KeptMail
from tracker.web.pages import Page, Shown
from tracker.web.places import addresses

# The mail as it will look: its own styles, and nothing else. A link opens beside the preview, never inside it.
AS_MAIL = {
    "default-src": ["'none'"],
    "img-src": None,
    "object-src": None,
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}
NOON = time(12)


class Ahead(Page):
    """A page about the digests of the next working day."""

    @cached_property
    def ahead(self) -> datetime:
        """A moment of the next working day."""
        return datetime.combine(notices.next_working_day(self.day), NOON, LONDON)

    def rehearsal(self) -> Rehearsal:
        """The day, rehearsed."""
        raise NotImplementedError


class OfOne(Ahead):
    """A page about one mail, or about there being none."""

    def addressee(self) -> User:
        """Whose mail it is; 404 where the person may not look at it."""
        raise NotImplementedError

    def found(self) -> tuple[Rehearsal, Rehearsed | None]:
        """The rehearsal with the mail in it, if one would go out."""
        rehearsal = self.rehearsal()
        number = self.addressee().pk
        return rehearsal, next((each for each in rehearsal.letters if each.notice.recipient_id == number), None)


class NextPage(OfOne, Shown):
    """The mail in a frame, as text, and why it goes out."""

    template_name = "tracker/next_digest.html"
    framed = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rehearsal, letter = self.found()
        person = self.addressee()
        quiet = next((each.why for each in rehearsal.quiet if each.person.pk == person.pk), None)
        text = mail.digest(letter.notice, letter.digest, to=addresses()).body if letter else ""
        found = {"rehearsal": rehearsal, "letter": letter, "shown": person, "quiet": quiet, "text": text}
        return super().get_context_data(**found, frame=self.frame(), **kwargs)

    def frame(self) -> str:
        """Where the mail itself stands."""
        raise NotImplementedError


@method_decorator([csp_replace(AS_MAIL), xframe_options_sameorigin], name="dispatch")
class MailItself(OfOne):
    """The HTML of the mail, for the frame of its page; a sandbox by its own headers, wherever it is opened."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _, letter = self.found()
        if letter is None:
            raise Http404
        message = mail.digest(letter.notice, letter.digest, to=addresses())
        html = str(message.alternatives[0][0])
        return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))


class Own(OfOne):
    """One's own mail."""

    def addressee(self) -> User:
        return self.person

    def rehearsal(self) -> Rehearsal:
        return notices.rehearse_for(self.person, at=self.ahead)


class OwnNextPage(Own, NextPage):
    """What one would be sent on the next working day."""

    title = "Your next mail"

    def frame(self) -> str:
        return reverse("own-next-mail")


class OwnNextMail(Own, MailItself):
    """The mail of that page."""


class OfCouncil(KeptMail, Ahead):
    """For a lead alone: what the mail says is the plan."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.leads:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class NextDigests(OfCouncil, Shown):
    """Whom the digests of the next working day go to, and how many lines each has."""

    template_name = "tracker/next_digests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.title = f"The next mail to the people of {self.authority}"
        rehearsal = notices.rehearse_in(self.authority.pk, at=self.ahead)
        pages = Paginator(rehearsal.letters, PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        return super().get_context_data(rehearsal=rehearsal, pages=pages, page=page, **kwargs)


class OfSomebody(OfCouncil, OfOne):
    """The part of somebody's mail that is about the council."""

    @cached_property
    def somebody(self) -> User:
        """The person of the council."""
        found: User = self.row(self.people(), self.kwargs["number"])
        return found

    def addressee(self) -> User:
        return self.somebody

    def rehearsal(self) -> Rehearsal:
        return notices.rehearse_in(self.authority.pk, at=self.ahead, only=self.somebody.pk)


class NextOfSomebody(OfSomebody, NextPage):
    """What somebody would be told of this council's plan."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.title = f"The next mail to {self.somebody.name}"
        return super().get_context_data(**kwargs)

    def frame(self) -> str:
        return reverse("next-mail-of", args=[self.authority.code, self.somebody.pk])


class NextMailOfSomebody(OfSomebody, MailItself):
    """The mail of that page."""
