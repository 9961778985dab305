"""What the journeys lean on: a test ends when its server has answered all that its pages asked for."""


def test_what_a_page_asks_for_is_counted_until_it_is_answered(page, answering):
    before = answering.ever
    page.goto("/accounts/login/")
    answering.all_done()
    assert answering.ever > before
