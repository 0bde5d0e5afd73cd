"""Labels in plain words: nothing in the database changes."""

import re

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_source_warnings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="readers",
            field=models.PositiveIntegerField(
                default=0,
                help_text="From your own statistics. The review queue shows widely read texts first.",
                verbose_name="readers per month",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="risk",
            field=models.CharField(
                choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                default="moderate",
                help_text="How much harm a wrong sentence could do. It decides how many people sign and how often the text is reviewed again.",
                max_length=10,
                verbose_name="risk class",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="key",
            field=models.CharField(
                help_text="Cited in the text as [@key].",
                max_length=64,
                validators=[
                    django.core.validators.RegexValidator(
                        re.compile("^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\\Z"),
                        "A key begins with a letter or digit and contains only letters, digits, and . _ : - characters.",
                    )
                ],
                verbose_name="key",
            ),
        ),
        migrations.AlterField(
            model_name="glossaryterm",
            name="plain",
            field=models.CharField(
                help_text="A few words that can replace it.", max_length=120, verbose_name="plain wording"
            ),
        ),
        migrations.AlterField(
            model_name="historicalarticle",
            name="readers",
            field=models.PositiveIntegerField(
                default=0,
                help_text="From your own statistics. The review queue shows widely read texts first.",
                verbose_name="readers per month",
            ),
        ),
        migrations.AlterField(
            model_name="historicalarticle",
            name="risk",
            field=models.CharField(
                choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                default="moderate",
                help_text="How much harm a wrong sentence could do. It decides how many people sign and how often the text is reviewed again.",
                max_length=10,
                verbose_name="risk class",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcitation",
            name="key",
            field=models.CharField(
                help_text="Cited in the text as [@key].",
                max_length=64,
                validators=[
                    django.core.validators.RegexValidator(
                        re.compile("^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}\\Z"),
                        "A key begins with a letter or digit and contains only letters, digits, and . _ : - characters.",
                    )
                ],
                verbose_name="key",
            ),
        ),
        migrations.AlterField(
            model_name="historicalglossaryterm",
            name="plain",
            field=models.CharField(
                help_text="A few words that can replace it.", max_length=120, verbose_name="plain wording"
            ),
        ),
        migrations.AlterField(
            model_name="historicalsource",
            name="country",
            field=models.CharField(
                blank=True,
                help_text="Where the label is in force, for example US.",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        re.compile("^[A-Z]{2}\\Z"),
                        "A country is the two capital letters of its ISO 3166-1 code, for example US.",
                    )
                ],
                verbose_name="country of the label",
            ),
        ),
        migrations.AlterField(
            model_name="lookup",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "Not answered yet"),
                    ("found", "Found"),
                    ("not_found", "Not found"),
                    ("unknown", "No answer this time"),
                    ("refused", "Refused: the answer broke our rules"),
                    ("broken", "The answer could not be understood"),
                ],
                default="waiting",
                max_length=9,
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            model_name="lookup",
            name="retry_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="not to be asked again before"),
        ),
        migrations.AlterField(
            model_name="publication",
            name="source_warnings",
            field=models.JSONField(default=list, verbose_name="source updates"),
        ),
        migrations.AlterField(
            model_name="publication",
            name="update",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "nothing"),
                    ("submitted", "a changed text is waiting for review"),
                    ("under_review", "a changed text is under review"),
                    ("rereview", "the same text is being reviewed again"),
                    ("sent_back", "a changed text was sent back"),
                    ("rereview_end", "a re-review of the same text ended without approval"),
                    ("correction", "a correction of the text is under review"),
                    ("second", "the corrected text is waiting for its second review"),
                ],
                default="",
                max_length=12,
                verbose_name="update",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.revision",
                verbose_name="based on",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="country",
            field=models.CharField(
                blank=True,
                help_text="Where the label is in force, for example US.",
                max_length=2,
                validators=[
                    django.core.validators.RegexValidator(
                        re.compile("^[A-Z]{2}\\Z"),
                        "A country is the two capital letters of its ISO 3166-1 code, for example US.",
                    )
                ],
                verbose_name="country of the label",
            ),
        ),
        migrations.AlterField(
            model_name="sourceimport",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name="imported by"
            ),
        ),
        migrations.AlterField(
            model_name="sourceimport",
            name="format",
            field=models.CharField(
                blank=True,
                help_text="If empty, the format of each record is detected.",
                max_length=10,
                verbose_name="format",
            ),
        ),
        migrations.AlterField(
            model_name="sourceimportrecord",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("added", "Added"),
                    ("probable", "Added; possible duplicate"),
                    ("filled", "Already in the library; empty fields filled"),
                    ("already", "Already in the library"),
                    ("failed", "Not imported"),
                    ("again", "To be retried"),
                ],
                max_length=8,
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            model_name="sourceupdate",
            name="handled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="publications updated"),
        ),
        migrations.AlterField(
            model_name="sourceupdate",
            name="told_by",
            field=models.CharField(
                help_text="A service, a file, or “person”.", max_length=20, verbose_name="reported by"
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="specialties",
            field=models.ManyToManyField(
                blank=True,
                help_text="Each section of an article on this topic needs a signature from a specialist in one of these.",
                to="articles.specialty",
                verbose_name="specialties needed",
            ),
        ),
    ]
