"""The trail is read without detours.

Events and bodies are put in order by their own columns: an order by the relation joined two other tables each time. The
moves of actions, which every past moment asks for, have an index of their own: without it all events were passed.
"""

from django.db import migrations, models

MOVES = [
    "action_started",
    "action_submitted",
    "action_recalled",
    "action_returned",
    "action_signed_off",
    "action_reopened",
    "action_superseded",
    "action_set_aside",
    "action_restored",
]


class Migration(migrations.Migration):
    dependencies = [("tracker", "0019_spreadsheets_set_aside")]

    operations = [
        migrations.AlterModelOptions(name="event", options={"ordering": ["chain_id", "sequence"]}),
        migrations.AlterModelOptions(name="eventbody", options={"ordering": ["event_id", "position"]}),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["chain", "sequence"], condition=models.Q(kind__in=MOVES), name="moves_of_actions"
            ),
        ),
    ]
