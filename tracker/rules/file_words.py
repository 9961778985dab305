"""The words of a file as far as they can be read without opening it: plain text, tables and e-mails.

The words of a PDF or an Office document are had by the readers of reports alone, in a process of their own; so of
those files only the name is judged, and the page says so.
"""

import csv
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from itertools import islice

from tracker.rules.file_kinds import CSV, EMAIL, TEXT, FileKind, text_of

MOST, ROWS = 200_000, 1_000  # letters, and rows of a table: what is looked through while somebody waits
TAG = re.compile(r"<[^<>]{0,500}>")
DELIMITERS = ",;\t|"


def words_of(kind: FileKind, data: bytes) -> str | None:
    """The beginning of a file's words; None for a kind whose words cannot be read here."""
    if kind is EMAIL:
        return "\n".join(_mail(message_from_bytes(data)))[:MOST]
    text = text_of(data) if kind in (TEXT, CSV) else None
    if text is None:
        return None
    return "\n".join(_cells(text[:MOST])) if kind is CSV else text[:MOST]


def _mail(message: Message) -> Iterator[str]:
    """The subject, the text parts and the names of what is attached."""
    yield str(message.get("Subject", ""))
    for part in message.walk():
        yield str(part.get_filename() or "")
        body = part.get_payload(decode=True) if part.get_content_maintype() == "text" else None
        if isinstance(body, bytes):
            text = text_of(body) or ""
            yield TAG.sub(" ", text) if part.get_content_subtype() == "html" else text


def _cells(text: str) -> Iterator[str]:
    """Each cell with the head of its column, so that a column of birth dates is told by its head."""
    lines = text.splitlines()
    delimiter = max(DELIMITERS, key=lines[0].count) if lines else ","
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        heads = next(rows, [])
        for row in islice(rows, ROWS):
            yield from (f"{head}: {cell};" for head, cell in zip(heads, row, strict=False))
            yield " ".join(row[len(heads) :])
    except csv.Error:
        yield text
