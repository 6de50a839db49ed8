"""Pages under load: 50 readers at once, 100,000 more facts; new pages and kept ones.

    python benchmarks/bench_pages.py [--readers 50] [--facts 100000]

The facts come by the import of files, into the sample zone: 2,000 series of months.
"""

import argparse
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
EACH = 25
FIRMS, INDICATORS = 200, 10
GOAL_S = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--facts", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        # The samples are made before the server starts: the readers come on a day like any other.
        lantu(home, "setup", "--quiet")
        if args.facts:
            enter(Path(home), args.facts)
        process = subprocess.Popen(
            [sys.executable, "-m", "lantu", "run", "--port", str(PORT), "--workers", "2"],
            cwd=ROOT, env={**os.environ, "LANTU_HOME": home}, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        wait()
        try:
            for page in ("", "promises/", "promises/hightech/", "facts/", "projects/"):
                tell(f"/z/qinghe/{page}", "kept", args.readers, process.pid)
                tell(f"/z/qinghe/{page}", "every one drawn anew", args.readers, process.pid)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def lantu(home: str, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "lantu", *words],
        cwd=ROOT, env={**os.environ, "LANTU_HOME": home}, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip


def enter(home: Path, facts: int) -> None:
    """Import the figures, a file for each indicator."""
    head = "indicator,subject,period,value,unit,kind,source_title,known_on\n"
    months = facts // (FIRMS * INDICATORS)
    start = time.perf_counter()
    for indicator in range(INDICATORS):
        rows = "".join(
            f"虚构指标{indicator},虚构企业{firm},{2018 + at // 12}-{at % 12 + 1:02d},{firm + at}.5,"
            f"万元,level,虚构,2024-01-20\n"
            for firm in range(FIRMS)
            for at in range(months)
        )
        file = home / f"{indicator}.csv"
        file.write_text(head + rows, encoding="utf-8")
        lantu(str(home), "facts", "import", str(file), "--zone", "qinghe")
    print(f"{facts} facts entered in {time.perf_counter() - start:.0f} s", flush=True)


def spent(pid: int) -> float:
    """Seconds of processors that a process and all below it have taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(spent(int(child)) for child in children)


def tell(address: str, how: str, readers: int, server: int) -> None:
    anew, before = how != "kept", spent(server)
    times = load(lambda: f"{address}?n={random.random()}" if anew else address, readers)
    found, each = quantile(times), (spent(server) - before) / len(times)
    print(f"{address}, {how}: median {statistics.median(times) * 1000:.0f} ms, p95 "
          f"{found * 1000:.0f} ms at {readers} readers (goal {GOAL_S * 1000:.0f} ms: "
          f"ratio {found / GOAL_S:.2f}); {each * 1000:.1f} ms of the server's processor each",
          flush=True)  # fmt: skip


def wait() -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://localhost:{PORT}/z/xinxiang/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server did not start")


def load(address, readers: int) -> list[float]:
    times: list[float] = []
    threads = [threading.Thread(target=read, args=(address, times)) for _ in range(readers)]
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
