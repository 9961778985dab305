"""How often mail comes: the page that every digest leads to. What is overdue is told whatever is chosen."""

from typing import Any

from django.urls import reverse

from tracker.choices import DigestChoice, Role
from tracker.models import Authority, Membership, User
from tracker.rules.roles import WORKING
from tracker.services import mail_choices
from tracker.web.forms.mail import MailChoiceForm
from tracker.web.pages import VerbPage

SAVED: dict[str, str] = {
    DigestChoice.EACH_DAY: "Saved. Mail comes on every working day with something new.",
    DigestChoice.WEEKLY: "Saved. Mail comes once a week, and on any day when something is overdue.",
    DigestChoice.OVERDUE_ONLY: "Saved. Mail comes when something is overdue.",
}


class MailChoicePage(VerbPage):
    """Choose how often the digest comes."""

    form_class = MailChoiceForm
    template_name = "tracker/mail_choice.html"
    title = "Your mail from the tracker"

    def back(self) -> str:
        return reverse("notifications")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "choice": self.person.digest_choice}

    def act(self, form: MailChoiceForm) -> None:
        choice = form.cleaned_data["choice"]
        mail_choices.choose(self.row(self.rows(User), self.person.pk), choice=choice, by=self.actor, at=self.moment)
        self.done = SAVED[choice]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What this person is, since that decides what comes in any case."""
        mine = self.rows(Membership).filter(user=self.person, ended_at=None)
        roles = set(mine.values_list("role", flat=True))
        return super().get_context_data(
            works=bool(roles & set(WORKING)),
            leads=Role.LEAD in roles,
            on_board=Role.BOARD in roles,
            directs=self.rows(Authority).filter(director=self.person).exists(),
            **kwargs,
        )
