"""What the browser's script needs to ask about a child's details while somebody is still typing."""

import json

from django import template

from tracker.rules.identities import LETTERS, PATTERNS

register = template.Library()
SENTENCE = (
    "This seems to hold {0} (“{1}”). What is kept here stays for years and is read by many: take it out if you can."
)


@register.simple_tag
def identity_patterns() -> str:
    """The one table of patterns as JSON, for a data attribute: the server asks by the same table when it is sent."""
    patterns = [
        {"kind": each.kind.value, "source": each.source, "any_case": each.any_case, "check": each.check}
        for each in PATTERNS
    ]
    return json.dumps({"patterns": patterns, "letters": LETTERS, "sentence": SENTENCE}, ensure_ascii=False)
