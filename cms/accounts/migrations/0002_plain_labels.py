"""Labels in plain words: nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="is_active",
            field=models.BooleanField(
                default=True,
                help_text="Untick instead of deleting: what this person did stays on record.",
                verbose_name="active",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="name",
            field=models.CharField(
                help_text="As printed next to what this person signs.", max_length=150, verbose_name="name"
            ),
        ),
    ]
