"""Until now no revision came from anything but the draft, so each draft grew from its newest one."""

from django.db import migrations
from django.db.models import Max


def name_origins(apps, schema_editor):
    origin, revision = apps.get_model("articles", "DraftOrigin"), apps.get_model("articles", "Revision")
    newest = revision.objects.values("article").annotate(newest=Max("id")).values_list("article", "newest")
    origin.objects.bulk_create(origin(article_id=article, revision_id=pk) for article, pk in newest.order_by())


def forget_origins(apps, schema_editor):
    apps.get_model("articles", "DraftOrigin").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_corrections_masks_and_imports")]

    operations = [migrations.RunPython(name_origins, forget_origins)]
