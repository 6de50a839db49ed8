from django.db import migrations

from lantu.kernel.access.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [protect("cases_step")]
