"""A file of evidence before it is kept: its size, what it is, whether it is harmful, and the name it will have."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat

from tracker.access import Actor
from tracker.models import Evidence
from tracker.rules.file_kinds import FileKind, kind_of
from tracker.rules.file_names import as_table, named
from tracker.rules.refusal import Refused
from tracker.services import virus


@dataclass(frozen=True)
class Upload:
    """A file that may be kept."""

    data: bytes
    kind: FileKind
    name: str

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def check_size(size: int) -> None:
    """Raises Refused for an empty file and for one that is too large."""
    if not size:
        raise Refused("The file is empty.", "file")
    if size > settings.EVIDENCE_MAX_BYTES:
        largest = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        raise Refused(f"The file is larger than {largest}. Attach a smaller one, or give a link to it.", "file")


def told(data: bytes, name: str) -> Upload:
    """What a file is, by its content. Raises Refused for what is not kept as evidence."""
    check_size(len(data))
    if not data.strip(b"\0 \t\r\n"):
        raise Refused("The file is empty.", "file")
    kind = as_table(kind_of(data), name)
    return Upload(data, kind, named(name, kind).name)


def checked(data: bytes, name: str, *, by: Actor) -> Upload:
    """A file that may be kept, virus check included. Raises Refused."""
    upload = told(data, name)
    virus.check_harmless(data, by=by)
    return upload


@contextmanager
def stored(evidence: Evidence, upload: Upload) -> Iterator[None]:
    """The bytes on disk under a name nobody can guess, before the transaction; gone again where the verb refuses.

    A process that dies in between leaves a file without a record, never a record without its file.
    """
    storage = evidence.file.storage
    path = f"evidence/{secrets.token_hex(16)}.{upload.kind.endings[0]}"
    evidence.file.name = storage.save(path, ContentFile(upload.data))
    try:
        yield
    except BaseException:
        storage.delete(evidence.file.name)
        raise
