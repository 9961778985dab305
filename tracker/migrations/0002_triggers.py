"""Puts the triggers on that keep the trail append-only."""

from django.db import migrations

from tracker.models import triggers


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_first")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
        )
    ]
