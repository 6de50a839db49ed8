"""Whole processes: `lantu --help`, `lantu status`, and starting the server to its first page."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
PORT = 8765
PAGE = f"http://localhost:{PORT}/z/xinxiang/"


def timed(*words: str, home: str) -> float:
    """The best of three runs, in seconds."""
    best = 99.0
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *words],
            cwd=ROOT, env={**os.environ, "LANTU_HOME": home}, check=True, capture_output=True,
        )  # fmt: skip
        best = min(best, time.perf_counter() - start)
    return best


def started(home: str) -> tuple[float, int]:
    """Seconds from the command to the first page, and the worker's memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "lantu", "run", "--port", str(PORT)],
        cwd=ROOT, env={**os.environ, "LANTU_HOME": home}, stdout=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    while True:
        try:
            urllib.request.urlopen(PAGE, timeout=5).close()
            break
        except OSError:
            time.sleep(0.02)
    seconds = time.perf_counter() - start
    memory = max(resident(pid) for pid in family(process.pid))
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    return seconds, memory


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(int(child) for child in children)]


def resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        bare = timed("-c", "import django; django.VERSION", home=home)
        for name, words, goal in (
            ("lantu --help", ("-m", "lantu", "--help"), 0.3),
            ("lantu status", ("-m", "lantu", "status", "xinxiang-2021-2025", "-q"), 1.5),
        ):
            seconds = timed(*words, home=home)
            print(f"{name}: {seconds:.2f} s (goal {goal} s: ratio {seconds / goal:.2f}; "
                  f"{seconds / bare:.1f} × a Python that imports Django)")  # fmt: skip
        for name, goal in (("first start", 10.0), ("second start", 3.0)):
            seconds, memory = started(home)
            print(f"{name} to the first page: {seconds:.1f} s (goal {goal} s: ratio "
                  f"{seconds / goal:.2f}); worker {memory} MB (goal 160)")  # fmt: skip


if __name__ == "__main__":
    main()
