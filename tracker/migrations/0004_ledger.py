import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0003_second_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.RemoveIndex(
            model_name="due",
            name="tracker_due_settled_c9259d_idx",
        ),
        migrations.RemoveField(
            model_name="due",
            name="notice",
        ),
        migrations.AddField(
            model_name="notice",
            name="not_before",
            field=models.DateTimeField(blank=True, null=True, verbose_name="put off until"),
        ),
        migrations.AddField(
            model_name="notice",
            name="posted_at",
            field=models.DateTimeField(
                default=datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.UTC), verbose_name="in the ledger since"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="notice",
            name="subject",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AlterField(
            model_name="due",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Assigned to you"),
                    ("before_due", "Due soon"),
                    ("due_today", "Due today"),
                    ("overdue", "Overdue"),
                    ("escalated_to_lead", "Overdue, told to the accountable lead"),
                    ("escalated_to_director", "Overdue, told to the director"),
                    ("silent", "No news for a while"),
                    ("sign_off_waiting", "Awaiting sign-off"),
                    ("extension_waiting", "An extension awaits a decision"),
                    ("statutory_step", "A statutory step falls due"),
                    ("check_due", "A closed action is to be looked at again"),
                    ("no_date", "No due date"),
                    ("no_owner", "No owner"),
                    ("help_asked", "Help asked for"),
                    ("update_called", "An update is called for"),
                    ("week_for_leads", "The week, for leads"),
                    ("month_for_board", "The month, for board members"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="last_error",
            field=models.TextField(blank=True, verbose_name="why it failed or was skipped"),
        ),
        migrations.AddField(
            model_name="user",
            name="digest_choice",
            field=models.CharField(
                choices=[
                    ("each_day", "On every working day with something new"),
                    ("weekly", "Once a week, on Monday; what is overdue at once"),
                    ("overdue_only", "Only what is overdue"),
                ],
                default="each_day",
                max_length=20,
                verbose_name="how often mail comes",
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                models.F("authority"),
                models.F("owed_on"),
                condition=models.Q(("settled_at", None)),
                name="dues_to_tell",
            ),
        ),
        migrations.AddField(
            model_name="told",
            name="due",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="told", to="tracker.due"),
        ),
        migrations.AddField(
            model_name="told",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="told", to="tracker.notice"
            ),
        ),
        migrations.AddField(
            model_name="told",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="dues",
            field=models.ManyToManyField(related_name="notices", through="tracker.Told", to="tracker.due"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                models.F("recipient"),
                models.F("day"),
                condition=models.Q(("kind__in", ("digest", "lead_digest", "board_digest", "call_for_updates"))),
                name="one_digest_a_person_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="told",
            constraint=models.UniqueConstraint(models.F("due"), models.F("person"), name="a_person_is_told_once"),
        ),
    ]
