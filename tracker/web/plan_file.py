"""The plan as at a day, to be taken along as a file: rebuilt from the trail, and told to it."""

import hashlib
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, HttpResponse
from django.utils.text import slugify

from tracker.access import can_pack, check_pack
from tracker.exports import columns, csv
from tracker.rules.london import end_of
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import packs
from tracker.web.attachments import private
from tracker.web.board import OfAuthority
from tracker.web.forms.board import AsAtForm


class PlanFile(OfAuthority):
    """Ask for a day and answer with the plan as it stood at its end. The trail tells of the file before it leaves."""

    form_class = AsAtForm
    template_name = "tracker/pack.html"
    title = "Download the plan as at a day"
    button = "Download the plan (CSV)"

    def allow(self) -> None:
        check_pack(self.actor, self.authority, confidential=False)

    def get_initial(self) -> dict[str, Any]:
        return {"as_at": self.day}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(about=str(self.authority), **kwargs)

    def form_valid(self, form: AsAtForm) -> HttpResponse:
        try:
            return self.file(form)  # type: ignore[return-value]
        except Refused as refusal:
            form.refuse(Refused(refusal.sentence, "as_at"))
            return self.form_invalid(form)

    def file(self, form: AsAtForm) -> FileResponse:
        """The file, written and hashed on disk, so that a long plan fills no memory."""
        day = form.cleaned_data["as_at"]
        if day > self.day:
            raise Refused("Nobody knows yet how the plan will stand on a day to come. Choose today or a day before.")
        confidential = can_pack(self.person, self.authority, confidential=True)
        at = min(end_of(day), self.moment)
        plan = packs.plan_as_at(self.authority, Scope(at, confidential=confidential), by=self.actor, at=self.moment)
        name = f"plan-{slugify(self.authority.code)}-{day.isoformat()}.csv"
        kept, digest = _written(plan)
        packs.taken(plan, name=name, digest=digest, by=self.actor, at=self.moment)
        answer = FileResponse(kept, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
        return private(answer)


def _written(plan: packs.Plan) -> tuple[IO[bytes], str]:
    """The plan as a file opened at its beginning, and the SHA-256 of its bytes."""
    kept = TemporaryFile()  # noqa: SIM115  the answer closes it when it has been sent
    text = TextIOWrapper(kept, encoding="utf-8-sig", newline="", write_through=True)
    csv.write(text, columns.ACTIONS, packs.contents(plan).actions())
    text.detach()
    kept.seek(0)
    digest = hashlib.file_digest(kept, "sha256").hexdigest()
    kept.seek(0)
    return kept, digest
