"""Where the marks of pictures stand: inside the picture, in order, and as high as what they count."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.choices import Delivery, Step
from tracker.rules.axis import ticks
from tracker.rules.periods import looks
from tracker.rules.progress import Course, Phase, points
from tracker.services.progress import Progress
from tracker.web.pictures import clock, over_time, ratings
from tracker.web.pictures.scales import percent

DAY = date(2026, 11, 24)


def days(n):
    return DAY + timedelta(days=n)


def share(place):
    return float(place.removesuffix("%")) / 100


def progress(*courses, first=DAY, last=None, undated=0, later=0):
    found = looks(first, DAY, last)
    return Progress(found, points(courses, found.days), first, later, undated)


def course(*phases, original=None, agreed=None):
    return Course(tuple((days(n), phase) for n, phase in phases), original, ((date.min, agreed or original),))


@given(st.integers(0, 100_000))
def test_an_axis_reaches_over_what_it_counts_in_a_few_round_steps(highest):
    found = ticks(highest)
    step = found[1] - found[0]
    assert found[0] == 0 and found[-1] - step < max(highest, 1) <= found[-1]
    assert 2 <= len(found) <= 6 and str(step).rstrip("0") in ("1", "2", "5")


@pytest.mark.parametrize(("value", "said"), [(0, "0%"), (1, "100%"), (0.125, "12.5%"), (1 / 3, "33.33%")])
def test_a_share_is_said_as_svg_takes_it(value, said):
    assert percent(value) == said


PHASES = st.lists(st.tuples(st.integers(-900, 0), st.sampled_from(Phase)), min_size=1, max_size=4)
DUES = st.none() | st.integers(-6000, 900).map(days)
COURSES = st.lists(
    st.builds(lambda p, o, a: course(*sorted(p, key=lambda m: m[0]), original=o, agreed=a), PHASES, DUES, DUES),
    min_size=1,
    max_size=9,
)


def drawn(courses):
    first = min(each.phases[0][0] for each in courses)
    dues = [due for each in courses for due in (each.original, each.agreed[-1][1]) if due]
    found = progress(*courses, first=first, last=max(dues, default=None))
    return found, over_time.draw(found)


@given(COURSES)
def test_every_mark_stands_inside_the_picture(courses):
    _, picture = drawn(courses)
    for column in picture.columns:
        assert share(column.x) >= 0 and share(column.x) + share(column.width) <= 1.0001
        assert all(band.y >= over_time.TOP and band.y + band.height <= picture.ground + 0.2 for band in column.bands)
    for line in picture.lines:
        assert all(over_time.TOP <= stroke.y1 <= picture.ground and share(stroke.x2) <= 1 for stroke in line.strokes)


@given(COURSES)
def test_a_band_is_as_high_as_what_it_counts(courses):
    found, picture = drawn(courses)
    unit = (picture.ground - over_time.TOP) / int(picture.levels[-1].words.replace(",", ""))
    for column, point in zip(picture.columns, found.points, strict=False):
        heights = {band.phase: band.height for band in column.bands}
        for phase in over_time.STACK:
            assert heights.get(phase.value, 0) == pytest.approx(unit * point.counts[phase], abs=0.2)


@given(COURSES)
def test_a_picture_has_one_column_for_each_look_up_to_today(courses):
    found, picture = drawn(courses)
    assert len(picture.columns) == found.looks.present + 1 and len(picture.rows) == len(found.points)


@given(COURSES)
def test_the_days_are_few_enough_to_be_read(courses):
    _, picture = drawn(courses)
    assert 1 <= len(picture.times) <= over_time.WIDE_LABELS
    assert max(share(label.x) for label in picture.times) <= over_time.WIDE_END
    assert 1 <= sum(not label.only_wide for label in picture.times) <= over_time.NARROW_LABELS


def test_what_is_to_come_has_no_counts_in_the_table():
    picture = over_time.draw(progress(course((0, Phase.OPEN), original=days(20)), last=days(20)))
    today, *ahead = picture.rows
    assert (today.counts, today.total) == ((0, 0, 1), 1)
    assert {(row.counts, row.total) for row in ahead} == {((None, None, None), None)}


def test_one_line_is_drawn_where_both_dates_are_the_same():
    picture = over_time.draw(progress(course((0, Phase.OPEN), original=days(20)), last=days(20)))
    assert [line.words for line in picture.lines] == ["Due by then"]


def test_two_lines_are_drawn_where_a_date_has_moved():
    picture = over_time.draw(progress(course((0, Phase.OPEN), original=days(-9), agreed=days(20)), last=days(20)))
    assert picture.due == "1 was due by today by their original dates, 0 by the dates agreed since."


def test_no_line_is_drawn_where_nothing_is_dated():
    picture = over_time.draw(progress(course((0, Phase.OPEN)), undated=1))
    assert picture.lines == () and "None of them has a due date yet." in picture.notes


def test_a_plan_is_told_in_words():
    picture = over_time.draw(progress(course((-30, Phase.OPEN), (-2, Phase.SUBMITTED)), first=days(-30), undated=1))
    assert picture.told == "1 action: 0 open, 1 awaiting sign-off, 0 closed"
    assert picture.title == "Where the actions stood at the end of each week, from 25 October 2026 to 24 November 2026"


def test_dates_of_fourteen_years_ago_stand_on_the_first_day():
    picture = over_time.draw(progress(course((0, Phase.OPEN), original=date(2012, 8, 10)), last=date(2012, 8, 10)))
    assert picture.lines[0].now == 1 and len(picture.lines[0].strokes) == 1


def tally(*numbers, unrated=0):
    return {
        "ratings": list(zip(Delivery, numbers, strict=True)),
        "unrated": unrated,
        "total": sum(numbers) + unrated,
    }


FIGURES = st.lists(st.lists(st.integers(0, 60), min_size=5, max_size=5), min_size=1, max_size=6)


@given(FIGURES)
@settings(deadline=None)  # the first asks for the addresses of the whole site
def test_the_pieces_of_a_bar_follow_each_other_and_the_longest_fills_the_width(table):
    bars = ratings.bars(ratings.Group(str(n), {}, tally(*row)) for n, row in enumerate(table))
    ends = []
    for bar in bars:
        reached = 0.0
        for piece in bar.pieces:
            assert share(piece.x) == pytest.approx(reached, abs=0.001)
            reached += share(piece.width)
        ends.append(reached)
    assert not ends or max(ends) == pytest.approx(1, abs=0.001)


@given(FIGURES)
@settings(deadline=None)  # the first asks for the addresses of the whole site
def test_a_bar_tells_every_number_it_draws(table):
    for bar in ratings.bars(ratings.Group("Plan", {}, tally(*row, unrated=2)) for row in table):
        assert sum(piece.number for piece in bar.pieces) + bar.unrated == bar.total == sum(bar.figures) + 2
        assert all(f"{piece.number} {piece.word.lower()}" in bar.told for piece in bar.pieces)


def test_a_piece_leads_to_the_actions_it_counts():
    (bar,) = ratings.bars([ratings.Group("Ben Moss", {"report": 3, "owner": 7}, tally(0, 2, 0, 0, 0))])
    assert bar.pieces[0].address == "/actions/?report=3&owner=7&rating=red"


def test_a_bar_without_a_rating_has_words_and_no_piece():
    (bar,) = ratings.bars([ratings.Group("Plan", {}, tally(0, 0, 0, 0, 0, unrated=2))])
    assert (bar.pieces, bar.told) == ((), "2 actions: 2 without a rating")


@dataclass
class FakeReport:
    received_on: date | None = None
    publication_date: date | None = None
    pk: int = 1


@dataclass
class FakeStep:
    due: date | None
    met_on: date | None = None
    pk: int = 1
    report_id: int = 1
    report: FakeReport = field(default_factory=FakeReport)

    def get_step_display(self):
        return Step.PUBLISH_REPORT.label


def line(*steps, received=None):
    for step in steps:
        step.report.received_on = received
    return clock.clock_of(steps, DAY)


STEPS = st.lists(
    st.builds(
        FakeStep,
        st.none() | st.integers(-6000, 900).map(days),
        st.none() | st.integers(-6000, 0).map(days),
    ),
    min_size=1,
    max_size=3,
)


@given(STEPS, st.none() | st.integers(-6000, 0).map(days))
def test_every_mark_and_today_stand_on_the_line(steps, received):
    found = line(*steps, received=received)
    places = [share(place) for place in (*(mark.x for mark in found.marks if mark.x), found.today)]
    assert all(clock.LEFT <= place <= clock.RIGHT + 0.0001 for place in places)


@given(STEPS, st.none() | st.integers(-6000, 0).map(days))
def test_a_mark_is_left_of_today_exactly_where_its_day_is(steps, received):
    found = line(*steps, received=received)
    for mark in found.marks:
        day = mark.step.met_on or mark.step.due
        if day and share(mark.x) != share(found.today):
            assert (share(mark.x) < share(found.today)) is (day < DAY)


@given(STEPS)
def test_two_marks_side_by_side_never_touch(steps):
    marks = [mark for mark in line(*steps).marks if mark.x][:2]
    if len(marks) == 2:
        apart = abs(share(marks[0].x) - share(marks[1].x))
        assert apart >= clock.APART - 0.0002 or marks[0].y != marks[1].y


@pytest.mark.parametrize(
    ("due", "met_on", "words"),
    [
        (days(0), None, "due Tuesday 24 November 2026, today"),
        (days(1), None, "due Wednesday 25 November 2026, tomorrow"),
        (days(-1), None, "was due 23 November 2026, yesterday; no word that it was done"),
        (days(-10), days(-12), "met on 12 November 2026, 2 days early"),
        (days(-10), days(-10), "met on 14 November 2026, on the day"),
        (days(-10), days(-9), "met on 15 November 2026, 1 day late"),
        (None, days(-9), "met on 15 November 2026"),
        (None, None, "no date until the day of receipt or publication is known"),
    ],
)
def test_a_step_says_how_it_stands(due, met_on, words):
    assert line(FakeStep(due, met_on)).marks[0].words == words


def test_a_line_of_fourteen_years_is_broken_before_today():
    found = line(FakeStep(date(2012, 9, 25)), FakeStep(date(2012, 11, 20)), received=date(2012, 8, 10))
    assert found.waited == "14 years"
    assert share(found.marks[1].x) == clock.BROKEN_AT < share(found.broken_from) < share(found.broken_to) < 0.96


def test_a_line_with_steps_to_come_is_whole():
    assert line(FakeStep(days(10)), received=days(-30)).broken_from == ""


def test_a_clock_without_any_day_is_told_and_not_drawn():
    found = line(FakeStep(None), FakeStep(None))
    assert not found.is_drawn and "no date until" in found.told


def test_what_comes_soonest_stands_first_and_what_is_met_last():
    steps = [
        FakeStep(days(-5), days(-6), report_id=1),
        FakeStep(None, report_id=2),
        FakeStep(days(-5), report_id=3),
        FakeStep(days(30), report_id=4),
        FakeStep(days(3), report_id=5),
    ]
    for step in steps:
        step.report = FakeReport(pk=step.report_id)
    assert [each.report.pk for each in clock.clocks(steps, DAY)] == [5, 4, 3, 2, 1]
