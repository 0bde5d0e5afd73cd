from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0012_marks_of_a_wording'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='policy_version',
            field=models.PositiveIntegerField(default=0, verbose_name='policy version signed under'),
        ),
    ]
