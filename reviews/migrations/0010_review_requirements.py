from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0009_public_ground_of_voidings'),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='requirements',
            field=models.JSONField(default=dict, editable=False, verbose_name='what it asks for'),
        ),
    ]
