"""What stands at the front of a report before its first label: the body, the title, and the grades in a table."""

import re
from collections.abc import Iterator, Sequence

from tracker.extraction.covers import INSPECTED, Cover, cover_of
from tracker.extraction.fields import GRADE
from tracker.extraction.joining import join
from tracker.extraction.lists import Shape, read_lists
from tracker.extraction.paper import Line
from tracker.extraction.shapes import Doubt, Findings, Found, Judgement, source_of

MOST = 16  # lines before the first label
TABLE = 60  # lines of the front in which the table of judgements ends
EARLIER = r"(?:dates? of )?(?:the )?(?:previous|last) inspect(?:ion|ed)"
TITLES = re.compile(rf"(?:{INSPECTED}|{EARLIER}|published|report published|lead inspector)\b", re.IGNORECASE)
BARE = re.compile(r"[\d\s.]*")
WHOLE_GRADE = re.compile(rf"\b({GRADE})\b", re.IGNORECASE)
TABLE_BEGINS = re.compile(
    r"\bJudgement Grade\b|\boverall effectiveness are:|\bthe grades? (?:are|is):|(?=\bChildren who need help and protection (?:outstanding|good|requires|inadequate))",
    re.IGNORECASE,
)
LONGEST_NAME = 16  # words of a judgement's name
IS_GRADED = re.compile(
    r"(?:(?:overall judgement is|judged to be)(?: that children.s services)?|children.s services in .{2,60}?|overall effectiveness)"
    rf"(?:\s+is|\s+are|\s+judged to be)*\s+({GRADE}|require improvement to be good|require improvement)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"\b(?:is|are)(?: now)?:?$")  # "Children’s services in Exampleshire are Good" is no row


def title_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines above the first label ("Inspection dates: …"), without page numbers."""
    found: list[Line] = []
    for line in lines[:MOST]:
        if TITLES.match(line.text):
            break
        if not BARE.fullmatch(line.text):
            found.append(line)
    return found


def head(lines: Sequence[Line]) -> str:
    """The same lines as one text."""
    return join([line.text for line in title_lines(lines)])


def heads(lines: Sequence[Line]) -> Iterator[str]:
    """The same, and then less and less of it: a label that is not known as one stands among the lines of the title."""
    above = [line.text for line in title_lines(lines)]
    return (join(above[:count]) for count in range(len(above), 0, -1))


def found_in_head(lines: Sequence[Line], pattern: re.Pattern[str], group: str) -> Found[str] | None:
    """A named group of the pattern, searched for in the head; None where it is not there or empty."""
    match = next(filter(None, map(pattern.search, heads(lines))), None)
    words = (match[group] or "").strip(" :,–-") if match else ""
    return Found(words, source_of(title_lines(lines))) if words else None


def graded(lines: Sequence[Line]) -> tuple[Judgement, ...]:
    """The rows of the front's table of judgements, names and grades as printed, however their lines are broken."""
    text = join([line.text for line in lines[:TABLE]])
    begins = TABLE_BEGINS.search(text)
    return tuple(_rows(text[begins.end() :] if begins else ""))


def _rows(text: str) -> Iterator[Judgement]:
    at = 0
    for match in WHOLE_GRADE.finditer(text):
        name = re.sub(r"^[\d.\s]+", "", text[at : match.start()].strip())
        if not name or not name[0].isupper() or len(name.split()) > LONGEST_NAME:
            return
        if not SENTENCE.search(name):
            yield Judgement(name, match[1].capitalize())
        at = match.end()


def overall(lines: Sequence[Line]) -> Found[str] | None:
    """The grade for the whole, from the table or from a sentence of the front, with the lines it stands on."""
    front = lines[:TABLE]
    for place, line in enumerate(front):
        near = front[place : place + 3]
        match = IS_GRADED.match(join([each.text for each in near])) or IS_GRADED.match(
            re.sub(r"^(?:the )", "", join([each.text for each in near]), flags=re.IGNORECASE)
        )
        if match and line.text[:1].isupper():
            grade = re.sub(r"^require ", "requires ", match[1], flags=re.IGNORECASE).capitalize()
            return Found(grade, source_of(near[: 1 + (len(match[0]) > len(line.text))]))
    return None


def read_report(
    lines: Sequence[Line], shape: Shape, *, provider: Found[str] | None, title: str, grades: bool
) -> Findings:
    """What a report with a cover says: the labelled facts, the grades if it has any, and its lists."""
    cover: Cover = cover_of(lines)
    items, doubts = read_lists(lines, shape)
    whole = overall(lines) if grades else None
    unsure = (Doubt("No grade for overall effectiveness was found."),) if grades and not whole else ()
    above = title_lines(lines)
    return Findings(
        recommendations=items,
        doubts=(*cover.doubts, *doubts, *unsure),
        provider=provider,
        title=Found(title, source_of(above)) if above else None,
        inspection=cover.inspection,
        published=cover.published,
        overall=whole,
        judgements=graded(lines) if grades else (),
        lead_inspector=cover.lead_inspector,
        urn=cover.urn,
    )
