"""A later reading beside what was accepted."""

from tracker.rules.differences import Change, Known, differences

PLANS = "Improve the quality of plans for children in need of help."
VISITS = "Make sure that social workers visit children at home and see them alone."
STAFF = "Reduce the turnover of social workers and their caseloads."


def read(text, **more):
    return {"text": text, "heading": None, "timescale": None, "addressee": None, **more}


def known(key, text, **more):
    return Known(key, text, **more)


def told(found):
    return [(each.change, each.known.key if each.known else None, each.parts) for each in found]


def test_the_same_words_are_the_same_whatever_their_spacing_and_stops():
    assert told(differences([known(1, PLANS)], [read(PLANS.replace(" the ", "  the\n").rstrip("."))])) == [
        (Change.SAME, 1, ())
    ]


def test_a_few_other_words_are_a_change_of_the_same_recommendation():
    later = PLANS.replace("in need of help", "in need of help and protection")
    assert told(differences([known(1, PLANS), known(2, STAFF)], [read(later), read(STAFF)])) == [
        (Change.CHANGED, 1, ("text",)),
        (Change.SAME, 2, ()),
    ]


def test_another_timescale_is_a_change():
    found = differences([known(1, PLANS, timescale="within 6 months")], [read(PLANS, timescale="within 3 months")])
    assert told(found) == [(Change.CHANGED, 1, ("timescale",))]


def test_what_stands_on_one_side_only_is_new_or_gone():
    assert told(differences([known(1, PLANS)], [read(VISITS)])) == [(Change.NEW, None, ()), (Change.GONE, 1, ())]


def test_another_order_is_no_difference():
    found = differences([known(1, PLANS), known(2, VISITS)], [read(VISITS), read(PLANS)])
    assert told(found) == [(Change.SAME, 2, ()), (Change.SAME, 1, ())]


def test_what_the_machine_reads_as_before_is_the_same_though_a_person_corrected_it():
    corrected = known(1, "Improve plans.", read=(read(PLANS, heading="Areas"),), heading="Priority", timescale="")
    assert told(differences([corrected], [read(PLANS, heading="Areas")])) == [(Change.SAME, 1, ())]


def test_what_a_person_left_out_is_not_proposed_again():
    assert told(differences([known(1, PLANS)], [read(PLANS), read(VISITS)], left_out=[VISITS])) == [
        (Change.SAME, 1, ())
    ]


def test_one_recommendation_is_taken_for_one_item_only():
    found = differences([known(1, PLANS)], [read(PLANS), read(PLANS + " Now.")])
    assert told(found) == [(Change.SAME, 1, ()), (Change.NEW, None, ())]


def test_the_most_alike_are_paired_first():
    near = PLANS.replace("children", "all children")
    found = differences([known(1, PLANS), known(2, near)], [read(near), read(PLANS)])
    assert told(found) == [(Change.SAME, 2, ()), (Change.SAME, 1, ())]


def test_nothing_read_leaves_everything_gone():
    assert told(differences([known(1, PLANS)], [])) == [(Change.GONE, 1, ())]
