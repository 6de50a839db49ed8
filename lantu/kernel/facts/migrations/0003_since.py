from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facts", "0002_immutable")]
    operations = [
        migrations.AddIndex(
            "observation",
            models.Index(fields=["zone", "known_on"], name="observation_known_on"),
        ),
        migrations.AddIndex(
            "observation",
            models.Index(fields=["zone", "entered_at"], name="observation_entered_at"),
        ),
    ]
