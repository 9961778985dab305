"""Makes small stored packs from the scripted story, in a database of its own: `python -m tests.packs.making FOLDER`.

The whole one, with report and workbook, is the demonstration's: `manage.py demonstrate --history`, then `export_pack`.

The stored packs stay as they are: they stand for every pack that has left the house, and must verify for ever.
"""

import os
import sys
import tempfile
from pathlib import Path


def main(folder: Path) -> None:
    """Write both packs into the folder: for the public, and with what is confidential."""
    with tempfile.TemporaryDirectory() as own:
        os.environ.update({"VAR_DIR": own, "DJANGO_SETTINGS_MODULE": "config.settings"})
        import django

        django.setup()
        from django.core.management import call_command

        from tests import packing
        from tests.factories import acting, begin_demonstration
        from tests.packs import story
        from tracker.models import Authority

        call_command("migrate", verbosity=0)
        begin_demonstration()
        place = Authority.objects.get(code="RTH")
        by = acting(story.told(place)["lead"])
        for name, confidential in (("stored-format-1.zip", False), ("stored-format-1-confidential.zip", True)):
            packing.zipped(packing.packed(place, by=by, at=story.END, confidential=confidential), folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
