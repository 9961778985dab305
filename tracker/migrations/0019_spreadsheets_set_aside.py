"""A spreadsheet of which nothing came into a plan can be set aside."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0018_words_of_the_ledger")]

    operations = [
        migrations.AddField(
            model_name="spreadsheet",
            name="set_aside_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="spreadsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(set_aside_at__isnull=True) | models.Q(brought_at__isnull=True),
                name="a_spreadsheet_set_aside_is_in_no_plan",
            ),
        ),
    ]
