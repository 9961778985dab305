"""Which characters a PDF can show, and what stands in place of one that it cannot: its number, never nothing.

The report's typeface has Latin (Welsh, Polish, Turkish and so on), Greek and Cyrillic; the typesetter's own fall-backs
add Arabic, Hebrew and signs. Whether one of them has a character is asked of the typesetter, once for each character.
"""

import json
import unicodedata
from functools import cache
from typing import Literal

import font_source_sans_pro  # type: ignore[import-untyped]
import typst

# To be kept for ever, with tags, and fit for screen readers: what no font has is an error in either.
STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")
KEPT = frozenset("\n\u00ad\u200b\u200c\u200d\ufe0e\ufe0f")  # seen only in what they do to their neighbours
# Left-to-right and right-to-left overrides make words read otherwise than they are written.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNSEEN = ("Cc", "Cs", "Co", "Cn")  # controls, halves of characters, private ones, unassigned ones
LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\t": " "})
# What the typeface surely has: the Latin of Europe and the signs of a typed text.
SURE = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *b"\n"))) | frozenset("‘’“”–—…•€")
PROBE = b'#set document(title: "?")\n#set text(font: "Source Sans Pro")\n#for each in json(bytes(sys.inputs.all)) [#each \\ ]'


@cache
def fonts() -> typst.Fonts:
    """The report's typeface and the typesetter's own; none of the machine's, so that every machine makes the same file."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])


def numbered(char: str) -> str:
    """The number of a character: [U+4E2D]."""
    return f"[U+{ord(char):04X}]"


def is_hidden(char: str) -> bool:
    """Whether a character cannot be seen or misleads the eye, so that its number has to stand for it."""
    return char not in KEPT and (char in TURNING or unicodedata.category(char) in UNSEEN)


def visible(text: str) -> str:
    """The text with its line ends made one kind and the number in place of each hidden character."""
    lines = "\n".join(text.replace("\r\n", "\n").split("\r")).translate(LINE_ENDS)
    if lines.isascii() and lines.isprintable():
        return lines
    return "".join(numbered(char) if is_hidden(char) else char for char in lines)


def lacking(chars: frozenset[str]) -> frozenset[str]:
    """Those of the characters that no font of the report has."""
    unknown = sorted(chars - SURE - KEPT)
    return frozenset(_lacking("".join(unknown))) if unknown else frozenset()


@cache
def _lacking(chars: str) -> str:
    """Halve until each character that cannot be set stands alone."""
    if _can_be_set(chars):
        return ""
    if len(chars) == 1:
        return chars
    middle = len(chars) // 2
    return _lacking(chars[:middle]) + _lacking(chars[middle:])


def _can_be_set(chars: str) -> bool:
    try:
        typst.compile(
            PROBE,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"all": json.dumps(list(chars))},
            pdf_standards=[*STANDARDS],
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True
