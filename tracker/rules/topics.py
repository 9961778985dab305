"""What a recommendation speaks of: the recurring subjects of inspections, told by their words.

Finer than the themes that a person settles: two recommendations may share a theme and ask for different things. Each
subject has a pattern and the number of recommendations that open with it, of the 1,905 in 191 published reports of
2010 to 2025: a subject that few speak of tells more when two share it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

SAMPLE = 1905
OPENING = 300  # characters; what a long item goes on to tell is mostly illustration

# Subject, how many open with it, pattern.
TABLE: tuple[tuple[str, int, str], ...] = (
    ("caseloads", 26, r"\bcase ?loads?\b|\bworkloads?\b|excessive pressure|pressure to meet|unallocated (cases|work)"),
    ("supervision", 79, r"\bsupervis(ion|e|ing|ory)\b(?! order)"),
    (
        "management oversight",
        141,
        r"\b(management|managers?|managerial|senior leaders?)\b[^.]{0,50}\b(oversight|decisions?|direction|grip)\b"
        r"|\b(oversight|line of sight)\b",
    ),
    (
        "case records",
        38,
        r"\b(case|children[’']s|child[’']s|social care|client) (records?|recording|files?)\b"
        r"|\brecords?\b[^.]{0,60}\b(up[- ]to[- ]date|comprehensive|consistently)\b",
    ),
    ("chronologies", 14, r"\bchronolog(y|ies)\b"),
    (
        "the electronic recording system",
        20,
        r"\b(electronic|recording|records?|ICT|IT|client)\b[^.]{0,20} systems?\b|\bsystems? for (inputting|recording)",
    ),
    (
        "the views of children",
        57,
        r"\b(views?|wishes|feelings|voices?|experiences)\b[^.]{0,40}\b(child|children|young people|users?|famil\w+)\b"
        r"|\b(child(ren)?|young people|users?)[’']?s?\b[^.]{0,20}\b(views?|wishes|voices?|participation)\b"
        r"|\bparticipation of (children|young)",
    ),
    (
        "visiting children and seeing them alone",
        37,
        r"\bseen alone\b|\bsee (the )?(children|young people|child)\b|\bvisit(s|ed|ing)?\b|\b(have been|are) seen\b",
    ),
    (
        "assessments in time",
        46,
        r"\b(backlog|overdue|timel\w+|delay\w*|timescales?|deadlines?|unassessed)\b[^.]{0,60}\bassess"
        r"|\bassess\w*\b[^.]{0,60}\b(timel\w+|timescales?|overdue|delay\w*|backlog|deadlines?)\b",
    ),
    (
        "the quality of assessments",
        79,
        r"\b(quality|analy\w+|evaluat\w+|poor|depth|rigour|improve|strengthen)\b[^.]{0,40}\bassessments?\b"
        r"|\bassessments?\b[^.]{0,40}\b(quality|analy\w+|evaluat\w+|reflect)\b",
    ),
    (
        "the quality of plans",
        107,
        r"\b(child protection|child in need|children[’']s|care|written|child[’']s) (plans|planning)\b"
        r"|\bplans?\b[^.]{0,40}\b(smart|measurable|outcome\w*|timescales?|contingenc\w+|specific)\b"
        r"|\bcontingency\b|\b(quality|consistency) of (the )?(written )?(planning|plans)\b",
    ),
    ("core groups", 11, r"\bcore groups?\b"),
    ("strategy meetings", 58, r"\bstrategy (meetings?|discussions?)\b|\bsection 47\b"),
    ("thresholds", 48, r"\bthresholds?\b"),
    (
        "contact and referral",
        108,
        r"\bMASH\b|\bi?CART\b|\bfront door\b|\b(contacts?|referrals?)\b(?! with (their )?(famil|parent))",
    ),
    ("early help", 47, r"\bearly (help|intervention|support)\b|\btargeted support\b"),
    ("the common assessment framework", 5, r"\bcommon assessment framework\b|\bCAFs?\b|\bearly help assessments?\b"),
    ("audit", 58, r"\baudit(s|ing|ed)?\b"),
    (
        "performance information",
        92,
        r"\bperformance\b[^.]{0,25}\b(management|information|data|monitoring)\b|\bquality assurance\b"
        r"|\bmanagement information\b",
    ),
    (
        "children who go missing",
        85,
        r"\bmissing\b(?! (data|information|from education))|\breturn (home )?interviews?\b",
    ),
    ("exploitation", 86, r"\bexploitation\b|\bcontextual\w*|\bCSE\b"),
    ("domestic abuse", 43, r"\bdomestic (abuse|violence)\b"),
    ("neglect", 50, r"\bneglect(ful)?\b"),
    ("private fostering", 44, r"\bprivate(ly)? foster\w*"),
    ("care leavers", 171, r"\bcare leavers?\b|\bleaving care\b|\bpathway plan\w*|\bpersonal advisers?\b"),
    ("care leavers’ education and work", 13, r"\beducation,? employment\b|\bemployment (and|or) training\b"),
    ("permanence", 60, r"\bpermanen(ce|cy|t)\b|\bspecial guardian\w*"),
    ("adoption", 39, r"\badopt(ers?|ion|ive)\b|\bmatching\b"),
    (
        "placements",
        22,
        r"\bplacements?\b[^.]{0,40}\b(choice|range|sufficien\w+|breakdown|stab\w+|suitable)\b"
        r"|\b(sufficiency|range|number|stability|choice)\b[^.]{0,40}\bplacements?\b|\bplacement (choice|stability)\b",
    ),
    (
        "reviewing officers and conference chairs",
        41,
        r"\breviewing (officers?|managers?)\b|\bIROs?\b|\bconference chairs?\b|\bchairs of child protection\b",
    ),
    ("child protection conferences", 30, r"\b(child protection|case) conferences?\b"),
    (
        "ethnicity, culture and identity",
        21,
        r"\bethnic\w*|\bcultural\b|\bculture,|\breligio\w*|\bidentity\b|\bdiverse needs\b|\bdiversity\b|\blinguistic\b",
    ),
    ("disabled children", 30, r"\bdisab(led|ility|ilities)\b"),
    ("homeless young people", 29, r"\bhomeless\w*"),
    (
        "home education and missing education",
        5,
        r"\bhome[- ]educat\w+|\bmissing (from )?education\b|\bfull-time education\b",
    ),
    (
        "the education of children in care",
        38,
        r"\bvirtual school\b|\battainment\b|\bpersonal education\b|\beducational (outcomes|achievement)\b",
    ),
    (
        "the health of children in care",
        63,
        r"\bhealth (assessments?|passports?|histor\w+)\b|\bemotional (health|well)|\bCAMHS\b|\bmental health\b",
    ),
    ("training", 66, r"(?<!employment or )(?<!employment and )\btraining\b(?! support)|\bworkforce development\b"),
    (
        "recruitment and turnover",
        24,
        r"\brecruit(ment|ing)?\b|\bretention\b|\bturnover\b|\bvacanc\w*|\bagency staff\b"
        r"|\bstability of (the )?(workforce|staff)",
    ),
    ("corporate parenting", 27, r"\bcorporate parent\w*"),
    ("life-story work", 24, r"\blife[- ]story\b"),
    ("advocacy", 23, r"\badvoca(cy|tes?)\b|\bindependent visitors?\b"),
    ("foster carers", 28, r"(?<!private )\bfostering (service|panel|records?)\b|\bfoster carers?\b"),
    ("governance and accountability", 30, r"\bgovernance\b|\baccountab\w+|\bhold\b[^.]{0,25}\baccount\b"),
    (
        "sharing of information",
        30,
        r"\binformation[- ]sharing\b|\bshar(e|es|ed|ing)\b[^.]{0,30}\binformation\b|\binformation\b[^.]{0,20}\bshared\b",
    ),
    (
        "partners taking part",
        40,
        r"\b(attendance|attend|contribut\w+|represented)\b[^.]{0,60}\b(partners?|agenc\w+|police|health|schools)\b"
        r"|\b(partners?|agenc\w+|police|health professionals|schools)\b[^.]{0,60}\b(attend\w*|contribut\w+|represented)\b"
        r"|\bjoint working\b|\bpartnership working\b",
    ),
    ("work with the courts", 36, r"\bcourts?\b|\bpre-proceedings\b|\bpublic law outline\b|\bpre-court\b"),
    ("direct work", 11, r"\bdirect work\b"),
    ("complaints", 8, r"\bcomplaints?\b"),
    ("learning from serious cases", 7, r"\bserious case\b|\bserious incident\b"),
    ("education, health and care plans", 23, r"\bEHC\b|\beducation, health and care\b"),
    ("waiting times", 20, r"\bwait(ing)? (times?|lists?)\b|\bwait too long\b|\bwaits?\b"),
    ("transition to adulthood", 12, r"\btransition\w*\b[^.]{0,40}\badult\w*|\bpreparation for adulthood\b"),
    ("drift and delay", 38, r"\bdrift\b|\bescalat\w+"),
)
PATTERNS: Mapping[str, re.Pattern[str]] = {name: re.compile(words, re.IGNORECASE) for name, _, words in TABLE}
COUNTS: Mapping[str, int] = {name: count for name, count, _ in TABLE}


def topics(text: str) -> frozenset[str]:
    """The subjects that a text speaks of."""
    return frozenset(name for name, pattern in PATTERNS.items() if pattern.search(text))


def opening(text: str) -> str:
    """The first sentences of a text, as many as fit; at least one."""
    if len(text) <= OPENING:
        return text
    found = ""
    for sentence in re.split(r"(?<=[.;])\s+", text):
        if found and len(found) + len(sentence) > OPENING:
            break
        found = f"{found} {sentence}".strip()
    return found


ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
    ("ment", ""),
    ("al", ""),
)
SHORTEST = 4


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its commonest endings: enough to know "caseload" and "caseloads" for the same."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)] + instead
    return word


def stems(text: str) -> frozenset[str]:
    """The words of a text without endings, in lower case; apostrophes and their "s" are left out."""
    plain = text.lower().replace("’", "'").replace("'s", "")
    return frozenset(stem(word) for word in re.findall(r"[a-z]{2,}", plain))
