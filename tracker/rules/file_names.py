"""The name of a file as it is shown and given out again: safe to show, and with the ending of what the file is.

An ending that contradicts the content is mended, because phones and mail programs name files wrongly every day. The
ending of something that a machine runs is refused instead: whoever chose it is to look at the file once more.
"""

import re
import unicodedata
from dataclasses import dataclass

from tracker.rules.file_kinds import CSV, KINDS, TEXT, FileKind
from tracker.rules.refusal import Refused

LONGEST = 200
ENDINGS = {ending for kind in KINDS for ending in kind.endings}
# What a machine would run, or show as a page of its own, where somebody opens it by its name.
RUN_BY_A_MACHINE = (
    "ade adp app application appref-ms asp aspx bat chm cmd com cpl desktop dll dmg docm dotm exe gadget hta htm html inf"
    " ins iso jar js jse lnk mht mhtml msc msi msp mst php pif potm ppam ppsm pptm ps1 psm1 py pyw rb reg scf scr sct sh"
    " shtml svg svgz url vb vbe vbs vhd vhdx ws wsc wsf wsh xhtml xla xlam xll xlsb xlsm xltm xml xsl"
)
RUN = frozenset(RUN_BY_A_MACHINE.split())


@dataclass(frozen=True)
class Named:
    """A name to show, and whether its ending had to be mended."""

    name: str
    mended: bool = False


def safe(name: str) -> str:
    """The last part of a path without control, invisible and direction characters, white space made one space.

    A right-to-left mark would show "fdp.exe" as "exe.pdf".
    """
    words = visible(re.split(r"[\\/]", name)[-1]).strip(" .")
    stem, dot, ending = words.rpartition(".")
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) < 10 else words[:LONGEST]


def visible(words: str) -> str:
    """The words on one line, without control, invisible and direction characters."""
    return " ".join("".join(letter for letter in words if letter.isspace() or _shows(letter)).split())


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def ending_of(name: str) -> str:
    """The ending in small letters, without its dot; empty where there is none."""
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def as_table(kind: FileKind, name: str) -> FileKind:
    """Text that is called .csv is a table: both are the same harmless bytes, and only the name tells them apart."""
    return CSV if kind is TEXT and ending_of(safe(name)) in CSV.endings else kind


def named(name: str, kind: FileKind) -> Named:
    """The name to show for a file of that kind. Raises Refused for the ending of something that a machine runs."""
    shown = safe(name) or "file"
    ending = ending_of(shown)
    if ending in RUN:
        raise Refused(
            f"The name ends in .{ending}, but by its content this is {_what(kind)}. If it is the right file, give it a"
            f" name that ends in .{kind.endings[0]} and attach it again.",
            "file",
        )
    if ending in kind.endings:
        return Named(shown)
    stem = shown.rpartition(".")[0] if ending in ENDINGS else shown
    return Named(f"{stem}.{kind.endings[0]}", mended=bool(ending))


def _what(kind: FileKind) -> str:
    if kind is TEXT:
        return "plain text"
    return f"{'an' if kind.words[0] in 'aeiouAEIOU' else 'a'} {kind.words}"
