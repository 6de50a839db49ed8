from django.db import migrations

from lantu.kernel.access.immutable import protect

TABLES = ("scenario", "version", "release")


class Migration(migrations.Migration):
    dependencies = [("scenarios", "0001_initial"), ("access", "0001_initial")]
    operations = [protect(f"scenarios_{table}") for table in TABLES]
