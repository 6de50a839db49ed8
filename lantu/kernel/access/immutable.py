"""Triggers that let the database itself refuse to change or delete a row."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps

_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION lantu_refuse() RETURNS trigger AS $$ BEGIN "
    "RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"
)
_POSTGRES = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION lantu_refuse()"
)


def protect(table: str) -> RunPython:
    """A migration step after which rows of a table can only be added."""

    def forward(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        is_postgres = editor.connection.vendor == "postgresql"
        if is_postgres:
            editor.execute(_FUNCTION, params=None)
        statement = _POSTGRES if is_postgres else _SQLITE
        for verb in ("update", "delete"):
            editor.execute(statement.format(table=table, verb=verb, VERB=verb.upper()), params=None)

    def backward(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}", params=None)

    return RunPython(forward, backward)
