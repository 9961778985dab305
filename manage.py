#!/usr/bin/env python
"""The way in for every command of the project."""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  the sentence is for those who have an older one
    sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
