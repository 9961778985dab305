"""A body carries its event's chain, so that the records of one council are found without passing those of others.

On SQLite the table of bodies is made anew, and every row is written once: the guards step aside for that, and the
migration ends with them on again. They keep the new column too.
"""

from django.db import migrations, models

from tracker.models import triggers

FILL = """
UPDATE tracker_eventbody
SET chain_id = (SELECT chain_id FROM tracker_event WHERE tracker_event.id = tracker_eventbody.event_id)
"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0015_words_of_the_trail_by_name")]

    operations = [
        migrations.RunPython(triggers.step_aside, triggers.stand_again),
        migrations.AddField(
            model_name="eventbody",
            name="chain",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=models.PROTECT, related_name="+", to="tracker.chain"
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="eventbody",
            name="chain",
            field=models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name="+", to="tracker.chain"),
        ),
        migrations.AlterField(
            model_name="eventbody",
            name="event",
            field=models.ForeignKey(
                db_index=False, on_delete=models.PROTECT, related_name="bodies", to="tracker.event"
            ),
        ),
        migrations.AddIndex(
            model_name="eventbody",
            index=models.Index(
                fields=["chain", "subject_type", "subject_id", "event"], name="tracker_eve_chain_i_81d14d_idx"
            ),
        ),
        migrations.RunPython(triggers.stand_again, triggers.step_aside),
    ]
