"""The board report as plain data: what stands in it, what adds up, and where it is cut into files."""

from dataclasses import replace
from datetime import date

import pytest

from tests.exports.paper_contents import contents, reference, section, standard_cover
from tracker.choices import Status
from tracker.exports.report import figures, front, parts, words
from tracker.exports.report.blocks import Facts, Heading, Link, Mark, Table, Text, Words
from tracker.exports.report.tables import DoesNotAddUp
from tracker.models import Authority
from tracker.rules.pack import MOST_IN_A_PART, Name
from tracker.rules.position import Position
from tracker.web.figures import exceptions, totals


def blocks(plan):
    return [block for part in parts.parts(plan) for sheet in part.sheets for block in sheet.blocks]


def said(items):
    """All words of blocks, cells and items, however deep."""
    for each in items:
        if isinstance(each, Words):
            yield each.text
        elif isinstance(each, Mark):
            yield each.word
        elif isinstance(each, Link):
            yield each.reference
        elif isinstance(each, Heading):
            yield each.text
        elif isinstance(each, Text):
            yield from said(each.items)
        elif isinstance(each, Facts):
            yield from said(item for _, cell in each.rows for item in cell)
        elif isinstance(each, Table):
            yield from said(item for row in each.rows for cell in row for item in cell)


def below(plan, title):
    """The blocks under a heading, to the next one of its level."""
    found = blocks(plan)
    start = next(n for n, block in enumerate(found) if isinstance(block, Heading) and block.text.startswith(title))
    level = found[start].level
    rest = found[start + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, Heading) and b.level <= level), len(rest))
    return rest[:end]


def references(plan, title):
    rows = [row for block in below(plan, title) if isinstance(block, Table) for row in block.rows]
    return [row[0][0].reference for row in rows]


def test_the_five_tables_hold_what_they_say():
    plan = contents()
    assert [reference(n) for n in (3, 5, 6, 12, 13)] == references(plan, "A. Live")
    assert [reference(n) for n in (1, 2, 7, 9)] == references(plan, "B. Closed since")
    assert [reference(n) for n in (4, 5, 6, 12, 13)] == references(plan, "C. Extensions")
    assert [reference(n) for n in (4, 8, 11)] == references(plan, "D. Open past")


def test_the_statement_of_totals_adds_up():
    table = next(
        block for block in below(contents(), "Where the plan stands") if block.caption == "Statement of totals"
    )
    counts = [int(row[1][0].text) for row in table.rows]
    assert table.sums and sum(counts[:-1]) == counts[-1] == 13


def test_totals_that_differ_from_the_rows_are_refused_and_named():
    plan = contents()
    wrong = replace(plan.position, by_status={**plan.position.by_status, Status.CLOSED: 5})
    with pytest.raises(DoesNotAddUp, match="lists 4 actions with the status “Closed”.* counts 5"):
        blocks(replace(plan, position=wrong))


def test_an_overdue_count_that_differs_from_table_d_is_refused_and_named():
    plan = contents()
    with pytest.raises(DoesNotAddUp, match="rows in “A. Live"):
        blocks(replace(plan, position=replace(plan.position, overdue=4)))


def test_a_section_too_many_is_refused_and_named():
    plan = contents(sections=lambda: (section(n) for n in range(1, 15)))
    with pytest.raises(DoesNotAddUp, match="lists 14 sections of actions, the statement of totals counts 13"):
        blocks(plan)


def test_movement_says_from_what_to_what():
    text = "\n".join(said(below(contents(), "Movement, action by action")))
    assert "Due date moved: from 10 November 2012 to 8 March 2013" in text
    assert "Owner changed: from Ravi Nandakumar to Tomasz Wilk" in text
    assert "Rating lowered by a person: Two of three meetings did not take place." in text
    assert "Delivery rating down: from on track to at risk" in text


def test_figures_have_the_words_of_the_board_s_page():
    plan = contents()
    council = Authority(pk=1)
    page = [figure.words for figure in exceptions(council, plan.position, plan.extended, 0)]
    paper = [row[0][0].text.split(" (")[0] for row in figures.exceptions(plan)]
    assert paper == page
    statuses = [figure.words for figure in totals(council, plan.position)]
    table = next(block for block in figures.totals(plan) if isinstance(block, Table))
    assert [row[0][0].text for row in table.rows[:-1]] == statuses


def test_every_action_has_its_own_section_in_full():
    plan = contents()
    for n in range(1, 14):
        text = "\n".join(said(below(plan, f"{reference(n)}:")))
        row = section(n).action
        for wanted in (row["recommendation"]["text"], row["action"]["what"], row["action"]["due_explanation"]):
            assert wanted in text


def test_what_is_long_is_shortened_in_tables_and_whole_in_the_section():
    long = "word " * 2000 + "end."

    def lengthened(row):
        return {**row, "action": {**row["action"], "what": long}}

    plan = contents(1)
    row, whole = lengthened(next(plan.actions())), replace(section(1), action=lengthened(section(1).action))
    plan = replace(plan, actions=lambda: iter([row]), sections=lambda: iter([whole]))
    in_table = "\n".join(said(below(plan, "B. Closed")))
    assert "word …" in in_table and "end." not in in_table
    assert "end." in "\n".join(said(below(plan, reference(1))))


def test_without_an_earlier_moment_all_that_was_ever_closed_is_listed_and_the_report_says_so():
    plan = contents(cover=standard_cover(since=None))
    assert len(references(plan, "B. Closed so far")) == 4
    text = "\n".join(said(blocks(plan)))
    assert "without a comparison" in text
    assert "all that was ever closed is here" in text


def test_an_empty_plan_says_so_everywhere():
    empty = replace(
        contents(0),
        position=Position(dict.fromkeys(Status, 0), 0, 0, 0, 0),
        steps=(),
        meetings=(),
        challenges=(),
        progress=(),
    )
    text = "\n".join(said(blocks(empty)))
    for wanted in ("no action in this plan", "No action is live", "Nobody has asked", "no challenge yet", "No meeting"):
        assert wanted in text


def test_an_action_on_which_nothing_was_done_says_so():
    bare = replace(section(11), evidence=(), history=(), challenges=())
    text = "\n".join(said(below(contents(1, sections=lambda: iter([bare])), reference(11))))
    assert "Nobody has written an update yet." in text
    assert "None so far: earlier updates, evidence, extensions, measures of impact, steps" in text
    assert "Nobody yet" in text


def test_a_public_cover_counts_what_is_withheld():
    cover = front.front(contents(cover=standard_cover(confidential=False, withheld=3)), number=1, of=1)
    assert cover.mark == "Public: 3 pieces of confidential evidence are not told of here"


def test_a_demonstration_is_marked_as_one():
    assert "invented" in front.front(contents(cover=standard_cover(demonstration=True)), number=1, of=1).warning
    assert not front.front(contents(), number=1, of=1).warning


def test_the_cover_carries_the_moment_and_the_chain_s_head():
    cover = front.front(contents(), number=1, of=1)
    text = "\n".join([*cover.lines, *(item.text for _, cell in cover.head.rows for item in cell)])
    for wanted in ("end of Friday 1 March 2013", "number 214", "authority:12", contents().cover.head):
        assert wanted in text


def test_a_moment_within_a_day_is_said_in_london_s_time():
    at = standard_cover().scope.as_at.replace(month=7, hour=17, minute=0, second=0, microsecond=0)
    assert words.as_at(at) == "1 July 2013 at 5:00pm"


@pytest.mark.parametrize("actions", [400, MOST_IN_A_PART + 1])
def test_a_long_plan_is_cut_into_files_that_hold_every_action_once(actions):
    plan = contents(actions)
    anchors, names = [], []
    for part in parts.parts(plan):
        names.append(parts.file_name(Name.REPORT, part))
        here = [b.anchor for sheet in part.sheets for b in sheet.blocks if isinstance(b, Heading) and b.anchor]
        assert len(here) <= MOST_IN_A_PART
        anchors += here
    assert anchors == [reference(n) for n in range(1, actions + 1)]
    assert names == [f"board-report-{n}.pdf" for n in range(1, len(names) + 1)]


def test_a_short_plan_is_one_file():
    assert [parts.file_name(Name.REPORT, part) for part in parts.parts(contents())] == ["board-report.pdf"]


def test_a_later_file_begins_with_a_heading_of_the_first_level():
    for part in parts.parts(contents(400)):
        sheet = next(part.sheets)
        heading = next((block for block in sheet.blocks if isinstance(block, Heading)), None)
        assert heading is None or heading.level == 1
        list(part.sheets)


def test_a_rating_lowered_by_a_person_says_so():
    row = section(12).action
    assert words.delivery(row).word == "At risk, lowered"


def test_a_date_of_next_meeting_that_is_no_date_stands_as_it_is():
    cover = replace(standard_cover(), next_meeting="to be agreed")
    assert "For the meeting of to be agreed" in front.front(contents(cover=cover), number=1, of=1).lines


def test_updates_stand_newest_first():
    text = "\n".join(said(below(contents(), f"{reference(1)}:")))
    assert text.index("14 February 2013") < text.index("3 December 2012") < text.index("28 September 2012")


def test_the_picture_s_axis_reaches_over_its_highest_column():
    picture = next(block for block in figures.pictures(contents()) if hasattr(block, "levels"))
    assert picture.levels[-1] >= max(pile.closed + pile.submitted + pile.open for pile in picture.piles)
    assert [pile.is_ahead for pile in picture.piles].count(True) == sum(
        point.on > date(2013, 3, 1) for point in contents().progress
    )
