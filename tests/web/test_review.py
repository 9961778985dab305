"""The review of a reading in the site: each change is saved at once, and none of it is another council's to see."""

import pytest
from django.urls import reverse

from tests import factories
from tests.worlds import world
from tracker.choices import AcceptedAs
from tracker.extraction import read_here
from tracker.models import Intake
from tracker.services import acceptance, intake
from tracker.web.forms.fields import DayField

NOW = factories.at(2012, 9, 4)


@world
def reading(rotherham, lead):
    path = next(factories.SEEDS.glob("*rotherham*.txt"))
    data = path.read_bytes()
    by = factories.acting(lead)
    return intake.receive(
        data, name=path.name, authority=rotherham, by=by, at=NOW, reading=read_here(data, name=path.name)
    )


def press(client, reading, key, change, **more):
    reading.refresh_from_db()
    address = reverse("review-change", args=[reading.pk, key, change])
    answer = client.post(address, {"version": reading.version, **more}, follow=True)
    reading.refresh_from_db()
    return answer


def texts(reading):
    return [item["text"] for item in (reading.corrected or reading.draft)["recommendations"]]


def shown(form):
    """What the browser would send back if nothing were changed."""
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, DayField):
            yield from ((f"{name}_{n}", part or "") for n, part in enumerate(field.widget.decompress(value)))
        elif value is not None:
            yield name, value


def fill(client, name, reading, *args, query="", **given):
    address = reverse(name, args=[reading.pk, *args]) + query
    values = dict(shown(client.get(address).context["form"]))
    answer = client.post(address, {**values, **given}, follow=True)
    reading.refresh_from_db()
    return answer


def test_every_finding_stands_beside_its_words_in_the_report(as_lead, reading):
    page = as_lead.get(reverse("intake", args=[reading.pk])).content.decode()
    assert page.count('class="app-paper__quote"') == 13


def test_doubts_stand_on_top(as_lead, reading):
    doubt = {"sentence": "Two readers disagree.", "serious": True, "source": None}
    Intake.objects.filter(pk=reading.pk).update(draft={**reading.draft, "doubts": [doubt]})
    page = as_lead.get(reverse("intake", args=[reading.pk])).content.decode()
    assert page.index("Two readers disagree.") < page.index("13 recommendations found")


def test_what_is_left_out_can_be_put_back(as_lead, reading):
    before = texts(reading)
    press(as_lead, reading, 3, "drop")
    assert len(texts(reading)) == 12
    press(as_lead, reading, 3, "put-back")
    assert texts(reading) == before


@pytest.mark.parametrize(("change", "order"), [("down", [1, 0, 2]), ("up", [0, 1, 2])])
def test_a_recommendation_is_moved(as_lead, reading, change, order):
    before = texts(reading)
    press(as_lead, reading, 1, change)
    assert texts(reading)[:3] == [before[place] for place in order]


def test_two_are_joined_and_divided_again(as_lead, reading):
    before = texts(reading)
    press(as_lead, reading, 1, "join")
    assert texts(reading)[0] == f"{before[0]} {before[1]}"
    fill(as_lead, "review-split", reading, 1, text=f"{before[0]}\r\n\r\n{before[1]}")
    assert texts(reading) == before


def test_a_division_without_an_empty_line_is_refused_beside_the_words(as_lead, reading):
    answer = fill(as_lead, "review-split", reading, 1)
    assert "Divide the words into two parts at least." in str(answer.context["form"].errors["text"])


def test_words_timescale_and_addressee_are_corrected(as_lead, reading):
    fill(
        as_lead, "review-item", reading, 2, text="See every child alone.", timescale="within 6 months", addressee="LSCB"
    )
    item = reading.corrected["recommendations"][1]
    assert [item[name] for name in ("text", "timescale", "addressee")] == [
        "See every child alone.",
        "within 6 months",
        "LSCB",
    ]


def test_another_timescale_is_entered_as_it_is_printed(as_lead, reading):
    fill(as_lead, "review-item", reading, 2, timescale="other", other_timescale="by September 2013")
    assert reading.corrected["recommendations"][1]["timescale"] == "by September 2013"


def test_another_timescale_without_its_words_is_refused(as_lead, reading):
    answer = fill(as_lead, "review-item", reading, 2, timescale="other", other_timescale="")
    assert answer.context["form"].errors["other_timescale"] and reading.corrected is None


def test_a_correction_is_marked_and_shows_what_is_printed(as_lead, reading):
    printed = texts(reading)[1]
    fill(as_lead, "review-item", reading, 2, text="See every child alone.")
    page = as_lead.get(reverse("intake", args=[reading.pk])).content.decode()
    assert "Corrected by a person" in page and printed[:30] in page


def test_the_facts_of_the_report_are_corrected(as_lead, reading):
    fill(as_lead, "review-facts", reading, title="Inspection of Rotherham", inspection_end_0="20")
    assert (reading.corrected["title"], reading.corrected["inspection_end"][-2:]) == ("Inspection of Rotherham", "20")


def test_a_recommendation_is_typed(as_lead, reading):
    fill(as_lead, "review-add", reading, text="Train every manager.", timescale="", after="13")
    assert texts(reading)[-1] == "Train every manager."


def test_a_recommendation_is_made_of_lines_that_are_ticked(as_lead, reading):
    first = reading.draft["recommendations"][4]["source"]
    query = "?page={}&".format(first["page"]) + "&".join(
        f"line={n}" for n in range(first["lines"][0], first["lines"][1] + 1)
    )
    press(as_lead, reading, 5, "drop")
    fill(as_lead, "review-add", reading, query=query)
    added = reading.corrected["recommendations"][4]
    assert (added["text"], added["source"]["lines"]) == (reading.draft["recommendations"][4]["text"], first["lines"])


def test_the_ticked_lines_stand_in_the_address(as_lead, reading):
    first = reading.draft["recommendations"][4]["source"]
    page = as_lead.get(reverse("review-add", args=[reading.pk]), {"page": first["page"], "line": first["lines"][0]})
    assert [line.number for line in page.context["ticked"]] == [first["lines"][0]]


@pytest.mark.parametrize("query", ["?page=9999", "?page=0", "?page=x&line=y", "?line=99999999999999"])
def test_an_address_with_a_page_or_line_that_is_not_there_is_answered(as_lead, reading, query):
    assert as_lead.get(reverse("review-add", args=[reading.pk]) + query).status_code == 200


def test_an_old_page_changes_nothing_and_says_so(as_lead, reading):
    press(as_lead, reading, 1, "drop")
    answer = press(as_lead, reading, 2, "drop", version=1)
    assert len(texts(reading)) == 12 and "Somebody else has changed" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_version_that_is_no_number_is_answered(as_lead, reading, version):
    assert press(as_lead, reading, 1, "up", version=version).status_code == 200


def test_a_change_that_does_not_exist_is_not_found(as_lead, reading):
    assert press(as_lead, reading, 1, "burn").status_code == 404


def test_an_item_that_does_not_exist_leads_back_with_a_sentence(as_lead, reading):
    answer = as_lead.get(reverse("review-item", args=[reading.pk, 99]), follow=True)
    assert "no longer in the draft" in answer.content.decode()


def test_the_review_begins_again(as_lead, reading):
    press(as_lead, reading, 1, "drop")
    as_lead.post(reverse("review-start-again", args=[reading.pk]))
    reading.refresh_from_db()
    assert (reading.corrected, len(texts(reading))) == (None, 13)


def test_every_change_is_a_line_of_the_trail_that_says_what_was_done(as_lead, reading):
    press(as_lead, reading, 3, "drop")
    assert factories.events()[-1] == "intake_corrected"


@pytest.mark.parametrize("part", ["words", "picture"])
def test_a_page_of_the_report_is_shown(as_lead, reading, part):
    page = reading.draft["recommendations"][0]["page"]
    answer = as_lead.get(reverse("intake-page", args=[reading.pk, page]))
    if part == "words":
        assert "<mark>" in answer.content.decode()
    else:
        assert as_lead.get(reverse("intake-picture", args=[reading.pk, page])).status_code == 404  # a text has none


def accept(client, reading, **given):
    return fill(client, "accept", reading, **given)


def test_the_dates_are_shown_before_anything_is_made(as_lead, reading):
    page = accept(as_lead, reading).content.decode()
    assert "13 actions will be made, 13 of them with a due date." in page and "Saturday 10 November 2012" in page
    assert not reading.authority.reports.exists()


def test_the_report_is_accepted_after_the_preview(as_lead, reading):
    answer = accept(as_lead, reading, confirmed="on")
    assert answer.redirect_chain[-1][0] == reverse("report", args=[reading.authority.reports.get().pk])


def test_hints_are_shown_as_hints_where_no_publication_date_is_printed(as_lead, reading):
    hints = [{"date": "2012-08-10", "from": "the file’s name"}]
    Intake.objects.filter(pk=reading.pk).update(draft={**reading.draft, "publication_date": None, "hints": hints})
    page = as_lead.get(reverse("accept", args=[reading.pk])).content.decode()
    assert "Hints, not facts" in page and "Friday 10 August 2012: the file’s name" in page


def test_a_hint_is_never_taken_by_itself(as_lead, reading):
    hints = [{"date": "2012-08-10", "from": "the file’s name"}]
    Intake.objects.filter(pk=reading.pk).update(draft={**reading.draft, "publication_date": None, "hints": hints})
    accept(as_lead, reading, confirmed="on")
    assert reading.authority.reports.get().publication_date is None


def test_a_publication_date_needs_its_source(as_lead, reading):
    page = accept(as_lead, reading, on_0="10", on_1="8", on_2="2012")
    assert "Say where the date comes from" in str(page.context["form"].errors["source"])


def test_an_odd_publication_date_is_asked_about_before_it_is_taken(as_lead, reading):
    odd = {"on_0": "10", "on_1": "8", "on_2": "2011", "source": "a letter", "confirmed": "on"}
    assert "before the inspection ended" in accept(as_lead, reading, **odd).content.decode()
    accept(as_lead, reading, **odd, sure="on")
    assert reading.authority.reports.get().publication_date.year == 2011


def test_what_was_left_out_gets_no_action(as_lead, reading):
    press(as_lead, reading, 13, "drop")
    accept(as_lead, reading, confirmed="on")
    assert reading.authority.reports.get().recommendations.count() == 12


@world
def twin(reading, lead):
    """Another file of the report, which the council has accepted, with other words in one place."""
    by = factories.acting(lead)
    known = acceptance.accept(reading, accepted_as=AcceptedAs.PLAN, by=by, at=NOW)
    data = next(factories.SEEDS.glob("*rotherham*.txt")).read_bytes().replace(b"ensure", b"make sure", 1) + b"\n"
    read = read_here(data, name="copy.txt")
    return known, intake.receive(data, name="copy.txt", authority=known.authority, by=by, at=NOW, reading=read)


def test_a_report_that_seems_to_be_there_already_leads_to_its_differences(as_lead, twin):
    known, again = twin
    page = as_lead.get(reverse("intake", args=[again.pk])).content.decode()
    assert "You may have this report already" in page and reverse("differences", args=[again.pk]) in page


def test_a_second_copy_is_accepted_only_with_the_tick(as_lead, twin):
    known, again = twin
    assert "You may have this report already" in accept(as_lead, again, confirmed="on").content.decode()
    assert known.authority.reports.count() == 1
    accept(as_lead, again, confirmed="on", sure="on")
    assert known.authority.reports.count() == 2


def test_differences_are_ticked_and_applied(as_lead, twin):
    known, again = twin
    address = reverse("differences", args=[again.pk])
    page = as_lead.get(address)
    ((name, *_),) = page.context["rows"]
    answer = as_lead.post(address, {"version": again.version, "names": [name]}, follow=True)
    assert "What you ticked is applied." in answer.content.decode()
    assert known.recommendations.filter(text__contains="make sure").exists()


def test_all_differences_are_applied_by_one_button(as_lead, twin):
    known, again = twin
    as_lead.post(reverse("differences", args=[again.pk]), {"version": again.version, "everything": "on"})
    assert known.recommendations.filter(text__contains="make sure").exists()


def test_nothing_ticked_is_said_beside_the_differences(as_lead, twin):
    _, again = twin
    answer = as_lead.post(reverse("differences", args=[again.pk]), {"version": again.version})
    assert "Tick what to apply" in answer.content.decode()


def test_a_corrected_version_that_was_applied_leads_to_its_report(as_lead, twin):
    known, again = twin
    address = reverse("differences", args=[again.pk])
    ((name, *_),) = as_lead.get(address).context["rows"]
    as_lead.post(address, {"version": again.version, "names": [name]})
    assert as_lead.get(reverse("intake", args=[again.pk])).url == reverse("report", args=[known.pk])


PAGES = {
    "intake": (),
    "review-facts": (),
    "review-add": (),
    "review-start-again": (),
    "read-again": (),
    "review-item": (1,),
    "review-split": (1,),
    "accept": (),
    "differences": (),
    "intake-page": (1,),
    "intake-picture": (1,),
}


@pytest.mark.parametrize(("name", "args"), PAGES.items())
def test_another_council_finds_no_page_of_a_review(as_stranger, reading, name, args):
    assert as_stranger.get(reverse(name, args=[reading.pk, *args])).status_code == 404


@pytest.mark.parametrize(("name", "args"), PAGES.items())
def test_an_owner_has_no_page_of_a_review(as_owner, reading, name, args):
    assert as_owner.get(reverse(name, args=[reading.pk, *args])).status_code == 404


@pytest.mark.parametrize("change", ["up", "down", "join", "drop", "put-back"])
def test_another_council_changes_nothing(as_stranger, reading, change):
    assert press(as_stranger, reading, 1, change).status_code == 404 and reading.corrected is None


@world
def accepted(reading, lead):
    by = factories.acting(lead)
    return acceptance.accept(reading, accepted_as=AcceptedAs.PLAN, by=by, at=NOW)


def test_a_recommendation_leads_to_its_page_with_only_its_words_marked(as_owner, accepted):
    first = accepted.recommendations.get(number=1)
    page = as_owner.get(reverse("report", args=[accepted.pk])).content.decode()
    address = f"{reverse('intake-page', args=[accepted.intake_id, first.citation['page']])}?recommendation={first.pk}"
    assert f'href="{address}"' in page
    lines = first.citation["lines"]
    assert as_owner.get(address).content.decode().count("<mark>") == lines[1] - lines[0] + 1


def test_another_council_sees_no_page_of_an_accepted_report(as_stranger, accepted):
    assert as_stranger.get(reverse("intake-page", args=[accepted.intake_id, 1])).status_code == 404


def test_the_page_of_an_accepted_report_leads_back_to_the_report(as_owner, accepted):
    page = as_owner.get(reverse("intake-page", args=[accepted.intake_id, 1])).content.decode()
    assert f'href="{reverse("report", args=[accepted.pk])}" class="govuk-back-link"' in page
