import io
import zipfile

import pytest

from tracker.extraction.pages import Unreadable, read_pages, text_pages

TEXT = "Areas for improvement\n\n• ensure that children’s views are heard\n"


def words(data):
    return [line.raw for page in read_pages(data, size=10_000) for line in page.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_read_in_every_usual_encoding(encoding):
    assert words(TEXT.encode(encoding)) == ["Areas for improvement", "• ensure that children’s views are heard"]


def test_a_form_feed_begins_a_page_and_lines_are_counted_on():
    pages = text_pages("one\ntwo\n\fthree\n\nfour")
    assert [(line.page, line.number, line.raw) for page in pages for line in page.lines] == [
        (1, 1, "one"),
        (1, 2, "two"),
        (2, 3, "three"),
        (2, 5, "four"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(newline):
    numbers = [line.number for line in text_pages(newline.join(["one", "", "three"]))[0].lines]
    assert numbers == [1, 3]


def test_a_line_remembers_the_gap_above_it():
    assert [line.gap for line in text_pages("one\ntwo\n\nthree")[0].lines] == [True, False, True]


def archive(member):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(member, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7\n...", "This PDF is cut short: its end is missing. Fetch the file again."),
        (b"\r\n%PDF-1.4\n...", "This PDF is cut short: its end is missing. Fetch the file again."),
        (
            archive("word/document.xml"),
            "This Word document is damaged and cannot be opened. Save it again and try once more.",
        ),
        (
            archive("xl/workbook.xml"),
            "This is a spreadsheet; files of this kind cannot be read. Save it as a PDF, Word or text file.",
        ),
        (
            archive("report.txt"),
            "This is a ZIP archive; files of this kind cannot be read. Save it as a PDF, Word or text file.",
        ),
        (b"  <!DOCTYPE html><p> </p>", "This is a web page (HTML) with no words in it."),
        (
            b"\x89PNG\r\n\x1a\n",
            "This is a picture; files of this kind cannot be read. Save it as a PDF, Word or text file.",
        ),
        (b"\x00\x01\x02\x03" * 50, "This is not a text: its bytes are no letters that can be read."),
        (b"", "This file is empty."),
        (b" \r\n\t\f \n", "This file has no words in it, only blank space."),
        ("\ufeff \n".encode(), "This file has no words in it, only blank space."),
        (b"x" * 10_001, "This file is too large: 10,001 bytes, and at most 10,000 bytes can be read."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, sentence):
    with pytest.raises(Unreadable) as refusal:
        read_pages(data, size=10_000)
    assert str(refusal.value) == sentence


def test_a_text_that_speaks_of_html_far_down_is_still_a_text():
    assert words(b"word " * 300 + b"\n<html>")[1] == "<html>"
