"""A backup that is taken while another process writes, restored elsewhere, and compared."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent


def backup_while_writing(home: Path, write: Callable[[], object]) -> str:
    """What was found, in one line. Raises SystemExit where the restored state is not the same."""
    from django.db import connections

    connections.close_all()
    before = _ledger(home)
    writer = os.fork()
    if writer == 0:
        _keep_writing(home, write)
    with tempfile.TemporaryDirectory() as folder:
        file, other = Path(folder) / "kept.tar.gz", Path(folder) / "home"
        other.mkdir()
        try:
            _lantu(home, "backup", str(file))
        finally:
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
        _lantu(other, "restore", str(file))
        _lantu(other, "verify")
        _lantu(home, "verify")
        return _compared(before, _ledger(other), _ledger(home), home, other)


def _keep_writing(home: Path, write: Callable[[], object]) -> None:
    """Figures, and files beside the database, until it is killed."""
    from lantu.kernel.access.actions import record
    from lantu.kernel.documents.actions import keep_file

    write()
    number = 0
    while True:
        number += 1
        digest = keep_file(f"{number} {os.getpid()}".encode() * 2000)
        record(zone=None, by=None, act="attach", object_type="bench", object_key=digest)


def _lantu(home: Path, *words: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "lantu", *words], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "LANTU_HOME": str(home)}, check=False,
    )  # fmt: skip
    if found.returncode:
        raise SystemExit(f"lantu {' '.join(words)}: {found.stdout}{found.stderr}")


def _ledger(home: Path) -> list[tuple[int, str, str, str]]:
    """Number, hash, act and object of every entry."""
    connection = sqlite3.connect(home / "lantu.sqlite3")
    try:
        query = "SELECT number, hash, act, object_key FROM access_ledgerentry ORDER BY number"
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _compared(before: list, kept: list, after: list, home: Path, other: Path) -> str:
    assert len(before) <= len(kept) <= len(after)
    assert kept == after[: len(kept)], "the restored ledger is another"
    digests = [row[3] for row in kept if row[2] == "attach"]
    for digest in digests:
        content = (other / "evidence" / digest[:2] / digest).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, "a file is not what it was"
    return (
        f"backup while writing: {len(kept):,} entries and {len(digests):,} files restored with the "
        f"same checksums; {len(after) - len(kept):,} entries came after it"
    )
