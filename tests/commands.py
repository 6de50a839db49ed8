"""Runs `lantu` as a person does: a process of its own, with its own home."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def lantu(*words: str, home: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command; `more` are settings such as LANTU_PASSWORD."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}
    environment = {**kept, "LANTU_HOME": str(home or ROOT / "missing"), **more}
    return subprocess.run(
        [sys.executable, "-m", "lantu", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
