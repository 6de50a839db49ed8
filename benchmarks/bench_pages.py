"""Pages under load: 20 readers at once, new pages (as after an import) and kept ones."""

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
PORT = 8766
READERS, EACH = 20, 25


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        # The samples are made before the server starts: the readers come on a day like any other.
        subprocess.run(
            [sys.executable, "-m", "lantu", "setup", "--quiet"],
            cwd=ROOT, env={**os.environ, "LANTU_HOME": home}, check=True,
        )  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-m", "lantu", "run", "--port", str(PORT), "--workers", "2"],
            cwd=ROOT, env={**os.environ, "LANTU_HOME": home}, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        wait()
        try:
            for name, address in (
                ("overview", lambda: "/z/xinxiang/"),
                ("promise", lambda: "/z/xinxiang/promises/t12-01/"),
                ("overview, every one drawn anew", lambda: f"/z/xinxiang/?n={random.random()}"),
                (
                    "promise, every one drawn anew",
                    lambda: f"/z/xinxiang/promises/t12-01/?n={random.random()}",
                ),
            ):  # fmt: skip
                times = load(address)
                print(f"{name}: median {statistics.median(times) * 1000:.0f} ms, p95 "
                      f"{quantile(times) * 1000:.0f} ms at {READERS} readers "
                      f"(goal 80 ms: ratio {quantile(times) / 0.08:.2f})")  # fmt: skip
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def wait() -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://localhost:{PORT}/z/xinxiang/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server did not start")


def load(address) -> list[float]:
    times: list[float] = []
    threads = [threading.Thread(target=read, args=(address, times)) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def read(address, times: list[float]) -> None:
    """A reader who looks at a page, thinks for half a second, and looks at the next."""
    for _ in range(EACH):
        time.sleep(random.uniform(0.3, 0.7))
        start = time.perf_counter()
        urllib.request.urlopen(f"http://localhost:{PORT}{address()}", timeout=30).read()
        times.append(time.perf_counter() - start)


def quantile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
