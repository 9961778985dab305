"""The report as a Word document: real headings, tables whose headings repeat, the same each time, nothing lost."""

import io
import zipfile
from dataclasses import replace

import docx as reader
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from tests.exports.paper_contents import AS_AT, HEAD, contents, reference, section
from tracker.exports import docx
from tracker.exports.report import parts


def made(plan):
    [(name, data)] = docx.files(plan)
    assert name == "board-report.docx"
    return data


@pytest.fixture(scope="module")
def data():
    return made(contents())


@pytest.fixture(scope="module")
def document(data):
    return reader.Document(io.BytesIO(data))


def all_text(document):
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_every_word_of_an_action_stands_in_it(document):
    text = all_text(document)
    for n in range(1, 14):
        row = section(n).action
        assert reference(n) in text
        assert row["recommendation"]["text"] in text
        assert row["action"]["what"] in text


def test_it_has_real_headings(document):
    levels = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels.count("Heading 2") >= 13
    assert {"Heading 1", "Heading 2", "Heading 3"} == set(levels)


def test_every_table_repeats_its_heading_row(document):
    heads = [table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") for table in document.tables]
    assert heads and all(head is not None for head in heads)


def test_wide_tables_lie_across(document):
    assert {each.orientation for each in document.sections} == {WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT}


def test_it_is_in_british_english_and_says_what_it_is(document):
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    properties = document.core_properties
    assert properties.title.startswith("Report to the improvement board: Rotherham")
    assert properties.created.date() == AS_AT.date()


def test_the_chain_s_head_stands_whole_on_its_first_page(document):
    assert HEAD in all_text(document)


def test_a_reference_in_a_table_leads_to_its_section(document):
    names = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    targets = {each.get(qn("w:anchor")) for each in document.element.body.iter(qn("w:hyperlink"))}
    assert len(names) == 13
    assert targets and targets <= names


def test_the_same_contents_make_the_same_bytes(data):
    assert made(contents()) == data


def test_no_piece_carries_the_time_it_was_written(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {each.date_time for each in archive.infolist()} == {docx.EPOCH}


def test_what_xml_cannot_hold_is_made_visible_and_markup_stays_text():
    whole = section(1)
    text = "bell \x07, <w:p>&amp;</w:p>, half \ud800, Welsh ŵ, 中, 😀\nsecond line"
    action = {**whole.action, "action": {**whole.action["action"], "what": text}}
    plan = contents(1, sections=lambda: iter([replace(whole, action=action)]))
    found = all_text(reader.Document(io.BytesIO(made(plan))))
    assert "bell [U+0007], <w:p>&amp;</w:p>, half [U+D800], Welsh ŵ, 中, 😀\nsecond line" in found


def test_a_long_plan_is_several_documents_cut_where_the_pdf_is(monkeypatch):
    monkeypatch.setattr(parts, "HEAVIEST", 12)
    assert [name for name, _ in docx.files(contents(3))] == ["board-report-1.docx", "board-report-2.docx"]
