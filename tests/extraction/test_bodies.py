import pytest

from tracker.extraction.bodies import body_in, council_named_most, place_in, short_name

NAMES = [
    ("Metropolitan Borough of Rotherham", "Rotherham"),
    ("West Sussex County Council", "West Sussex"),
    ("Staffordshire", "Staffordshire"),
    ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea"),
    ("Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
    ("Royal Borough of Windsor and Maidenhead", "Windsor and Maidenhead"),
    ("Royal Borough of Greenwich", "Greenwich"),
    ("London Borough of Barking and Dagenham", "Barking and Dagenham"),
    ("London Borough of Hammersmith & Fulham", "Hammersmith and Fulham"),
    ("The London Borough of Barnet", "Barnet"),
    ("City of London Corporation", "City of London"),
    ("City of London", "City of London"),
    ("Westminster City Council", "Westminster"),
    ("City of Westminster", "Westminster"),
    ("City of York Council", "York"),
    ("City of Wolverhampton Council", "Wolverhampton"),
    ("City of Bradford Metropolitan District Council", "Bradford"),
    ("South Tyneside Metropolitan Borough", "South Tyneside"),
    ("Sandwell Metropolitan Borough Council", "Sandwell"),
    ("Rochdale Borough Council", "Rochdale"),
    ("Bedford Borough Local Area Partnership", "Bedford"),
    ("Bedford Borough Council", "Bedford"),
    ("Durham County Council", "Durham"),
    ("County Durham", "Durham"),
    ("Birmingham City Council", "Birmingham"),
    ("Bristol, City of", "Bristol"),
    ("Kingston upon Hull, City of", "Kingston upon Hull"),
    ("Hull City Council", "Kingston upon Hull"),
    ("Newcastle City Council", "Newcastle upon Tyne"),
    ("Kingston Upon Thames", "Kingston upon Thames"),
    ("St. Helens Council", "St Helens"),
    ("Stoke-on-Trent City Council", "Stoke-on-Trent"),
    ("Council of the Isles of Scilly", "Isles of Scilly"),
    ("Isle of Wight Council", "Isle of Wight"),
    ("East Riding of Yorkshire Council", "East Riding of Yorkshire"),
    ("Bath & North East Somerset Council", "Bath and North East Somerset"),
    ("Cheshire West and Chester Council", "Cheshire West and Chester"),
    ("Bournemouth, Christchurch and Poole Council", "Bournemouth, Christchurch and Poole"),
    ("Borough of Telford & Wrekin", "Telford and Wrekin"),
    ("Rotherham Local Area Partnership", "Rotherham"),
    ("Staffordshire County Council children’s services", "Staffordshire"),
    ("Birmingham Children’s Trust", "Birmingham"),
    ("Slough Children First", "Slough"),
    ("East Riding", "East Riding of Yorkshire"),
]


@pytest.mark.parametrize(("printed", "short"), NAMES)
def test_a_printed_body_gives_its_short_name(printed, short):
    assert short_name(printed) == short


@pytest.mark.parametrize("short", sorted({short for _, short in NAMES}))
def test_a_short_name_stays_as_it_is(short):
    assert short_name(short) == short


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Focused visit to Staffordshire County Council children's services", "Staffordshire County Council"),
        ("services in the London Borough of Tower Hamlets were seen", "London Borough of Tower Hamlets"),
        ("arrangements in Bath & North East Somerset Council", "Bath & North East Somerset Council"),
        ("Sam Example, Director of Children’s Services, Leeds City Council", "Leeds City Council"),
        ("Bournemouth, Christchurch and Poole Council", "Bournemouth, Christchurch and Poole Council"),
        ("the council has improved", None),
    ],
)
def test_a_council_is_found_in_a_sentence(text, body):
    assert body_in(text) == body


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Joint targeted area inspection of Leeds", "Leeds"),
        ("Joint targeted area inspection of the response to sexual abuse in the family in Shropshire", "Shropshire"),
        ("Joint targeted area inspection of Richmond upon Thames", "Richmond upon Thames"),
        ("Joint targeted area inspection of services", None),
    ],
)
def test_the_place_a_title_ends_with_is_told(title, place):
    assert place_in(title) == place


def test_the_council_that_is_named_most_is_told():
    assert council_named_most(["Leeds City Council", "Kent County Council and", "Leeds City Council"]) == "Leeds"
