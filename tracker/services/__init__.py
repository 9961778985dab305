"""Verbs: the only writers. Each checks access, asks the rules, changes the records and writes one line of the trail."""
