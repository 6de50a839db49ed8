from django.db import migrations

from lantu.kernel.access.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_rounds")]
    operations = [
        protect("enterprises_figure"),
        protect("enterprises_run"),
        protect("enterprises_result"),
    ]
