"""`lantu setup`: everything that must be there before the server starts, made only when stale."""

import argparse
import hashlib
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from lantu.core.errors import Refused

HELP = "prepare the database, translations and static files"
PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh_Hans",)
PLURAL = "nplurals=1; plural=0;"  # Chinese has one form for any number
COLLECT = "from lantu.cli.setup import collect; collect()"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-plans", action="store_true", help="do not load the shipped plans")


def run(args: argparse.Namespace) -> int:
    prepare(plans=not args.no_plans)
    if not args.quiet:
        sys.stdout.write("ready\n")
    return 0


def prepare(*, plans: bool = True, samples: bool | None = True) -> None:
    """Bring translations, database, plans and static files up to date.

    `samples`: None for those of a database that was not there, or was of another version.
    """
    from lantu.cli.django import settings, setup

    # Before Django starts: this process may go on to serve, and translations are read once.
    translate(settings().HOME)
    setup()
    # The static files need seconds and no database: they are made beside it, on another core.
    static = None if _is_collected() else subprocess.Popen([sys.executable, "-c", COLLECT])
    was_behind = _migrate()
    if plans:
        _load_plans()
        if samples or (samples is None and was_behind):
            _load_samples()
    if static is not None and static.wait():
        raise Refused("The static files could not be made; what went wrong is written above.")


def database() -> None:
    """Make the database with the shipped plans, or bring it to this version, if it is not yet."""
    if _migrate():
        _load_plans()


def translate(home: Path) -> None:
    """Compile the translations, which each part keeps for itself, where a source has changed."""
    for language in LANGUAGES:
        sources = sorted(PACKAGE.rglob(f"{language}.po"))
        target = home / "locale" / language / "LC_MESSAGES" / "django.mo"
        stamp = target.with_suffix(".stamp")
        mark = "\n".join(f"{path} {path.stat().st_mtime_ns}" for path in sources)
        if target.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
            continue
        import polib

        target.parent.mkdir(parents=True, exist_ok=True)
        whole = polib.pofile(str(sources[0]))
        for source in sources[1:]:
            known = {entry.msgid for entry in whole}
            whole.extend(one for one in polib.pofile(str(source)) if one.msgid not in known)
        whole.metadata["Plural-Forms"] = PLURAL
        whole.save_as_mofile(str(target))
        stamp.write_text(mark, encoding="utf-8")


def _load_plans() -> None:
    from lantu.kernel.commitments.actions import load_shipped

    load_shipped()


def _load_samples() -> None:
    """Give the invented zones that are shipped the made-up records of the services.

    A service with a `sample.py` has some; its `load(zone, by=None)` changes nothing where it was
    loaded before. An invented zone of somebody's own gets none: what was made up for the shipped
    plan has no place beside another.
    """
    from django.conf import settings

    from lantu.core.plans.folder import shipped_zones
    from lantu.kernel.access.queries import zones

    invented = [zone for zone in zones() if zone.invented and zone.slug in shipped_zones()]
    for name in settings.SERVICES:
        module = f"lantu.services.{name}.sample"
        if find_spec(module):
            for zone in invented:
                import_module(module).load(zone, by=None)


def _migrate() -> bool:
    """Whether there was anything to do."""
    if _has_every_migration():
        return False
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if is_behind:
        call_command("migrate", verbosity=0, interactive=False)
    return is_behind


def _has_every_migration() -> bool:
    """Whether the database has noted each migration that lies in the program, by their names.

    Every command begins with this; to ask Django would load them all, which takes megabytes.
    """
    from django.apps import apps
    from django.db import connection

    if "django_migrations" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        noted = set(cursor.fetchall())
    return noted >= {
        (app.label, found.name)
        for app in apps.get_app_configs()
        for found in iter_modules([str(Path(app.path) / "migrations")])
        if not found.ispkg and found.name[0] not in "_~"
    }


def _is_collected() -> bool:
    """Whether the static files are there and no source of theirs has changed."""
    from django.conf import settings

    stamp: Path = settings.HOME / "static.stamp"
    return stamp.exists() and stamp.read_text(encoding="ascii") == _mark(PACKAGE / "ui")


def collect() -> None:
    """Bundle the charts and gather the static files."""
    from lantu.cli.django import setup

    setup()
    from django.conf import settings
    from django.core.management import call_command

    from lantu.ui import charts, maps

    charts.build(settings.BUILT)
    maps.build(settings.BUILT)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark = _mark(PACKAGE / "ui")
    (settings.HOME / "static.stamp").write_text(mark, encoding="ascii")


def _mark(folder: Path) -> str:
    from importlib.metadata import version

    digest = hashlib.sha256(version("vl-convert-python").encode())
    for file in sorted([*folder.glob("static/**/*"), folder / "chart.js", folder / "maps.py"]):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
