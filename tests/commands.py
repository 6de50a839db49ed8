"""Runs `lantu` as a person does: a process of its own, with its own home."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lantu(*words: str, home: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command; `more` are settings such as LANTU_PASSWORD."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}
    environment = {**kept, "LANTU_HOME": str(home or ROOT / "missing"), **more}
    return subprocess.run(
        [sys.executable, "-m", "lantu", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def prepared(home: Path, shared: pytest.TempPathFactory) -> None:
    """Fill a home as `lantu setup` does: made once for all workers of a run, then copied."""
    root = shared.getbasetemp()
    made = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "prepared"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "whole").exists():
            made.mkdir(exist_ok=True)
            done = lantu("setup", home=made)
            assert done.returncode == 0, done.stderr
            (made / "whole").touch()
    shutil.copytree(made, home, dirs_exist_ok=True)
