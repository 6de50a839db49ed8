"""`python -m lantu.services.reading.worker NUMBER`: the process that reads one document."""

import os
import sys


def main(number: int) -> None:
    """Read a document that waits; what becomes of it stands on its page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantu.settings")
    import django

    django.setup()
    from lantu.services.reading.actions import read
    from lantu.services.reading.models import Reading

    read(Reading.objects.get(pk=number))


if __name__ == "__main__":
    main(int(sys.argv[1]))
