"""A person's sessions end together: a number that every session carries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0011_leavers_and_erased_notes")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_round",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
