"""Names of councils: the body as printed, and the short name it is known by, by rules and never by a list of councils."""

import re
from collections import Counter
from collections.abc import Iterable

# What stands before or after the place's own name. The longest forms stand first.
KINDS = r"(?:Metropolitan(?: District| Borough)?|County|City|District|Borough|Unitary(?: Authority)?|Royal Borough|London Borough)"
BEFORE = re.compile(
    r"^(?:the\s+)?(?:council (?:of|for) (?:the )?)?"
    r"(?:(?:royal|london|metropolitan|county)\s+borough of (?:the )?|metropolitan district of |metropolitan borough |"
    r"borough of (?:the )?|city of (?=(?!london\b))|city and county of |county of |county (?=durham)|"
    r"royal (?=greenwich\b))?",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"(?:\s+(?:LA|{KINDS}|Council|Corporation|Local Authority|Local Area(?: Partnership)?|local area|Children[’']s Services(?: Trust)?|Children[’']s Trust|Children First"
    r"|Safeguarding Children (?:Board|Partnership)|LSCB))*\s*$",
    re.IGNORECASE,
)
INVERTED = re.compile(r",\s*(?:City|County|Borough|Royal Borough) of\s*$", re.IGNORECASE)
RUNS_SERVICES = re.compile(r"\btrust\b|\bfor children\b|\bchildren first\b|\blimited\b|\bltd\b", re.IGNORECASE)
TOGETHER = re.compile(r"(?<=\bCouncil) and .+$")  # "… Council and … Safeguarding Children Board": the council is meant
BESIDE = re.compile(r",?\s+(?:and|&|with|for|on behalf of)\s+(?:the\s+)?|,\s+", re.IGNORECASE)
ALIASES = {  # everyday names of places whose full name is longer than the name in print
    "hull": "Kingston upon Hull",
    "east riding": "East Riding of Yorkshire",
    "newcastle": "Newcastle upon Tyne",
    "southend": "Southend-on-Sea",
    "stockton": "Stockton-on-Tees",
    "stoke": "Stoke-on-Trent",
    "bcp": "Bournemouth, Christchurch and Poole",
    "city of london corporation": "City of London",
    "scilly": "Isles of Scilly",
    "telford": "Telford and Wrekin",
}
NAME = r"[A-Z][\w’'.-]*(?:(?:\s+(?:and|upon|on|of|the|with|in)|\s*&)?\s+[A-Z][\w’'.-]*){0,5}"
PRINTED = re.compile(
    rf"(?:Bournemouth, Christchurch and Poole Council|(?:London|Royal|Metropolitan) Borough of {NAME}|Metropolitan Borough of {NAME}"
    rf"|{NAME} (?:City Council|County Council|Borough Council|Council)\b)"
)

AT_THE_END = re.compile(
    rf"(?:\bin|\bto|\bof) (?:the )?((?:(?:London|Royal|Metropolitan) Borough of )?{NAME})(?: (?:children[’']s services|local area|partnership))?$"
)


def short_name(provider: str) -> str:
    """The place's short name from the body as printed: "Metropolitan Borough of Rotherham" gives "Rotherham".

    "&" becomes "and"; "City of London" keeps its first words, because they are its name.
    """
    bare = " ".join(provider.replace("&", " and ").split()).strip(" .,:;")
    bare = TOGETHER.sub("", bare)
    named = AFTER.sub("", bare) or bare
    place = BEFORE.sub("", INVERTED.sub("", named)).strip(" ,") or named
    place = re.sub(r"^St\.\s*", "St ", place)
    place = re.sub(r"(?<=\w)([ -])(Upon|On|And|With|Of)(?=\1[A-Z])", lambda match: match[0].lower(), place)
    return ALIASES.get(place.lower(), place)


def body_in(text: str) -> str | None:
    """The first name in the text that reads as a council's, as printed; None where there is none."""
    match = PRINTED.search(text)
    return match[0] if match else None


def place_in(title: str) -> str | None:
    """The place that a letter's title ends with: "… sexual abuse in the family in Shropshire" gives "Shropshire"."""
    match = AT_THE_END.search(title.strip().rstrip(".,"))
    return match[1] if match else None


def runs_services(provider: str) -> bool:
    """Whether the body is a trust or company that runs services for a council, and no council itself."""
    return bool(RUNS_SERVICES.search(provider))


def council_beside(provider: str) -> str | None:
    """The council's short name where it is printed beside the body that runs its services, as in "Exampleshire Children
    First and Exampleshire Borough Council"; else None."""
    others = (provider[joint.end() :] for joint in BESIDE.finditer(provider))
    council = (other for other in others if not runs_services(other) and body_in(other) == other)
    return next(map(short_name, council), None)


def council_named_most(texts: Iterable[str]) -> str | None:
    """The short name of the council that the texts name most often; None where they name none."""
    named = Counter(short_name(body) for body in map(body_in, texts) if body)
    return named.most_common(1)[0][0] if named else None
