"""Mails as files in a folder, to look at before they go: as a mail program opens them, as HTML and as plain text."""

import re
from collections.abc import Iterable
from pathlib import Path

from tracker import mail
from tracker.services.notices import Rehearsed
from tracker.web.places import addresses

OWNER_ONLY_FOLDER, OWNER_ONLY_FILE = 0o700, 0o600


def write_mails(letters: Iterable[Rehearsed], folder: Path) -> int:
    """Write three files a mail into the folder, which is made where it is missing; how many mails. Raises OSError."""
    folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    to, number = addresses(), 0
    for number, letter in enumerate(letters, 1):
        message = mail.digest(letter.notice, letter.digest, to=to)
        stem = f"{number:04d}-{safe_name(letter.notice.recipient.email)}-{safe_name(letter.notice.kind)}"
        _write(folder / f"{stem}.eml", message.message().as_bytes())
        _write(folder / f"{stem}.html", str(message.alternatives[0][0]).encode())
        _write(folder / f"{stem}.txt", message.body.encode())
    return number


def safe_name(words: str) -> str:
    """Words as a part of a file's name: letters, digits, dots and dashes, and no dot at the beginning."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", words).strip("-.")[:80] or "mail"


def _write(path: Path, data: bytes) -> None:
    path.touch(mode=OWNER_ONLY_FILE)
    path.write_bytes(data)
