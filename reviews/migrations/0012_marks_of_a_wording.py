from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0011_requirements_of_older_reviews'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='sectionmark',
            name='mark_once_a_section',
        ),
        migrations.AddField(
            model_name='sectionmark',
            name='audience',
            field=models.CharField(blank=True, choices=[('professional', 'Professional'), ('plain', 'Plain language')], default='', max_length=12, verbose_name='wording'),
        ),
        migrations.AddConstraint(
            model_name='sectionmark',
            constraint=models.UniqueConstraint(fields=('assignment', 'section_key', 'audience'), name='mark_once_a_wording'),
        ),
        migrations.AddConstraint(
            model_name='sectionmark',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['', 'professional', 'plain'])), name='mark_audience_is_known'),
        ),
    ]
