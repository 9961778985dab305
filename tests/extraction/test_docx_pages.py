import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK

from tracker.extraction import read_here
from tracker.extraction.docx_pages import docx_pages


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def report():
    made = docx.Document()
    made.add_heading("Inspection of Exampleshire local authority children’s services", 0)
    made.add_paragraph("Inspection dates: 13 to 24 May 2024")
    made.add_paragraph("Overall effectiveness Good")
    made.add_heading("What needs to improve?", 1)
    return made


def lines(document):
    return [line.raw for page in docx_pages(saved(document)) for line in page.lines]


def test_a_list_in_word_is_read_item_by_item_with_its_nested_bullets():
    made = report()
    for style, words in [
        ("List Bullet", "The quality of help, including:"),
        ("List Bullet 2", "plans"),
        ("List Bullet", "The use of visits."),
    ]:
        made.add_paragraph(words, style=style)
    made.add_heading("The experiences and progress of children", 1)
    items = read_here(saved(made), name="any.docx").recommendations
    assert [item.text for item in items] == ["The quality of help, including: plans", "The use of visits."]


def test_numbers_that_only_the_style_gives_are_counted():
    made = docx.Document()
    for words in ("one", "two"):
        made.add_paragraph(words, style="List Number")
    assert lines(made) == ["1. one", "2. two"]


def test_a_page_break_begins_a_page():
    made = docx.Document()
    made.add_paragraph("one")
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("two")
    assert [(line.page, line.raw) for page in docx_pages(saved(made)) for line in page.lines] == [
        (1, "one"),
        (2, "two"),
    ]


def test_tables_and_paragraphs_come_in_their_order_and_a_spanning_cell_once():
    made = docx.Document()
    made.add_paragraph("above")
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 0).text, table.cell(1, 1).text = "left", "right"
    made.add_paragraph("below")
    assert lines(made) == ["above", "wide", "left", "right", "below"]


def archive(*members, packed=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as file:
        for name, body in members:
            file.writestr(name, body)
    return made.getvalue()


BOMB = "This Word document unpacks to far more than a report needs, as a harmful file would; it was not opened."


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert read_here(archive(("word/document.xml", b"0" * 30 * 1024**2)), name="any.docx").error == BOMB


def test_a_bomb_that_lies_about_its_size_is_refused():
    honest = archive(("word/document.xml", b"0" * 30 * 1024**2))
    size = (30 * 1024**2).to_bytes(4, "little")
    lying = honest.replace(size, (1000).to_bytes(4, "little"))
    assert read_here(lying, name="any.docx").error is not None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            saved(docx.Document())[:3000],
            "This Word document is damaged and cannot be opened. Save it again and try once more.",
        ),
        (saved(docx.Document()), "This Word document has no words in it."),
    ],
    ids=["cut short", "empty"],
)
def test_a_word_document_that_cannot_be_read_says_why(data, sentence):
    assert read_here(data, name="any.docx").error == sentence


def test_a_table_of_two_columns_in_word_names_the_responsible_body():
    made = docx.Document()
    made.add_heading("Area SEND inspection of Exampleshire Local Area Partnership", 0)
    made.add_paragraph("Inspection dates: 18 to 22 November 2024")
    made.add_heading("Areas for priority action", 1)
    table = made.add_table(3, 2)
    rows = [
        ("Responsible body", "Areas for priority action"),
        ("Exampleshire Council", "Leaders should improve plans."),
        ("NHS Example", "Health leaders should reduce waits."),
    ]
    for row, words in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = words
    made.add_heading("Local area partnership details", 1)
    items = read_here(saved(made), name="any.docx").recommendations
    assert [(item.addressee, item.text) for item in items] == [
        ("Exampleshire Council", "Leaders should improve plans."),
        ("NHS Example", "Health leaders should reduce waits."),
    ]
