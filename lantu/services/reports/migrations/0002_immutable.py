from django.db import migrations

from lantu.kernel.access.immutable import protect

TABLES = ("edition", "decision", "finished", "opinion", "answer")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("access", "0001_initial")]
    operations = [protect(f"reports_{table}") for table in TABLES]
