"""`lantu django …`: Django's own management, and the way every other command starts Django."""

import argparse
import os
from typing import Any

from lantu.core.errors import Refused

HELP = "pass a command to Django's own management"


def settings() -> Any:
    """The settings, without starting Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantu.settings")
    from django.conf import settings

    return settings


def setup() -> None:
    """Start Django, once a command needs it."""
    settings()
    import django

    django.setup()


def ready() -> None:
    """Start Django with a database that is there and of this version; a new one has the plans."""
    from lantu.cli.setup import database

    setup()
    database()


def existing() -> None:
    """Start Django with the database as it is. Raises Refused where there is none yet."""
    setup()
    from django.conf import settings
    from django.db import connection

    if "access_ledgerentry" not in connection.introspection.table_names():
        raise Refused(f"There is no database in {settings.HOME} yet. Run `lantu setup` first.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="such as: migrate")


def run(args: argparse.Namespace) -> int:
    settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lantu django", *args.arguments])
    return 0
