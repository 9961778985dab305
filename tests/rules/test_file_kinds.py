"""What a file of evidence is comes from its bytes; what is not kept is refused with what it is and what to do."""

import pytest

from tests.rules.file_samples import KEPT, MAIL, OLD_MACROS, REFUSED, compound, zipped
from tracker.rules.compound_files import names_in
from tracker.rules.file_kinds import CSV, EMAIL, KINDS, PDF, TEXT, kind_of
from tracker.rules.file_names import LONGEST, as_table, named, safe, visible
from tracker.rules.file_words import words_of
from tracker.rules.refusal import Refused


@pytest.mark.parametrize(("media_type", "data"), KEPT.items())
def test_a_kind_that_is_kept_is_told_by_its_bytes(media_type, data):
    assert kind_of(data).media_type == media_type


def test_there_is_a_sample_of_every_kind_but_the_table_that_its_name_makes():
    assert {kind.media_type for kind in KINDS} - set(KEPT) == {"text/csv"}


@pytest.mark.parametrize(("what", "data"), REFUSED.items())
def test_what_is_not_kept_is_refused_by_name(what, data):
    with pytest.raises(Refused) as refused:
        kind_of(data)
    assert what in refused.value.sentence and refused.value.field == "file"


def test_a_refusal_says_what_to_do_instead():
    with pytest.raises(Refused, match="Save it without macros, or as a PDF"):
        kind_of(OLD_MACROS)


@pytest.mark.parametrize("before", [b"<html>", b"MZ\x00", b"#!/bin/sh\n"])
def test_something_else_before_a_pdf_s_mark_is_no_pdf(before):
    with pytest.raises(Refused):
        kind_of(before + KEPT["application/pdf"])


def test_a_text_that_speaks_of_a_sender_is_no_e_mail():
    assert kind_of(b"From: the board\nThank you for the audit.") is TEXT


@pytest.mark.parametrize(
    "data", [KEPT["application/msword"][:600], compound("x")[:100], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_damaged_container_holds_no_names_and_is_refused(data):
    assert "WordDocument" not in names_in(data)
    with pytest.raises(Refused):
        kind_of(data)


def test_a_container_that_chains_in_a_ring_is_read_to_an_end():
    data = bytearray(compound("Root Entry", "x"))
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    assert "x" in names_in(bytes(data))


def test_a_list_of_parts_that_unpacks_without_end_is_cut():
    assert kind_of(zipped("word/document.xml", types=" " * 50_000_000)).words == "Word document"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/minutes.pdf", "minutes.pdf"),
        ("C:\\Users\\ben\\minutes.pdf", "minutes.pdf"),
        ("min\x00u\x1btes\r\n.pdf", "minutes .pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("\u200bminutes\ufeff.pdf", "minutes.pdf"),
        ("  Board   minutes.pdf ", "Board minutes.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(name, shown):
    assert named(name, PDF).name == shown


def test_a_long_name_keeps_its_ending():
    assert safe("a" * 500 + ".pdf").endswith("a.pdf") and len(safe("a" * 500 + ".pdf")) == LONGEST


@pytest.mark.parametrize(
    ("name", "mended"),
    [("minutes.doc", "minutes.pdf"), ("scan", "scan.pdf"), ("report.v2", "report.v2.pdf"), ("A.PDF", "A.PDF")],
)
def test_an_ending_that_contradicts_the_content_is_mended(name, mended):
    assert named(name, PDF).name == mended


@pytest.mark.parametrize("name", ["a.exe", "a.HTML", "a.svg", "a.js", "a.docm", "a.pdf\u202e.scr"])
def test_the_ending_of_something_that_runs_is_refused_whatever_the_content(name):
    with pytest.raises(Refused, match="by its content this is a PDF"):
        named(name, PDF)


def test_text_called_csv_is_a_table_and_nothing_else_is():
    assert (as_table(TEXT, "a.CSV"), as_table(TEXT, "a.txt"), as_table(PDF, "a.csv")) == (CSV, TEXT, PDF)


def test_words_lose_what_nobody_sees():
    assert visible("Audit\u202e of\tMarch\n") == "Audit of March"


def test_a_cell_of_a_table_is_told_with_the_head_of_its_column():
    assert "DOB: 12/03/2011;" in (words_of(CSV, b"Name;DOB\r\nJS;12/03/2011\r\n") or "")


def test_an_e_mail_is_read_with_its_subject_and_its_encoded_text():
    data = MAIL.replace(
        b"\r\n\r\nIt is done.\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\nSXQgaXMgZG9uZS4=\r\n"
    )
    words = words_of(EMAIL, data) or ""
    assert "The audit" in words and "It is done." in words


def test_the_words_of_a_pdf_are_not_read_here():
    assert words_of(PDF, KEPT["application/pdf"]) is None
