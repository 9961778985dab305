"""Words that seem to identify a child: a table of patterns, which the browser's script reads too, and two check sums.

Precision comes first, because warnings that are mostly wrong are read by nobody. A date alone is no date of birth, an
age is told only beside a name, and a number only where its check sum holds or the word before it says what it is.
So this finds much and not all: a child's name alone is not told from a worker's.

The patterns are read by Python and by JavaScript alike: ASCII classes, no look-behind, the identity in the first
group, one space wherever the text has any white space. A test in a real browser holds the two together.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum


class Identity(Enum):
    """What was found, in words that follow "This seems to hold"."""

    UPN = "a unique pupil number (UPN)"
    NHS_NUMBER = "an NHS number"
    BIRTH = "a child’s date of birth"
    CASE_NUMBER = "a case number or a child’s reference"
    NAMED_AGE = "a child’s name with their age"


@dataclass(frozen=True)
class Pattern:
    """How one kind of identity is written. `check` names the check sum that has to hold, if one has to."""

    kind: Identity
    source: str
    any_case: bool = False
    check: str = ""


@dataclass(frozen=True)
class Finding:
    """An identity in a text: its kind, and what a person finds it by, with all but the first letters hidden."""

    kind: Identity
    masked: str


MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
DAY, YEAR = r"[0-3]?[0-9](?:st|nd|rd|th)?", r"(?:19|20)?[0-9][0-9]"
DATE = (
    rf"{DAY} ?[ ./-] ?[01]?[0-9] ?[ ./-] ?{YEAR}"
    r"|(?:19|20)[0-9][0-9][./-][01]?[0-9][./-][0-3]?[0-9]"
    rf"|{DAY}(?: of)?[ -]{MONTH},?[ -]{YEAR}"
    rf"|{MONTH} {DAY},? {YEAR}"
    rf"|[0-3][0-9][01][0-9]{YEAR}"
)
BIRTH = r"d\.? ?o\.? ?b\.?|dates? of births?|birth ?date|born|birthday"
LINK = r"(?: ?[:=(–-] ?| (?:is|was|of|on|the|in)(?= )| ){1,4}"
ANY_NUMBER = r"[a-z]{0,4}[-/]?[0-9]{2,12}[a-z]?[0-9/-]{2,11}"
WHOSE = r"(?:case|child|child[’']?s|client|pupil|person|family|service user)"
SYSTEM = r"(?:lcs|ics|ehm|mosaic|liquidlogic|care ?first|eclipse)"
# Words that stand with a capital before an age and are no name.
NO_NAMES = (
    "Child(?:ren)?|Those|Pupils?|Boys?|Girls?|Siblings?|Teenagers?|Adults?|Bab(?:y|ies)|Infants?|Twins|Residents?"
    "|Learners?|Students?|Everyone|Anyone|Someone|People|Persons?|Leavers?|Adolescents?|Young|Youths?|Years?"
    "|Brothers?|Sisters?|Mothers?|Fathers?|Parents?|Carers?|Cohorts?|Clients?|Cases?|Victims?|Individuals?|Groups?"
    "|Males?|Females?|Toddlers?|Minors?|Users?|Provision|Homes?|Services?|Schools?|They|He|She|All|Both|Many|Most"
    "|Some|Few|Several|Typically|Mainly|Mostly|Usually|Not|And|Or|Is|Are|Was|Were|Under|Over|Currently|Now|Only"
    "|When|While|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Looked|After|Age[ds]?|For|To|From|At|In|Of|Up|If"
    "|By|With|The|Place[ds]?|Placements?|Total|Number|Range|LA|YP|UK|EU"
)
WORD = rf"(?!(?:{NO_NAMES})\b)[A-Z](?:[a-zà-öø-ÿ'’-]{{1,20}}|\.)"
NAME = rf"(?:{WORD}(?: (?!(?:{NO_NAMES})\b)[A-Z][A-Za-zà-öø-ÿ'’-]{{0,20}}\.?)?|(?!(?:{NO_NAMES})\b)[A-Z]\.?[A-Z]\.?)"
AGE = r"(?:1[0-7]|[1-9])"
ONE_AGE = rf"{AGE}(?![0-9]| ?(?:-|–|/|\+|to |and [0-9]|or |plus|%))"

PATTERNS = (
    Pattern(Identity.UPN, r"\b([A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z])\b", check="upn"),
    Pattern(
        Identity.NHS_NUMBER,
        r"(?:^|[^0-9.+/-])([4679][0-9]{2}([ -]?)[0-9]{3}\2[0-9]{4})(?![0-9/-]|\.[0-9])",
        check="nhs",
    ),
    Pattern(Identity.BIRTH, rf"\b(?:{BIRTH}){LINK}({DATE})(?![0-9])", any_case=True),
    Pattern(Identity.BIRTH, rf"(?:^|[^0-9/.-])({DATE}) ?[(,–-]? ?(?:d\.?o\.?b\b|date of birth)", any_case=True),
    Pattern(
        Identity.CASE_NUMBER,
        rf"\b(?:{WHOSE}|{SYSTEM})(?: (?:record|file|case|child))? ?(?:refs?|reference|no|number|num|id|#)"
        rf"\.?(?: ?[:=#-]| (?:is|was))? ?({ANY_NUMBER})(?![0-9%,]| (?:children|cases|families))",
        any_case=True,
    ),
    Pattern(
        Identity.CASE_NUMBER,
        rf"\b(?:case|child|{SYSTEM}) ?:? ([0-9]{{5,10}})(?![0-9/,.-]| (?:children|cases|families))",
        any_case=True,
    ),
    Pattern(
        Identity.NAMED_AGE, rf"(?:^|[^A-Za-z0-9’'.-])({NAME})(?:,| –)? \(?(?:who (?:is|was) )?(?:aged|age) {ONE_AGE}"
    ),
    Pattern(Identity.NAMED_AGE, rf"\b{AGE}[- ]years?[- ]old,? ({NAME})(?![A-Za-z])"),
)
COMPILED = [
    (each, re.compile(each.source, re.ASCII | (re.IGNORECASE if each.any_case else re.NOFLAG))) for each in PATTERNS
]
WORDS = re.compile("[A-Za-z0-9à-öø-ÿ]+")
DIGIT = re.compile("[0-9]")
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # the 23 of a UPN: no I, O or S


def upn_holds(number: str) -> bool:
    """Whether a UPN's first letter follows from the rest: each place times its position from 2, modulo 23.

    The last place of a temporary UPN is a letter, which counts as its own place among the 23. Source: the Department
    for Education's guide to unique pupil numbers.
    """
    values = [LETTERS.index(place) if place.isalpha() else int(place) for place in number[1:]]
    return LETTERS[sum(value * place for place, value in enumerate(values, 2)) % 23] == number[0]


def nhs_holds(number: str) -> bool:
    """Whether the tenth digit of an NHS number follows from the nine before it (weights 10 to 2, modulo 11)."""
    digits = [int(digit) for digit in number if digit.isdecimal()]
    left = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return left != 10 and left % 11 == digits[9]


CHECKS: dict[str, Callable[[str], bool]] = {"": lambda number: True, "upn": upn_holds, "nhs": nhs_holds}


def masked(value: str) -> str:
    """The first letter or digit of each word, the others hidden: 1•/0•/2•••."""
    return WORDS.sub(lambda word: word[0][0] + "•" * (len(word[0]) - 1), value)


def identities_in(text: str) -> list[Finding]:
    """What in a text seems to identify a child, each once, in the order of the table."""
    if not DIGIT.search(text):  # every pattern asks for one, and most texts have none
        return []
    found: dict[str, Identity] = {}
    for kind, value in _values(" ".join(text.split())):
        if not any(value in longer for longer in found):
            found[value] = kind
    return [Finding(kind, masked(value)) for value, kind in found.items()]


def identities_in_name(name: str) -> list[Finding]:
    """What in the name of a file seems to identify a child: there an underscore stands for a space."""
    return identities_in(re.sub(r"[_+]", " ", name))


def _values(text: str) -> Iterator[tuple[Identity, str]]:
    for pattern, compiled in COMPILED:
        holds = CHECKS[pattern.check]
        yield from ((pattern.kind, found[1]) for found in compiled.finditer(text) if holds(found[1]))
