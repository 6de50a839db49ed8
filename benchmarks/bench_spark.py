"""The weighted score of five items on Spark with one and two workers, and what more would need.

Every worker is a process of its own with one core. The job is the one a user runs: a file of
stored columns in, checksum, score with points and reasons, files of the result out. A first small
job starts the cluster and is not counted. The answers are compared with DuckDB's first, row by row.

From the growth over the sizes: what a thousand million rows take on one core, and with how many
cores they are done in a quarter of an hour, if workers go on to help as the second one helps here.

    python benchmarks/bench_spark.py [--most ROWS] [--memory MB]
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench_weighted import ON, YEARS, method, say, stored

WORKERS = (1, 2)
WARM = 1_000
BIG, WANTED_SECONDS = 10**9, 15 * 60


def work(workers: str, memory: str, sources: str) -> None:
    """All sizes on one cluster, in this process; prints seconds and the peak of each worker."""
    from lantu.core.rules.engines import evaluate

    os.environ["LANTU_SPARK_MASTER"] = f"local-cluster[{workers},1,{memory}]"
    folder = Path(sources)
    rule = method(folder)
    evaluate(
        rule, folder / "warm.parquet", folder / f"warm-{workers}.parquet", on=ON, engine="spark"
    )
    told = []
    for source in sorted(folder.glob("rows-*.parquet"), key=rows_of):
        target = folder / f"spark-{workers}-{rows_of(source)}.parquet"
        begun = time.perf_counter()
        evaluate(rule, source, target, on=ON, engine="spark")
        told.append({"rows": rows_of(source), "seconds": time.perf_counter() - begun,
                     "worker_mb": workers_peak(), "target": str(target)})  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")


def rows_of(path: Path) -> int:
    return int(path.stem.split("-")[1])


def workers_peak() -> float:
    """The greatest peak of memory of a worker process so far, in MB."""
    peaks = [0.0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"CoarseGrainedExecutorBackend" in (folder / "cmdline").read_bytes():
                status = (folder / "status").read_text(encoding="utf-8")
                peaks.append(float(status.split("VmHWM:")[1].split()[0]) / 1024)
        except (OSError, IndexError):
            continue  # it ended while it was looked at
    return max(peaks)


def compare(folder: Path, source: Path, target: str) -> None:
    """Stop where Spark says something else than DuckDB in any row."""
    import duckdb

    from lantu.core.rules.engines import evaluate

    rule, own = method(folder), folder / "duckdb.parquet"
    evaluate(rule, source, own, on=ON)
    row = duckdb.sql(
        "SELECT count(*), count(*) FILTER (WHERE a.score IS DISTINCT FROM b.score) FROM "
        f"'{own}' a JOIN '{target}/*.parquet' b USING (firm, period)"
    ).fetchone()
    assert row == (rows_of(source), 0), f"Spark differs: {row}"
    say(f"  the answers of DuckDB agree over {row[0]:,} rows, to the last digit")


def main() -> None:
    import numpy as np

    asked = argparse.ArgumentParser()
    asked.add_argument("--most", type=int, default=40_000_000)
    asked.add_argument("--memory", default="2048")
    asked.add_argument("--work", nargs=2)
    args = asked.parse_args()
    if args.work:
        work(args.work[0], args.memory, args.work[1])
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        stored(WARM // YEARS, folder / "warm.parquet")
        sizes = [args.most // 16, args.most // 4, args.most]
        for rows in sizes:
            stored(rows // YEARS, folder / f"rows-{rows}.parquet")
        found = {}
        for workers in WORKERS:
            command = [sys.executable, __file__, "--memory", args.memory]
            done = subprocess.run(
                [*command, "--work", str(workers), made],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            )
            found[workers] = json.loads(done.stdout.splitlines()[-1])
            smallest = found[workers][0]
            compare(folder, folder / f"rows-{smallest['rows']}.parquet", smallest["target"])
    say(f"{'':<10} {'rows':>12} {'seconds':>8} {'rows a second':>14} {'MB a worker':>12}")
    for workers, told in found.items():
        for one in told:
            say(f"{workers} workers  {one['rows']:>12,} {one['seconds']:>8.1f} "
                f"{one['rows'] / one['seconds']:>14,.0f} {one['worker_mb']:>12.0f}")  # fmt: skip
    per_row, fixed = {}, {}
    for workers, told in found.items():
        slope, start = np.polyfit(
            [one["rows"] for one in told], [one["seconds"] for one in told], 1
        )
        per_row[workers], fixed[workers] = slope, max(0.0, start)
        say(f"{workers} workers: {fixed[workers]:.1f} s + {slope * 1e6:.2f} s a million rows")
    # Amdahl: of the time a share is spent once, by the driver, and the rest by the workers. Taken
    # from the whole greatest job, so that what starts slowly counts against the cluster.
    gain = found[1][-1]["seconds"] / found[2][-1]["seconds"]
    once = max(0.0, 2 / gain - 1)
    alone = fixed[1] + per_row[1] * BIG
    say(f"two workers do {gain:.2f} × the work of one; the share that no worker takes: {once:.2f}")
    say(f"{BIG:,} rows on one worker of one core: {alone / 60:.0f} min")
    least = fixed[1] + per_row[1] * once * BIG
    if least >= WANTED_SECONDS:
        say(f"  not under {least / 60:.0f} min with any number of workers")
        return
    need = per_row[1] * (1 - once) * BIG / (WANTED_SECONDS - least)
    say(f"  in {WANTED_SECONDS // 60} min: {math.ceil(need)} workers of one core and "
        f"{args.memory} MB; not under {least / 60:.1f} min with any number")  # fmt: skip


if __name__ == "__main__":
    main()
