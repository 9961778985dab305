"""The five seed reports against what a person reads in them. No name of a person stands here: lines are pointed at."""

from datetime import date
from pathlib import Path

import pytest

from tracker.extraction import read_here
from tracker.extraction.shapes import ExtractedReport

SEEDS = Path(__file__).parents[2] / "seeds"
STAFFORDSHIRE = "protection-of-children-staffordshire-2012.txt"
WEST_SUSSEX = "protection-of-children-west-sussex-2013.txt"
ROTHERHAM = "protection-of-children-rotherham-2012.txt"
VISIT = "focused-visit-staffordshire-2018.txt"
LETTER = "unannounced-assessment-staffordshire-2010.txt"
SUBJECT_2010 = (
    "Annual unannounced inspection of contact, referral and assessment arrangements "
    "within Staffordshire children's services"
)
PROTECTION = "Inspection of local authority arrangements for the protection of children"

AT_ONCE = ("Immediately", "immediately")
THREE = ("Within three months", "within 3 months")
SIX = ("Within six months", "within 6 months")
IMPROVE = ("What needs to improve in this area of social work practice", None)
DEVELOP = ("Areas for development", None)

ITEMS = {  # (heading, timescale), first words, last words, lines of the file
    STAFFORDSHIRE: [
        (AT_ONCE, "ensure that assessments and reports", "views and experiences of children", (51, 51)),
        (AT_ONCE, "ensure that management oversight", "effective in progressing casework.", (52, 52)),
        (THREE, "eliminate the current backlog", "within an acceptable timescale", (56, 56)),
        (THREE, "ensure that all children with", "been seen alone or not", (57, 57)),
        (THREE, "ensure that the common", "targeted early intervention support", (58, 58)),
        (THREE, "ensure social care case records", "includes all relevant documents.", (59, 59)),
        (SIX, "reduce average caseloads", "managers have manageable workloads", (63, 63)),
        (SIX, "develop processes to ensure", "development of child protection services", (64, 64)),
        (SIX, "improve systems for inputting", "from the local support teams", (65, 65)),
        (SIX, "continue its workforce", "case planning and evaluating outcomes.", (66, 66)),
    ],
    WEST_SUSSEX: [
        (AT_ONCE, "ensure that existing plans", "conferences are implemented and effective.", (55, 55)),
        (THREE, "ensure that outcomes of section 47", "identify key issues and findings", (59, 59)),
        (THREE, "ensure that chronologies", "systematically to inform practice", (60, 60)),
        (THREE, "ensure that assessments are", "by when to meet their needs", (61, 61)),
        (THREE, "ensure that children are involved", "advocacy arrangements where appropriate", (62, 64)),
        (THREE, "ensure that the supervision", "in all aspects of casework", (66, 66)),
        (THREE, "ensure that child protection", "with clearly identified timescales", (67, 67)),
        (THREE, "ensure that all assessments", "equality and diversity factors", (68, 68)),
        (THREE, "ensure that all children and", "sustains improvement in their circumstances.", (69, 69)),
        (SIX, "in partnership with other agencies", "in the emergence of problems", (73, 73)),
        (SIX, "ensure that the outcomes of audits", "development and continuous improvement.", (74, 74)),
    ],
    ROTHERHAM: [
        (AT_ONCE, "undertake a multi-agency review", "a significant period of time", (56, 56)),
        (AT_ONCE, "ensure all strategy discussions", "signed off by a manager", (57, 57)),
        (AT_ONCE, "ensure the outcomes and rationale", "signed off by a manager.", (58, 58)),
        (THREE, "improve the consistency", "the contact and referral team", (62, 62)),
        (THREE, "ensure that domestic violence", "a child focused risk assessment", (63, 63)),
        (THREE, "improve the quality and", "specific and measurable outcomes", (64, 66)),
        (THREE, "ensure that core groups", "the risks identified in plans", (68, 68)),
        (THREE, "take action to reduce", "capacity needs of the service", (69, 69)),
        (THREE, "ensure that full consideration", "enabling access to advocacy support", (70, 70)),
        (THREE, "ensure all social workers", "monitoring private fostering arrangements.", (71, 71)),
        (SIX, "develop and implement systems", "to inform service development", (75, 75)),
        (SIX, "strengthen the degree", "Local Safeguarding Children Board (RLSCB)", (76, 76)),
        (SIX, "fully implement the proposed", "agencies are reported to RLSCB.", (77, 77)),
    ],
    VISIT: [
        (IMPROVE, "The audit process does not", "overview of practice in quality assurance reports.", (48, 48)),
        (IMPROVE, "High workloads are impacting", "have more complex needs.", (49, 49)),
        (IMPROVE, "Workloads vary across teams", "positive impacts on young people.", (50, 50)),
        (IMPROVE, "While management decisions", "to enable reflection and learning.", (52, 52)),
        (IMPROVE, "Children's plans are not smart", "future actions and risk assessments.", (53, 53)),
    ],
    LETTER: [
        (DEVELOP, "Case records reflect that", "have been fully considered.", (47, 47)),
        (DEVELOP, "The electronic recording system", "young people and their families.", (48, 50)),
        (DEVELOP, "Joint working at initial phases", "longer-term planning arrangements.", (52, 52)),
        (DEVELOP, "The breadth of work", "well as court proceedings.", (53, 53)),
    ],
}

CUT_BY_THE_PAGE = {  # file, place in the list from 0: the whole text
    (WEST_SUSSEX, 4): (
        "ensure that children are involved in all plans for their help and protection in a meaningful way through "
        "sufficient preparation, consideration of the appropriateness of the time and venue of meetings, and the "
        "provision of advocacy arrangements where appropriate"
    ),
    (ROTHERHAM, 5): (
        "improve the quality and consistency of child protection and children in need plans, ensuring they are "
        "appropriately focused on key risks and the actions required to reduce risks and set clear, specific and "
        "measurable outcomes"
    ),
    (LETTER, 1): (
        "The electronic recording system, which is undergoing substantial development, is hindering the smooth "
        "operation of assessment and case planning. Staff and managers are exhibiting frustration with the system and "
        "have found it necessary to develop a variety of back-up systems to secure their work. Excessive time is being "
        "taken to operate this system which is detracting from face to face contact with children, young people and "
        "their families."
    ),
}

FACTS = {  # framework, provider, authority, title, first day, last day, published, its quote, overall
    STAFFORDSHIRE: (
        "protection_of_children",
        "Staffordshire",
        "Staffordshire",
        PROTECTION,
        date(2012, 11, 5),
        date(2012, 11, 14),
        None,
        None,
        "Adequate",
    ),
    WEST_SUSSEX: (
        "protection_of_children",
        "West Sussex County Council",
        "West Sussex",
        PROTECTION,
        date(2013, 2, 11),
        date(2013, 2, 20),
        None,
        None,
        "Adequate",
    ),
    ROTHERHAM: (
        "protection_of_children",
        "Metropolitan Borough of Rotherham",
        "Rotherham",
        PROTECTION,
        date(2012, 7, 2),
        date(2012, 7, 11),
        date(2012, 8, 10),
        "Published: 10 August 2012",
        "Adequate",
    ),
    VISIT: (
        "ilacs_focused_visit",
        "Staffordshire County Council",
        "Staffordshire",
        "Focused visit to Staffordshire County Council children's services",
        date(2018, 6, 26),
        date(2018, 6, 27),
        date(2018, 7, 19),
        "19 July 2018",
        None,
    ),
    LETTER: (
        "unannounced_assessment",
        "Staffordshire County Council",
        "Staffordshire",
        SUBJECT_2010,
        date(2010, 7, 13),
        date(2010, 7, 14),
        date(2010, 8, 11),
        "11 August 2010",
        None,
    ),
}

GRADED = [
    ("Overall effectiveness", "Adequate"),
    (
        "The effectiveness of the help and protection provided to children, young people, families and carers",
        "Adequate",
    ),
    ("The quality of practice", "Adequate"),
    ("Leadership and governance", "Adequate"),
]
LED_BY = {STAFFORDSHIRE: 9, WEST_SUSSEX: 7, ROTHERHAM: 8, VISIT: 70, LETTER: 59}  # the line that names the inspector
ADDRESSED = {VISIT: (17, 18), LETTER: (5, 6)}

every_seed = pytest.mark.parametrize("name", list(ITEMS))


def lines_of(name: str) -> list[str]:
    return (SEEDS / name).read_text(encoding="utf-8").split("\n")


def read(name: str) -> ExtractedReport:
    return read_here((SEEDS / name).read_bytes(), name=name)


def test_the_table_holds_all_forty_three_recommendations():
    assert [len(ITEMS[name]) for name in (STAFFORDSHIRE, WEST_SUSSEX, ROTHERHAM, VISIT, LETTER)] == [10, 11, 13, 5, 4]


@every_seed
def test_every_item_of_a_seed_is_read_in_order_with_its_heading_and_timescale(name):
    items = read(name).recommendations
    read_as = [((each.heading, each.timescale), each.source.lines) for each in items]
    assert read_as == [(under, lines) for under, _, _, lines in ITEMS[name]]


@every_seed
def test_every_item_of_a_seed_begins_and_ends_where_it_is_printed(name):
    texts = [each.text for each in read(name).recommendations]
    wrong = [
        text
        for text, (_, first, last, _) in zip(texts, ITEMS[name], strict=True)
        if not (text.startswith(first) and text.endswith(last))
    ]
    assert wrong == []


@every_seed
def test_an_item_on_one_line_is_that_line_without_its_bullet(name):
    printed = lines_of(name)
    whole = [each for each in read(name).recommendations if each.source.lines[0] == each.source.lines[1]]
    assert [each.text for each in whole] == [printed[each.source.lines[0] - 1].strip("- \t") for each in whole]


@pytest.mark.parametrize(("name", "place"), list(CUT_BY_THE_PAGE))
def test_an_item_cut_by_the_page_is_read_whole(name, place):
    assert read(name).recommendations[place].text == CUT_BY_THE_PAGE[name, place]


@every_seed
def test_every_citation_quotes_the_lines_it_names(name):
    report, printed = read(name), lines_of(name)
    sources = [each.source for each in report.recommendations] + list(report.citations.values())
    assert [each.quote for each in sources] == [
        "\n".join(printed[each.lines[0] - 1 : each.lines[1]]) for each in sources
    ]


@every_seed
def test_the_facts_of_a_seed_are_read_as_printed(name):
    report = read(name)
    assert FACTS[name] == (
        report.framework,
        report.provider,
        report.authority,
        report.title,
        report.inspection_start,
        report.inspection_end,
        report.publication_date,
        report.publication_date_quote,
        report.overall_judgement,
    )


@every_seed
def test_no_seed_asks_for_a_review(name):
    assert not read(name).needs_review


@every_seed
def test_the_lead_inspector_is_the_whole_name_on_the_line_that_prints_it(name):
    lead = read(name).lead_inspector
    printed = lines_of(name)[LED_BY[name] - 1].removesuffix(" HMI")
    assert lead.count(" ") == 1 and printed.endswith(lead)


@pytest.mark.parametrize("name", list(ADDRESSED))
def test_a_letter_gives_the_person_and_the_post_it_is_addressed_to(name):
    person, post = ADDRESSED[name]
    printed = lines_of(name)
    assert read(name).addressed_to == f"{printed[person - 1]}, {printed[post - 1]}"


@pytest.mark.parametrize("name", [STAFFORDSHIRE, WEST_SUSSEX, ROTHERHAM])
def test_the_table_of_judgements_is_read_at_the_end_of_an_inspection(name):
    assert [(each.name, each.grade) for each in read(name).judgements] == GRADED


@pytest.mark.parametrize("name", [VISIT, LETTER])
def test_a_letter_carries_no_judgements(name):
    assert read(name).judgements == ()


def test_a_garbled_cover_is_told_in_mild_words():
    assert [each.serious for each in read(WEST_SUSSEX).doubts] == [False, False, False]


@pytest.mark.parametrize("name", [STAFFORDSHIRE, ROTHERHAM, VISIT, LETTER])
def test_a_clean_seed_gives_no_warning(name):
    assert read(name).warnings == []
