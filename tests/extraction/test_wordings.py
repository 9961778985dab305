"""The same layouts in other words: titles, names of councils, labels, days and headings of lists. All is invented."""

from datetime import date

import pytest

from tests.extraction.printed import pdf
from tests.extraction.test_layouts import BOARD, DEADLINES, LETTER
from tests.extraction.test_traits import AFTER, COVER, NUMBERED, SEND, SIF
from tracker.extraction import read_here

ILACS = COVER.split("\n", 2)[2] + "* The quality of plans.\n* The use of visits." + AFTER
ITEMS = ["The quality of plans.", "The use of visits."]
RULES = "---\nLeaders should improve plans for children.\n---\n# Local area partnership details\n"
AREA = SEND.split("\n", 2)[2] + "# Areas for improvement\n---\n## Areas for improvement\n" + RULES


def read(text):
    return read_here(pdf(text), name="any.pdf")


def texts(report):
    return [item.text for item in report.recommendations]


ILACS_TITLES = {
    "title: Inspection of local authority children’s services\n## Exampleshire County Council": "Exampleshire",
    "title: Inspection of children’s services in Exampleshire": "Exampleshire",
    "title: Inspection of children’s social care services\n## Exampleshire": "Exampleshire",
    "title: Inspection of Royal Borough of Exampleton and\ntitle: Samplehead children’s services": "Exampleton and Samplehead",
    "title: Inspection of Bath & North East Somerset local authority\ntitle: children’s services": "Bath and North East Somerset",
    "title: Inspection of Stockton-On-Tees local authority\ntitle: children’s services": "Stockton-on-Tees",
}


@pytest.mark.parametrize(("title", "authority"), ILACS_TITLES.items(), ids=ILACS_TITLES.values())
def test_the_council_stands_before_within_or_below_the_title(title, authority):
    report = read(f"{title}\n{ILACS}")
    assert (report.framework, report.authority, report.warnings, texts(report)) == ("ilacs", authority, [], ITEMS)


@pytest.mark.parametrize(
    ("provider", "authority"),
    [
        ("Exampleshire Children’s Trust", "Exampleshire"),
        ("Sampleton Children First and Exampleshire\ntitle: Borough Council children’s services", "Exampleshire"),
        (
            "Achieving for Children on behalf of the\ntitle: Royal Borough of Exampleton and Samplehead children’s services",
            "Exampleton and Samplehead",
        ),
    ],
)
def test_the_council_beside_a_trust_is_the_authority_and_doubted(provider, authority):
    report = read(f"title: Inspection of {provider}\n{ILACS}")
    assert (report.framework, report.authority, report.needs_review) == ("ilacs", authority, True)


def test_the_council_is_the_authority_where_the_board_is_named_with_it():
    both = "title: Exampleshire County Council and\ntitle: Exampleshire Safeguarding Children Board"
    assert read(SIF.replace("title: Exampleshire", both) + NUMBERED).authority == "Exampleshire"


@pytest.mark.parametrize("label", ["Date(s) of inspection:", "Inspection period:"])
def test_the_days_stand_behind_other_labels(label):
    report = read(COVER.replace("Inspection dates:", label) + "* The quality of plans." + AFTER)
    assert (report.framework, report.inspection_start) == ("ilacs", date(2024, 5, 13))


def test_a_title_is_known_where_the_label_below_it_is_not():
    report = read(COVER.replace("Inspection dates:", "Inspectors came:") + "* The quality of plans." + AFTER)
    assert (report.framework, report.authority, report.needs_review) == ("ilacs", "Exampleshire", True)


@pytest.mark.parametrize(
    "days",
    [
        "13/05/2024 to 24/05/2024",
        "13 – 24 May, 2024",
        "Monday 13 May 2024 to Friday 24 May 2024",
        "13-17 and 20-24 May 2024",
    ],
)
def test_a_run_of_days_has_its_first_and_its_last(days):
    report = read(COVER.replace("13 to 24 May 2024", days) + "* The quality of plans." + AFTER)
    assert (report.inspection_start, report.inspection_end) == (date(2024, 5, 13), date(2024, 5, 24))


@pytest.mark.parametrize("label", ["Date published:", "Report publication date:", "Publication date:", "Published on:"])
def test_the_publication_date_stands_behind_other_labels(label):
    assert read(SIF.replace("Report published:", label) + NUMBERED).publication_date == date(2015, 2, 3)


@pytest.mark.parametrize("label", ["Dates of previous inspection:", "Previous inspection:", "Date of last inspection:"])
def test_the_days_of_an_earlier_inspection_may_stand_first(label):
    report = read(
        SEND.split("Inspection dates", 1)[0]
        + f"{label} 5 December 2016\nInspection dates"
        + AREA.split("Inspection dates", 1)[1]
    )
    assert (report.authority, report.inspection_start) == ("Exampleshire", date(2024, 11, 18))


@pytest.mark.parametrize(
    "title",
    [
        "Area SEND full inspection of",
        "Area SEND monitoring inspection of",
        "Area special educational needs and disabilities (SEND) inspection of",
    ],
)
def test_an_area_inspection_is_known_by_its_title(title):
    report = read(f"## {title} the Royal Borough of Exampleton and\n## Samplehead Local Area Partnership\n{AREA}")
    assert (report.framework, report.authority, len(report.recommendations)) == (
        "area_send",
        "Exampleton and Samplehead",
        1,
    )


def test_a_letter_with_the_title_of_an_area_inspection_stays_a_letter():
    text = LETTER.format(
        subject="Joint area SEND inspection of Exampleshire",
        opening="From 26 to 27 June 2018, Ofsted conducted a joint inspection of the local area of Exampleshire.",
        heading="Areas for development",
    )
    assert read_here(text.encode(), name="any.txt").framework == "area_send_2016"


@pytest.mark.parametrize(
    ("subject", "framework"),
    [
        ("Ofsted COVID-19 focused visit to Exampleshire", "ilacs_focused_visit"),
        ("Focused visit: Exampleshire children's services", "ilacs_focused_visit"),
        ("JTAI of Exampleshire", "jtai"),
    ],
)
def test_a_letter_is_known_by_other_words_of_its_subject(subject, framework):
    opening = "This letter summarises the visit to Exampleshire County Council on 26 and 27 June 2018."
    text = LETTER.format(subject=subject, opening=opening, heading="What needs to improve about this area of practice?")
    report = read_here(text.encode(), name="any.txt")
    assert (report.framework, report.authority, len(report.recommendations)) == (framework, "Exampleshire", 1)


@pytest.mark.parametrize(
    "title", ["Inspection of services for looked after children", "Inspection of looked after children’s services"]
)
def test_an_inspection_of_looked_after_services_is_known_by_other_words_of_its_title(title):
    report = read_here(DEADLINES.format(title=title).encode(), name="any.txt")
    assert (report.framework, report.authority) == ("looked_after_children", "Exampleshire")


def test_grades_are_read_from_a_record_that_names_the_council_and_counts_its_grades():
    text = DEADLINES.format(title="Inspection of safeguarding and looked after children services")
    text = text.replace("findings", "findings: Exampleshire").replace(" Inadequate", " Grade 4 (Inadequate)")
    assert read_here(text.encode(), name="any.txt").overall_judgement == "Inadequate"


def test_a_review_of_a_board_may_name_the_board_in_its_title():
    text = BOARD.split("\n", 2)[2].replace("the Local Safeg", "the Exampleshire Safeg")
    report = read_here(text.encode(), name="any.txt")
    assert (report.framework, report.authority, len(report.recommendations)) == ("lscb_review", "Exampleshire", 1)


ILACS_HEADINGS = [
    "What needs to improve in Exampleshire?",
    "What the local authority needs to improve",
    "What needs to be improved?",
]


@pytest.mark.parametrize("heading", ILACS_HEADINGS)
def test_what_needs_to_improve_may_be_asked_in_other_words(heading):
    report = read(COVER.replace("What needs to improve?", heading) + "\n".join(f"* {item}" for item in ITEMS) + AFTER)
    assert (texts(report), report.warnings) == (ITEMS, [])


@pytest.mark.parametrize(
    "heading", ["Areas for improvement for the local authority", "Areas of improvement", "Main recommendations"]
)
def test_a_numbered_list_may_be_headed_in_other_words(heading):
    report = read(
        f"{SIF}# {heading}\n1. Improve the plans.\n2. See every child.\n# The local authority’s strengths\n3. Staff.\n"
    )
    assert (texts(report), report.warnings) == (["Improve the plans.", "See every child."], [])


@pytest.mark.parametrize("heading", ["Recommendations", "Priority areas for improvement", "What should be improved?"])
def test_a_list_under_a_heading_of_another_kind_is_read_and_doubted(heading):
    report = read(COVER.replace("What needs to improve?", heading) + "\n".join(f"* {item}" for item in ITEMS) + AFTER)
    assert texts(report) == ITEMS
    assert report.warnings == [
        f"The list stands under “{heading}”, and reports of this kind head it otherwise: check it."
    ]


def test_a_monitoring_letter_is_not_searched_for_a_list_under_another_heading():
    text = LETTER.format(
        subject="Monitoring visit to Exampleshire County Council children's services",
        opening="This letter summarises the monitoring visit to Exampleshire County Council on 26 June 2018.",
        heading="Recommended actions",
    )
    assert texts(read_here(text.encode(), name="any.txt")) == []
