"""Until now no revision came from anything but the draft, so each draft grew from its newest one."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_bases(apps, schema_editor):
    article, revision = apps.get_model("articles", "Article"), apps.get_model("articles", "Revision")
    newest = revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
    article.objects.filter(base__isnull=True).update(base=Subquery(newest))


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_corrections_masks_and_imports")]

    operations = [migrations.RunPython(name_bases, migrations.RunPython.noop)]
