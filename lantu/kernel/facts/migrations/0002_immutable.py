from django.db import migrations

from lantu.kernel.access.immutable import protect


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_initial")]
    operations = [protect("facts_observation")]
