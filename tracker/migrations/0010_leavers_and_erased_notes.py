"""Leavers lose their name in time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0009_words_of_the_trail")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="pseudonymised_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="name replaced"),
        ),
    ]
