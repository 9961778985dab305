"""The settings and the director of a council carry a version: nobody overwrites a change that they have not seen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0016_chain_of_a_body")]

    operations = [
        migrations.AddField(
            model_name="authority",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
