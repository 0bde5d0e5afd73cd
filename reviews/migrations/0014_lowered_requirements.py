
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_plain_labels'),
        ('reviews', '0013_policy_signed_under'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lowering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.JSONField(verbose_name='what is wanted')),
                ('before', models.JSONField(verbose_name='what it was')),
                ('reason', models.TextField(verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('article', models.ForeignKey(blank=True, help_text='Empty when it is the editorial policy that would ask for less.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lowerings', to='articles.article', verbose_name='article')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
            ],
            options={
                'verbose_name': 'lowered requirement',
                'verbose_name_plural': 'lowered requirements',
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LoweringAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('confirmed', 'Confirmed'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], max_length=10, verbose_name='outcome')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('answered_at', models.DateTimeField(verbose_name='answered')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('lowering', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='reviews.lowering', verbose_name='asked')),
            ],
            options={
                'verbose_name': 'answer to a lowered requirement',
                'verbose_name_plural': 'answers to lowered requirements',
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['confirmed', 'refused', 'withdrawn'])), name='lowering_outcome_is_known')],
            },
        ),
    ]
