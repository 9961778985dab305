"""What is a spreadsheet a plan can be read from; what is not is told with what to do."""

import pytest

from tests.extraction.test_tables import sheet_of
from tests.rules import file_samples
from tracker.rules.file_kinds import CSV, EXCEL
from tracker.rules.refusal import Refused
from tracker.rules.sheet_kinds import sheet_kind_of


def test_a_workbook_and_a_text_are_read():
    assert (sheet_kind_of(sheet_of(("Ref",))), sheet_kind_of(b"Ref;Action\n1;Read")) == (EXCEL, CSV)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (file_samples.KEPT["application/vnd.ms-excel"], "of the old kind (xls)"),
        (file_samples.REFUSED["an Excel workbook with macros"], "an Excel workbook with macros"),
        (file_samples.REFUSED["an Office document locked with a password"], "locked with a password"),
        (file_samples.REFUSED["a web page"], "a web page (HTML)"),
        (file_samples.REFUSED["cannot be told"], "cannot be told"),
        (file_samples.KEPT["application/pdf"], "a PDF, not a spreadsheet"),
        (b" \r\n", "empty"),
    ],
)
def test_what_is_no_spreadsheet_is_told_with_what_to_do(data, words):
    with pytest.raises(Refused) as refused:
        sheet_kind_of(data)
    assert words in refused.value.sentence and "evidence" not in refused.value.sentence
