"""Those that are there get the English names that new ones get."""

from django.db import migrations

from lantu.core.figures import english


def name(apps, schema_editor):
    Subject = apps.get_model("registry", "Subject")
    for one in Subject.objects.filter(en="").select_related("zone"):
        one.en = one.zone.en if one.zh == one.zone.zh else english.name(one.zh) or ""
        one.save(update_fields=["en"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_entities")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
