from django.db import migrations

from lantu.kernel.access.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [protect("access_ledgerentry")]
