"""What may be owed is named by the function that lists it: from here on a new word needs no migration."""

from django.db import migrations, models

from tracker.choices import words_of_the_ledger


class Migration(migrations.Migration):
    dependencies = [("tracker", "0017_version_of_a_council")]

    operations = [
        migrations.AlterField(
            model_name="due",
            name="kind",
            field=models.CharField(choices=words_of_the_ledger, max_length=30),
        ),
    ]
