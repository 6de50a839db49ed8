"""Those that are there get the English names that new ones get."""

from django.db import migrations

from lantu.core.figures import english


def name(apps, schema_editor):
    Indicator = apps.get_model("facts", "Indicator")
    for one in Indicator.objects.filter(en=""):
        one.en = english.name(one.zh) or ""
        one.save(update_fields=["en"])


class Migration(migrations.Migration):
    dependencies = [("facts", "0003_since")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
