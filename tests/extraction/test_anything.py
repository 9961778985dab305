"""Whatever the bytes, a report comes back, and it survives the way through JSON."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extraction import ExtractedReport, read_here

WORDS = st.sampled_from(
    [
        "Inspection of local authority arrangements for the protection of children",
        "Areas for improvement",
        "Areas for improvement\t2",
        "Recommendations",
        "Immediately:",
        "Within three months:",
        "- ensure that plans are kept",
        "- ",
        "\uf0b7",
        "4. In order to improve, it should:",
        "24.",
        "ensure well-",
        "being",
        "**",
        "# ",
        "Dear Mx Example",
        "Focused visit to Exampleshire County Council",
        "Inspection dates: 11 - 20",
        "Published: 99 July 2012",
        "31 June to 2 May 2012",
        "Overall effectiveness\tGood",
        "Yours sincerely",
        "About this inspection",
        "",
        "\f",
        "   3   ",
        "|",
    ]
)
BROKEN = st.lists(st.one_of(WORDS, st.text(max_size=30)), max_size=25).map("\n".join)


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_give_a_report(data):
    assert isinstance(read_here(data, name="any"), ExtractedReport)


@given(BROKEN)
@settings(deadline=None, max_examples=300)
def test_any_heap_of_lines_gives_a_report_that_survives_json(text):
    report = read_here(text.encode("utf-8", "replace"), name="any")
    assert ExtractedReport.from_json(json.loads(json.dumps(report.to_json()))) == report


@given(st.lists(WORDS, max_size=25).map("\n".join))
@settings(deadline=None, max_examples=200)
def test_every_word_of_an_item_stands_in_its_quote(text):
    report = read_here(text.encode(), name="any")
    lost = [
        (word, item.source.quote)
        for item in report.recommendations
        for word in re.findall(r"\w+", item.text)
        if word not in item.source.quote
    ]
    assert lost == []
