"""Files that leave the house: saved by a browser, never shown, and no copy kept on the way."""

from typing import IO, TypeVar

from django.http import FileResponse, HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def private(answer: Answer) -> Answer:
    """The answer, of which no browser or proxy keeps a copy, and whose kind no browser guesses."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def as_brought(file: IO[bytes] | None, name: str) -> FileResponse:
    """Bytes that somebody brought here, as an attachment of that name: they may hold anything."""
    answer = private(FileResponse(file, as_attachment=True, filename=name))
    answer["Content-Type"] = "application/octet-stream"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
