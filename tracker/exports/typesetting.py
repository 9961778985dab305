"""Sets one file of the board report: `python -m tracker.exports.typesetting`, its data in, a PDF out.

A process of its own for each file, because the typesetter keeps what it has learnt of a file for as long as its process
lives: so the memory of a long plan stays that of one file, and goes back to the machine. No Django, database or clock.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import typst

from tracker.exports.glyphs import STANDARDS, SURE, fonts, lacking, numbered

TEMPLATE = Path(__file__).with_name("report.typ")
MEMORY = 4 * 1024**3  # bytes of address space; a file of the usual kind needs a tenth of it
NUMBERED = (
    "Some characters of this plan’s texts are not in this file’s typeface, or cannot be seen. Their number stands in "
    "their place, such as [U+4E2D]; the pack’s other files hold them as they were written."
)


def typeset(data: dict[str, Any], timestamp: int) -> bytes:
    """The PDF of a part as `exports.pdf` describes it; `timestamp` is the file's date, in seconds since 1970.

    What a single character cannot betray (a mark that fits no letter) is set by numbers at a second try.
    """
    text = json.dumps(data, ensure_ascii=False)
    missing = lacking(frozenset(text))
    try:
        return _set(_showable(text, data, missing), timestamp)
    except typst.TypstError:
        if frozenset(text) <= SURE:
            raise
        return _set(_showable(text, data, frozenset(text) - SURE), timestamp)


def _showable(text: str, data: dict[str, Any], missing: frozenset[str]) -> str:
    """The data with the numbers of the characters that are missing, and a line on the cover that says so."""
    if not missing and "[U+" not in text:
        return text
    data["front"]["note"] = NUMBERED
    table = str.maketrans({char: numbered(char) for char in missing})
    return json.dumps(data, ensure_ascii=False).translate(table)


def _set(text: str, timestamp: int) -> bytes:
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"part": text},
        pdf_standards=[*STANDARDS],
        timestamp=timestamp,
    )
    return bytes(pdf)


def main() -> None:
    """Read {"data", "timestamp"} as JSON from the standard input, write the PDF to the standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(typeset(asked["data"], asked["timestamp"]))


if __name__ == "__main__":
    main()
