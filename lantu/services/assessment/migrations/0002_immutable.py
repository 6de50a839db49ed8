from django.db import migrations

from lantu.kernel.access.immutable import protect

TABLES = ("round", "run", "decision")


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial"), ("access", "0001_initial")]
    operations = [protect(f"assessment_{table}") for table in TABLES]
