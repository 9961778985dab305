"""What a file of evidence is, told by its content and never by its name; and what is not kept, with what to do instead.

Kept are PDF, Word, Excel and PowerPoint (today's and the old formats) without macros, pictures, plain text and CSV,
and e-mails. A compressed or embedded part is not looked into here: that is the virus check's.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.rules import compound_files
from tracker.rules.refusal import Refused

OFFICE = "application/vnd.openxmlformats-officedocument"


class NotKept(Refused):
    """A file of a kind that is not kept; `what` says in words what it is."""

    def __init__(self, what: str, sentence: str) -> None:
        super().__init__(sentence, "file")
        self.what = what


@dataclass(frozen=True)
class FileKind:
    """A kind that is kept: its media type, what people call it, and the endings its names may have, the usual first."""

    media_type: str
    words: str
    endings: tuple[str, ...]


PDF = FileKind("application/pdf", "PDF", ("pdf",))
WORD = FileKind(f"{OFFICE}.wordprocessingml.document", "Word document", ("docx", "dotx"))
EXCEL = FileKind(f"{OFFICE}.spreadsheetml.sheet", "Excel workbook", ("xlsx", "xltx"))
POWERPOINT = FileKind(f"{OFFICE}.presentationml.presentation", "PowerPoint presentation", ("pptx", "ppsx", "potx"))
OLD_WORD = FileKind("application/msword", "Word document", ("doc", "dot"))
OLD_EXCEL = FileKind("application/vnd.ms-excel", "Excel workbook", ("xls", "xlt"))
OLD_POWERPOINT = FileKind("application/vnd.ms-powerpoint", "PowerPoint presentation", ("ppt", "pps", "pot"))
PNG = FileKind("image/png", "picture (PNG)", ("png",))
JPEG = FileKind("image/jpeg", "picture (JPEG)", ("jpg", "jpeg", "jpe", "jfif"))
GIF = FileKind("image/gif", "picture (GIF)", ("gif",))
WEBP = FileKind("image/webp", "picture (WebP)", ("webp",))
HEIC = FileKind("image/heic", "picture (HEIC)", ("heic", "heif"))
TIFF = FileKind("image/tiff", "picture (TIFF)", ("tif", "tiff"))
TEXT = FileKind("text/plain", "text", ("txt", "text", "md", "log"))
CSV = FileKind("text/csv", "table (CSV)", ("csv",))
EMAIL = FileKind("message/rfc822", "e-mail", ("eml",))
OUTLOOK = FileKind("application/vnd.ms-outlook", "e-mail (Outlook)", ("msg",))
KINDS = (
    *(PDF, WORD, EXCEL, POWERPOINT, OLD_WORD, OLD_EXCEL, OLD_POWERPOINT),
    *(PNG, JPEG, GIF, WEBP, HEIC, TIFF, TEXT, CSV, EMAIL, OUTLOOK),
)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
KEPT = "PDF, Word, Excel, PowerPoint, pictures, plain text, CSV and e-mails"

MACROS = "Macros can run on the machine of whoever opens it. Save it without macros, or as a PDF, and attach that."
LOCKED = "Nobody could open it later, or check it. Save it without a password and attach that."
LINKED = "Keep it where it is and give a link to it, or write down what it shows."
UNPACK = "Unpack it and attach each document in it."
AS_PDF = "Save or print it as a PDF and attach that."
NEVER = "A program is never evidence: attach a document or a picture of what it shows."

FIRST_BYTES: tuple[tuple[bytes, FileKind | tuple[str, str]], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\x7fELF", ("a program", NEVER)),
    (b"\xca\xfe\xba\xbe", ("a program", NEVER)),
    (b"\xcf\xfa\xed\xfe", ("a program", NEVER)),
    (b"\xfe\xed\xfa", ("a program", NEVER)),
    (b"L\x00\x00\x00\x01\x14\x02\x00", ("a shortcut of Windows", "Attach the document that it leads to.")),
    (b"#!", ("a script", NEVER)),
    (b"{\\rtf", ("a rich text (RTF) document", "Save it as a Word document or a PDF and attach that.")),
    (b"\x1f\x8b", ("a compressed file", UNPACK)),
    (b"7z\xbc\xaf", ("a compressed file", UNPACK)),
    (b"Rar!", ("a compressed file", UNPACK)),
    (b"BZh", ("a compressed file", UNPACK)),
    (b"\xfd7zXZ", ("a compressed file", UNPACK)),
    (b"MSCF", ("a compressed file", UNPACK)),
    (b"ID3", ("a sound recording", LINKED)),
    (b"OggS", ("a sound or film recording", LINKED)),
    (b"\x1aE\xdf\xa3", ("a film", LINKED)),
)
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
MAIN_PARTS = (("word/document.xml", WORD), ("xl/workbook.xml", EXCEL), ("ppt/presentation.xml", POWERPOINT))
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "xl/macrosheets/")
OLD_PARTS = (
    ("__properties_version1.0", OUTLOOK),
    ("WordDocument", OLD_WORD),
    ("Workbook", OLD_EXCEL),
    ("Book", OLD_EXCEL),
    ("PowerPoint Document", OLD_POWERPOINT),
)
OLD_MACROS = {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros"}
TYPES_BYTES = 1024 * 1024  # how much of an Office file's list of its parts is unpacked
HEAD = 4096
WEB = re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|form)\b", re.IGNORECASE)
DRAWING = re.compile(r"<svg\b", re.IGNORECASE)
HEADER = re.compile(r"^(from|to|date|received|message-id|mime-version|return-path|subject):[ \t]", re.I | re.M)
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
STRAY = 0.02  # more control characters than this share, and it is not text


def kind_of(data: bytes) -> FileKind:
    """The kind of a file by its bytes. Raises Refused, with what it is and what to do, for a kind that is not kept."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"%PDF-":
        return PDF
    for mark, told in FIRST_BYTES:
        if data.startswith(mark):
            return told if isinstance(told, FileKind) else _refuse(*told)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data.startswith(compound_files.MARK):
        return _old(compound_files.names_in(data))
    if data[:4] == b"RIFF":
        return WEBP if data[8:12] == b"WEBP" else _refuse("a sound or film recording", LINKED)
    if data[4:8] == b"ftyp":
        return HEIC if data[8:12] in HEIC_BRANDS else _refuse("a film, or a kind of picture that is not kept", LINKED)
    text = text_of(data)
    return _refuse_bytes(data) if text is None else _written(text)


def _refuse(what: str, instead: str) -> FileKind:
    raise NotKept(what, f"This is {what}, which is not kept as evidence. {instead}")


def _refuse_bytes(data: bytes) -> FileKind:
    if data.startswith(b"MZ"):
        return _refuse("a program", NEVER)
    if data[257:262] == b"ustar":
        return _refuse("a compressed file", UNPACK)
    told = f"What kind of file this is cannot be told, so it is not kept. Kept are {KEPT}. {AS_PDF}"
    raise NotKept("a file of a kind that cannot be told", told)


def _zipped(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            parts = _types(archive) if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return _refuse("a damaged Office file, or a damaged archive", "Open it, save it anew and attach that.")
    kind = next((kind for part, kind in MAIN_PARTS if part in names), None)
    if kind is None or not parts:
        return _refuse_archive(names)
    if b"macroEnabled" in parts or any(part in name.lower() for name in names for part in MACRO_PARTS):
        return _refuse(f"{_a(kind)} with macros", MACROS)
    return kind


def _types(archive: zipfile.ZipFile) -> bytes:
    with archive.open("[Content_Types].xml") as file:
        return file.read(TYPES_BYTES)


def _refuse_archive(names: Iterable[str]) -> FileKind:
    if "xl/workbook.bin" in names:
        return _refuse("a binary Excel workbook (xlsb)", "Save it as an ordinary workbook (xlsx) and attach that.")
    if "content.xml" in names and "mimetype" in names:
        return _refuse("an OpenDocument file", "Save it as a Word, Excel or PowerPoint file, or as a PDF.")
    return _refuse("a compressed file (ZIP)", UNPACK)


def _old(names: frozenset[str]) -> FileKind:
    if "EncryptedPackage" in names:
        return _refuse("an Office document locked with a password", LOCKED)
    kind = next((kind for part, kind in OLD_PARTS if part in names), None)
    if kind is None:
        return _refuse("an old Microsoft file that is neither a document nor an e-mail", AS_PDF)
    return _refuse(f"{_a(kind)} with macros", MACROS) if kind is not OUTLOOK and names & OLD_MACROS else kind


def _a(kind: FileKind) -> str:
    return f"{'an' if kind.words[0] in 'aeiouAEIOU' else 'a'} {kind.words}"


def _written(text: str) -> FileKind:
    """What a text is: an e-mail, plain words, or one of the texts that a machine acts upon."""
    head = text[:HEAD].lstrip()
    headers = {found.lower() for found in HEADER.findall(re.split(r"\r?\n\r?\n", head, maxsplit=1)[0])}
    if "from" in headers and headers & {"date", "received", "message-id", "mime-version"} and HEADER.match(head):
        return EMAIL
    if WEB.search(head):
        return _refuse("a web page (HTML)", AS_PDF)
    if DRAWING.search(head):
        return _refuse("a drawing (SVG)", "Save it as a PNG picture or a PDF and attach that.")
    if head.startswith(("<?xml", "<?php", "[InternetShortcut]")):
        return _refuse("a file for machines to read", AS_PDF)
    return TEXT


def text_of(data: bytes) -> str | None:
    """The bytes as text (UTF-8, UTF-16 with its mark, or Windows-1252), or None where they are not text at all."""
    named = next((encoding for bom, encoding in BOMS if data.startswith(bom)), None)
    for encoding in (named,) if named else ("utf-8", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if _is_text(text) else None
    return None


def _is_text(text: str) -> bool:
    stray = sum(1 for letter in text[: 1024 * 1024] if letter < " " and letter not in "\t\n\r\f\v")
    return "\x00" not in text and stray <= len(text) * STRAY
