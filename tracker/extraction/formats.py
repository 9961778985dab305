"""What a file is, told by its content. Names lie: a file called .pdf may be a web page."""

import re

PDF, WORD, WEB_PAGE = "a PDF", "a Word document", "a web page (HTML)"
MAGIC = (  # first bytes, and what an officer would call the file
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document, or one locked with a password"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
)
ZIPPED = (  # a member that gives the kind of archive away
    (b"word/", WORD),
    (b"xl/", "a spreadsheet"),
    (b"ppt/", "a presentation"),
    (b"opendocument.text", "an OpenDocument text"),
)
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
HEAD = 1024  # a PDF's mark may stand anywhere in the first 1,024 bytes
STRAY = 0.02  # more control characters than this share, and it is not text


def kind_of(data: bytes) -> str | None:
    """What the bytes are, in words that follow "This is", or None where they may be plain text."""
    if b"%PDF-" in data[:HEAD]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return next((words for member, words in ZIPPED if member in data), "a ZIP archive")
    for magic, words in MAGIC:
        if data.startswith(magic):
            return words
    return WEB_PAGE if HTML.search(data[:HEAD].replace(b"\x00", b"")) else None


def decode(data: bytes) -> str | None:
    """The bytes as text (UTF-8, UTF-16 or Windows-1252), or None where they are not text at all."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.removeprefix("\ufeff") if _is_text(text) else None
    return None


def _encodings(data: bytes) -> tuple[str, ...]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return (encoding,)
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) > len(data) // 8 and min(even, odd) <= max(even, odd) // 10:
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return ("utf-8", "cp1252")


def _is_text(text: str) -> bool:
    stray = sum(1 for letter in text if letter < " " and letter not in "\t\n\r\f\v")
    return "\x00" not in text and stray <= len(text) * STRAY
