"""Words of an action can be erased after a breach.

On SQLite the table of erasures is made anew, and the trail's guards read it: they step aside for that, and the migration
ends with them on again.
"""

from django.db import migrations, models
from django.db.models import Q

from tracker.models import triggers


def only(thing: str) -> Q:
    return Q(**{f"{name}__isnull": name != thing for name in ("evidence", "note", "spreadsheet", "action")})


class Migration(migrations.Migration):
    dependencies = [("tracker", "0020_order_of_the_trail")]

    operations = [
        migrations.RunPython(triggers.step_aside, triggers.stand_again),
        migrations.RemoveConstraint(model_name="erasure", name="an_erasure_is_of_one_thing"),
        migrations.AddField(
            model_name="erasure",
            name="action",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, related_name="erasures", to="tracker.action"
            ),
        ),
        migrations.AddField(model_name="erasure", name="places", field=models.JSONField(blank=True, default=list)),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.UniqueConstraint(
                "action", condition=Q(granted__isnull=True), name="one_open_erasure_an_action"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=only("evidence") | only("note") | only("spreadsheet") | only("action"),
                name="an_erasure_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=Q(action__isnull=True, places=[]) | Q(action__isnull=False) & ~Q(places=[]),
                name="an_erasure_of_words_says_where",
            ),
        ),
        migrations.RunPython(triggers.stand_again, triggers.step_aside),
    ]
