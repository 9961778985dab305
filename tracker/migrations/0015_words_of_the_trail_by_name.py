"""The kinds of event are named by the function that lists them: from here on a new word needs no migration."""

from django.db import migrations, models

from tracker.choices import words_of_the_trail


class Migration(migrations.Migration):
    dependencies = [("tracker", "0014_erased_spreadsheets")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(choices=words_of_the_trail, max_length=40),
        ),
    ]
