"""`lantu django …`: Django's own management, and the way every other command starts Django."""

import argparse
import os

HELP = "pass a command to Django's own management"


def setup() -> None:
    """Start Django, once a command needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantu.settings")
    import django

    django.setup()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="such as: migrate")


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantu.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lantu django", *args.arguments])
    return 0
