"""The table of imports of sources, and what duplicates are found by: indexes on identifiers, and likeness."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_term_use'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='file')),
                ('format', models.CharField(blank=True, help_text="Empty: each record's own.", max_length=10, verbose_name='format')),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField(help_text='In bytes.', verbose_name='size')),
                ('created_at', models.DateTimeField(verbose_name='uploaded')),
                ('reached', models.PositiveIntegerField(default=0, verbose_name='records')),
                ('read_bytes', models.PositiveIntegerField(default=0)),
                ('touched_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='problem')),
            ],
            options={
                'verbose_name': 'import of sources',
                'verbose_name_plural': 'imports of sources',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SourceImportRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number in the file')),
                ('format', models.CharField(blank=True, max_length=10, verbose_name='format')),
                ('outcome', models.CharField(choices=[('added', 'Added'), ('probable', 'Added; probably here already'), ('filled', 'Here already; empty fields filled'), ('already', 'Here already'), ('failed', 'Not brought in'), ('again', 'To be tried again')], max_length=8, verbose_name='outcome')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('faults', models.JSONField(blank=True, default=list, verbose_name='faults')),
                ('raw', models.TextField(verbose_name='as written in the file')),
            ],
            options={
                'verbose_name': 'record of an import',
                'verbose_name_plural': 'records of an import',
                'ordering': ['batch_id', 'number'],
            },
        ),
        migrations.AddField(
            model_name='source',
            name='likeness',
            field=models.CharField(blank=True, default='', editable=False, max_length=32),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['doi'], name='source_by_doi'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['pmid'], name='source_by_pmid'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['set_id'], name='source_by_set_id'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['likeness'], name='source_by_likeness'),
        ),
        migrations.AddField(
            model_name='sourceimport',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='brought in by'),
        ),
        migrations.AddField(
            model_name='sourceimportrecord',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='articles.sourceimport', verbose_name='import'),
        ),
        migrations.AddField(
            model_name='sourceimportrecord',
            name='like',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.source', verbose_name='probably the same as'),
        ),
        migrations.AddField(
            model_name='sourceimportrecord',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='import_records', to='articles.source', verbose_name='source'),
        ),
        migrations.AddIndex(
            model_name='sourceimport',
            index=models.Index(condition=models.Q(('finished_at', None)), fields=['id'], name='source_import_unfinished'),
        ),
        migrations.AddIndex(
            model_name='sourceimportrecord',
            index=models.Index(fields=['batch', 'outcome', 'number'], name='source_import_by_outcome'),
        ),
        migrations.AddConstraint(
            model_name='sourceimportrecord',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='source_import_record_once'),
        ),
        migrations.AddConstraint(
            model_name='sourceimportrecord',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['added', 'probable', 'filled', 'already', 'failed', 'again'])), name='source_import_outcome_is_known'),
        ),
    ]
