"""What is held about oneself, to take along: one's own alone, and the trail tells that it was taken."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse

from tracker.exports.own_data import bundle
from tracker.models import User
from tracker.rules.written_dates import long_date
from tracker.services import own_data
from tracker.web.attachments import private
from tracker.web.pages import Shown


class DataPage(Shown):
    """What the file holds, and the button that makes it."""

    template_name = "tracker/own_data.html"
    title = "What is held about you"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tables = own_data.held_about(self.person, self.day)
        counts = [(WORDS[name], len(rows)) for name, rows in tables.items() if name in WORDS]
        return super().get_context_data(counts=counts, not_shown=tables["not_shown"], **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """The file as an attachment, made of what is held at this moment."""
        tables = own_data.held_about(self.person, self.day)
        data = bundle(tables, name=self.person.name, day=long_date(self.day))
        name, digest = f"held-about-me-{self.day.isoformat()}.zip", hashlib.sha256(data).hexdigest()
        person = self.row(self.rows(User), self.person.pk)
        own_data.exported(person, name=name, digest=digest, by=self.actor, at=self.moment)
        answer = HttpResponse(data, content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return private(answer)


WORDS = {
    "roles": "Your roles in councils, with who granted and ended them",
    "named_as": "Where you are director, or stand in for somebody",
    "second_factor": "Your second factor: that you have one, never its secret",
    "sign_in": "Addresses and numbers by which you sign in",
    "actions": "Actions that you own, are accountable for or share in",
    "notes": "Progress notes that you wrote",
    "evidence": "What is kept about evidence that you added, without the pieces themselves",
    "mails": "Mails that were made for you",
    "calendar": "Private calendar addresses that you made",
    "saved_filters": "Filters that you saved",
    "trail": "Lines of the trail that tell of an act of yours, or are about you",
}
