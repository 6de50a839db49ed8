from django.db import migrations

from lantu.kernel.access.immutable import protect

TABLES = ("warning", "ending", "measure")


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial"), ("access", "0001_initial")]
    operations = [protect(f"supervision_{table}") for table in TABLES]
