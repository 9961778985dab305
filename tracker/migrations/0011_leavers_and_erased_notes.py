"""Leavers lose their name in time, and the words of a note can be erased after a breach.

On SQLite the table of erasures is made anew, and the trail's guards read it: they step aside for that, and the migration
ends with them on again.
"""

from django.db import migrations, models

from tracker.models import triggers


class Migration(migrations.Migration):
    dependencies = [("tracker", "0010_spreadsheets")]

    operations = [
        migrations.RunPython(triggers.step_aside, triggers.stand_again),
        migrations.AddField(
            model_name="user",
            name="pseudonymised_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="name replaced"),
        ),
        migrations.AddField(
            model_name="progressnote",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="erasure",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.PROTECT,
                related_name="erasures",
                to="tracker.evidence",
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="note",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.PROTECT,
                related_name="erasures",
                to="tracker.progressnote",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.UniqueConstraint(
                models.F("note"), condition=models.Q(("granted__isnull", True)), name="one_open_erasure_a_note"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__isnull", False), ("note__isnull", True))
                | models.Q(("evidence__isnull", True), ("note__isnull", False)),
                name="an_erasure_is_of_one_thing",
            ),
        ),
        migrations.RunPython(triggers.stand_again, triggers.step_aside),
    ]
