"""The one way in which the house says no."""

from tracker.rules.refusal import Refused


def test_a_refusal_says_its_sentence_and_its_field():
    refused = Refused("Give a reason.", "reason")
    assert (str(refused), refused.sentence, refused.field) == ("Give a reason.", "Give a reason.", "reason")


def test_a_refusal_need_not_be_about_a_field():
    assert Refused("It is closed.").field is None
