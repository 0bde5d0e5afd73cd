"""Give each source that is here the digest by which works that are probably the same are found."""

from django.db import migrations

from articles.sources.likeness import likeness


def tell_likeness(apps, schema_editor):
    source = apps.get_model("articles", "Source")
    for one in source.objects.only("title", "csl").iterator(chunk_size=500):
        source.objects.filter(pk=one.pk).update(likeness=likeness(one.title, one.csl))


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_source_imports")]

    operations = [migrations.RunPython(tell_likeness, migrations.RunPython.noop)]
