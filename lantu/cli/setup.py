"""`lantu setup`: everything that must be there before the server starts, made only when stale."""

import argparse
import hashlib
import sys
from pathlib import Path

HELP = "prepare the database, translations and static files"
PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = {"zh_Hans": PACKAGE / "locale" / "zh_Hans.po"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-plans", action="store_true", help="do not load the shipped plans")


def run(args: argparse.Namespace) -> int:
    prepare(plans=not args.no_plans)
    if not args.quiet:
        sys.stdout.write("ready\n")
    return 0


def prepare(*, plans: bool = True) -> None:
    """Bring translations, database, plans and static files up to date."""
    from lantu.cli.django import setup

    setup()
    from django.conf import settings

    home: Path = settings.HOME
    translate(home)
    _migrate()
    if plans:
        from lantu.kernel.commitments.actions import load_shipped

        load_shipped()
    _collect(home)


def translate(home: Path) -> None:
    """Compile the translations where the source is newer."""
    for language, source in LANGUAGES.items():
        target = home / "locale" / language / "LC_MESSAGES" / "django.mo"
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib

        target.parent.mkdir(parents=True, exist_ok=True)
        polib.pofile(str(source)).save_as_mofile(str(target))


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _collect(home: Path) -> None:
    """Bundle the charts and gather static files where a source has changed."""
    from django.conf import settings

    stamp = home / "static.stamp"
    mark = _mark(PACKAGE / "ui")
    if stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return
    from django.core.management import call_command

    from lantu.ui.charts import build

    build(settings.BUILT)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(mark, encoding="ascii")


def _mark(folder: Path) -> str:
    from importlib.metadata import version

    digest = hashlib.sha256(version("vl-convert-python").encode())
    for file in sorted([*folder.glob("static/**/*"), folder / "chart.js"]):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
