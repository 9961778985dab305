"""The past that a demonstration can be begun with: invented people at work on real reports, told through the verbs.

Every scene happens at its own moment, one after the other, so that the trail reads as if it had been kept that day.
"""

from tracker.services.stories.telling import begin, go_on

__all__ = ["begin", "go_on"]
