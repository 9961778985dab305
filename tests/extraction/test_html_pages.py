from tracker.extraction import read_here
from tracker.extraction.html_pages import html_pages

REPORT = """<!doctype html><html><head><title>x</title></head><body><nav>Menu</nav>
<h1>Inspection of Exampleshire local authority children’s services</h1>
<p>Inspection dates: 13 to 24 May 2024</p><p>Overall effectiveness Good</p>
<h2>What needs to improve?</h2>
<ul><li>The quality of <b>help</b>, including:<ul><li>plans</li><li>visits</li></ul></li><li>The use of data.</li></ul>
<h2>The experiences and progress of children</h2><p>Children are seen.</p><script>alert(1)</script></body></html>"""


def raws(page):
    return [line.raw for line in html_pages(page)[0].lines]


def test_a_list_of_a_web_page_is_read_item_by_item():
    items = read_here(REPORT.encode(), name="any.html").recommendations
    assert [item.text for item in items] == ["The quality of help, including: plans visits", "The use of data."]


def test_menus_and_scripts_are_no_words_of_the_report():
    words = " ".join(raws(REPORT))
    assert "Menu" not in words and "alert" not in words


def test_numbered_lists_are_counted():
    assert raws("<html><ol><li>one<li>two</ol>") == ["1. one", "2. two"]


def test_the_rows_of_a_table_begin_with_a_rule():
    page = html_pages("<html><table><tr><td>a<td>b<tr><td>c</table>")[0]
    assert [(line.raw, line.ruled) for line in page.lines] == [("a", True), ("b", False), ("c", True)]


def test_a_web_page_called_pdf_is_named():
    report = read_here(REPORT.encode(), name="report.pdf")
    assert report.warnings == ["This file is called .pdf but is a web page (HTML): check that it is the report."]


def test_a_very_deep_page_is_read_or_refused():
    assert read_here(b"<html>" + b"<div>" * 20_000 + b"x", name="any.html").framework == "other"
