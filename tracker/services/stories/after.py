"""The reports of the other councils. Two print no publication date: theirs are invented for the demonstration."""

from tracker.services.stories.council_deeds import accept, published
from tracker.services.stories.stage import Scene

WEB_PAGE = "As told by the report’s web page (invented for this demonstration)"

SCENES = [
    Scene("2012-08-20 10:00", "maya", accept("unannounced-assessment-staffordshire-2010.txt")),
    Scene("2012-12-17 10:00", "maya", accept("protection-of-children-staffordshire-2012.txt")),
    Scene("2013-01-08 14:00", "maya", published("STF", "2012", "2012-12-14", WEB_PAGE)),
    Scene("2013-03-26 10:00", "maya", accept("protection-of-children-west-sussex-2013.txt", "2013-03-22", WEB_PAGE)),
    Scene("2018-07-24 10:00", "maya", accept("focused-visit-staffordshire-2018.txt")),
]
