"""Labels in plain words: nothing in the database changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reviews.models.policy


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0006_mark_sources"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="boardmember",
            name="is_guest",
            field=models.BooleanField(
                default=False,
                help_text="Not a member of the board: asked for single texts, and verified by an editor before the first signature.",
                verbose_name="guest reviewer",
            ),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="reviews_a_week",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="How many the board can complete besides its other work. Due dates are calculated from it.",
                verbose_name="reviews per week",
            ),
        ),
        migrations.AlterField(
            model_name="campaignitem",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decided"),
        ),
        migrations.AlterField(
            model_name="campaignitem",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AlterField(
            model_name="campaignitem",
            name="notice",
            field=models.TextField(
                blank=True, help_text="For a text that is to be suspended.", verbose_name="notice to readers"
            ),
        ),
        migrations.AlterField(
            model_name="campaignitem",
            name="problem",
            field=models.TextField(blank=True, verbose_name="problem"),
        ),
        migrations.AlterField(
            model_name="campaignitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "To be decided"),
                    ("not_affected", "Not affected"),
                    ("recheck", "To be re-checked"),
                    ("suspend", "To be suspended"),
                ],
                default="waiting",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("approved", "Approved"),
                    ("changes_requested", "Changes requested"),
                    ("rescinded", "Rescinded"),
                    ("voided", "Voided"),
                ],
                max_length=18,
                verbose_name="verdict",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="path",
            field=models.CharField(blank=True, max_length=250, verbose_name="linked page"),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="admits_missing_specialty",
            field=models.BooleanField(
                default=False,
                help_text="The page then says which specialty has not reviewed it.",
                verbose_name="approve without a specialty that nobody on the board has",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="binds_open_reviews",
            field=models.BooleanField(
                default=False,
                help_text="Otherwise they are completed under the version they began with.",
                verbose_name="binds reviews that are open",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="binds_published",
            field=models.BooleanField(
                default=False,
                help_text="Their next review is rescheduled under this version.",
                verbose_name="binds published texts",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="block_grade",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="Whether that blocks is decided by the findings that block.",
                verbose_name="reading grade above which a plain text is too hard to read",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="blocks_approve",
            field=models.JSONField(blank=True, default=list, verbose_name="findings that block approval"),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="blocks_submit",
            field=models.JSONField(blank=True, default=list, verbose_name="findings that block submission"),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="blocks_submit_by_reason",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text='For example {"import": []}: imported texts can be submitted with findings. None is approved with them.',
                verbose_name="other findings that block submission, by reason",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="campaign_from",
            field=models.PositiveIntegerField(
                default=25,
                help_text="If there are fewer, each is reviewed at once.",
                verbose_name="publications from which a change of a source becomes a campaign",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="licence_check_months",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="0: no check is required to sign.", verbose_name="months a licence check is valid"
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="plain_safety",
            field=models.TextField(
                help_text="Shown first on every plain page.", verbose_name="when to get urgent help"
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="quorum",
            field=models.JSONField(
                default=reviews.models.policy.default_quorum, verbose_name="signers per section, by risk class"
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="reference_style",
            field=models.CharField(
                choices=[("ama", "AMA, 11th edition"), ("nlm", "NLM (Vancouver)"), ("apa", "APA, 7th edition")],
                default="ama",
                help_text="Used for texts frozen from now on.",
                max_length=10,
                verbose_name="style of references",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="second_review_hours",
            field=models.PositiveSmallIntegerField(
                default=72,
                help_text="When a correction was approved with fewer signers than its risk class requires.",
                verbose_name="hours to the second review of a correction",
            ),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="specialty_required",
            field=models.BooleanField(default=True, verbose_name="a signer with a required specialty"),
        ),
        migrations.AlterField(
            model_name="editorialpolicy",
            name="warns_at_top",
            field=models.JSONField(
                blank=True,
                default=reviews.models.policy.default_warnings,
                verbose_name="source statuses that readers are warned of at the top",
            ),
        ),
        migrations.AlterField(
            model_name="historicalboardmember",
            name="is_guest",
            field=models.BooleanField(
                default=False,
                help_text="Not a member of the board: asked for single texts, and verified by an editor before the first signature.",
                verbose_name="guest reviewer",
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                help_text="The review whose people and marks were carried over, or the correction it reviews a second time.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="reviews.review",
                verbose_name="continues",
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="opened_by",
            field=models.ForeignKey(
                help_text="Empty if the scheduler or an alert opened it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="opened by",
            ),
        ),
        migrations.AlterField(
            model_name="suspension",
            name="lift_asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="first to agree",
            ),
        ),
        migrations.AlterField(
            model_name="suspension",
            name="lifted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="second to agree",
            ),
        ),
        migrations.AlterField(
            model_name="thread",
            name="opened_by",
            field=models.ForeignKey(
                help_text="Empty if an alert opened it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="opened by",
            ),
        ),
        migrations.AlterField(
            model_name="voiding",
            name="since",
            field=models.DateField(help_text="From this day on.", verbose_name="signatures since"),
        ),
    ]
