"""Words for a spreadsheet: none that it would run, and no character that a file cannot hold or nobody can see.

The characters that begin a formula count in their wide and small forms too, and behind white space or apostrophes,
because programs differ in what they take away before they look.
"""

import re

STARTS = "=+-@"
LINE_STARTS = "\t\r\n"
ALIKE = "⁺⁼₊₌⩵⩶﬩﹢﹣﹦﹫＋－＝＠"  # every character that Unicode takes for one of them (NFKC)
UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
FORMULA = rf"{re.escape(STARTS + ALIKE)}\u2212"
RUNS = re.compile(rf"'*(?:[{LINE_STARTS}]|[\s{UNSEEN}]*[{FORMULA}])")
# No text runs that begins with another character than these; "<" is looked at for the workbook's sake.
LOOK_CLOSER = frozenset(re.findall(rf"['<\s{UNSEEN}{FORMULA}]", "".join(map(chr, range(0x10000)))))
# What XML cannot hold, and the control characters that no reader sees.
LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def runs(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return RUNS.match(text) is not None


def inert(text: str) -> str:
    """The text so that a spreadsheet shows it and never runs it: an apostrophe before what could be a formula.

    Words that begin with an apostrophe and would run without it get another one, so that the first one can always be
    taken away again.
    """
    return f"'{text}" if runs(text) else text


def visible(text: str) -> str:
    """The text with every control character as its picture (␀ for NUL), and what no file can hold as its number."""
    return LOST.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"\\u{code:04x}"


def is_plain(text: str) -> bool:
    """A quick answer for most words: nothing in them to make visible or inert. Not empty."""
    return text.isprintable() and text[0] not in LOOK_CLOSER


def is_seen(line: str) -> bool:
    """A quick answer for a whole line of a file: nothing in it to make visible."""
    try:
        written = line.encode()
    except UnicodeEncodeError:
        return False
    return len(written.translate(None, CONTROLS)) == len(written)


CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\r\n"})
