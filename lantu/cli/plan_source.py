"""Where a plan is found: a folder, the database, or among the plans that ship."""

import os
from pathlib import Path

from lantu.core.errors import ContentError
from lantu.core.plans import folder
from lantu.core.plans.records import PlanFolder


def find_plan(name: str) -> PlanFolder:
    """A path is read as a folder; a name means the loaded plan, else the one that ships.

    Only a loaded plan has the figures that were imported later. Raises ContentError where there
    is none of that name, or the database is of an older version.
    """
    if (Path(name) / "plan.yaml").is_file():
        return folder.read_folder(Path(name))
    return loaded(name) or folder.read_folder(folder.find(name))


def loaded(name: str) -> PlanFolder | None:
    """The plan in the database; None without a database, or before it was set up."""
    home = Path(os.environ.get("LANTU_HOME") or Path(__file__).resolve().parents[2] / "var")
    if not os.environ.get("LANTU_DATABASE_URL") and not (home / "lantu.sqlite3").exists():
        return None
    from lantu.cli.django import setup

    setup()
    from django.db import DatabaseError, connection

    from lantu.kernel.commitments import queries

    if "commitments_plan" not in connection.introspection.table_names():
        return None
    try:
        return queries.plan(name)
    except DatabaseError as error:
        raise ContentError(
            str(home), "The database was made by an older version.", "Run `lantu setup` once."
        ) from error
