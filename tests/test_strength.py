"""What the benchmarks prove at length, in a few rounds: nothing lost, doubled or half-done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KEPT = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}


def run(name: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / name), *words],
        cwd=ROOT, env=KEPT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_kill_at_random_points_leaves_nothing_half_done():
    told = run("bench_kill.py", "--rounds", "12")

    assert "the ledger verified and nothing was half-done" in told
    assert "restored with the same checksums" in told


def test_clerks_who_come_together_lose_and_double_nothing_on_either_database():
    told = run("bench_load.py", "--clerks", "6")

    for name in ("SQLite", "PostgreSQL"):
        [line] = [one for one in told.splitlines() if f"at once on {name}" in one]
        assert "nothing lost, nothing doubled, 0 faults" in line


@pytest.mark.parametrize("way", ["actions", "http"])
def test_what_was_entered_is_read_back_with_its_ledger(way):
    words = ("--way", way, "--departments", "2", "--indicators", "3")

    assert f"30 values through {way}" in run("bench_returns.py", *words)
