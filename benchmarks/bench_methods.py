"""A weighted score of six items with ranks and classes, and the air index of a day.

The peers are hand-written SQL on the same engine and NumPy in memory. The answers are compared
first; times are printed as ratios of one run.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import duckdb
import ibis
import numpy as np

from lantu.core.rules.evaluation import evaluated
from lantu.core.rules.methods import methods

METHOD = "enterprises.per_mu_score"
FIRMS, YEARS = 200_000, 5


def table(firms: int, path: Path) -> None:
    """Invented firms: skewed items, some without emission data."""
    duckdb.sql("SELECT setseed(0.4)")
    duckdb.sql(
        f"""COPY (SELECT i AS firm, 2021 + i % {YEARS} AS period, random() < 0.01 AS veto,
        random() * 50 AS tax_per_mu, random() * 300 AS va_per_mu, random() * 5 AS va_per_energy,
        CASE WHEN random() < 0.9 THEN random() * 9000 END AS va_per_emission,
        random() * 40 AS labour_productivity, random() * 0.06 AS rd_ratio
        FROM range({firms * YEARS}) t(i)) TO '{path}' (FORMAT parquet)"""
    )


def ours(source: Path, target: Path) -> None:
    connection = ibis.duckdb.connect()
    result = evaluated(
        methods("lantu.services")[METHOD],
        connection.read_parquet(str(source)),
        on=date(2025, 12, 31),
    )
    connection.to_parquet(result, str(target))


def weights() -> dict[int, dict[str, tuple[float, float]]]:
    settings = methods("lantu.services")[METHOD].parameters["items"].settings
    return {
        one.since.year: {
            name: (float(item["weight"]), float(item["baseline"]))
            for name, item in one.value.items()
        }
        for one in settings
    }


def by_sql(source: Path, target: Path) -> None:
    """The same by hand."""
    first, second = weights().values()
    parts = []
    for name in first:
        (w1, b1), (w2, b2) = first[name], second[name]
        part = f"CASE WHEN period >= 2022 THEN {name} / {b2} * {w2} ELSE {name} / {b1} * {w1} END"
        if name == "va_per_emission":
            part = f"coalesce({part}, avg({part}) OVER (PARTITION BY period))"
        parts.append(part)
    duckdb.sql(
        f"""COPY (WITH s AS (SELECT *, round({" + ".join(parts)}, 9) AS score FROM '{source}'),
        r AS (SELECT *, rank() OVER (PARTITION BY period ORDER BY score DESC) AS rank,
              count(score) OVER (PARTITION BY period) AS ranked FROM s)
        SELECT *, CASE WHEN veto OR rank * 100.0 > ranked * 95 THEN 'D'
          WHEN rank * 100.0 > ranked * 60 THEN 'C' WHEN rank * 100.0 > ranked * 20 THEN 'B'
          ELSE 'A' END AS cls FROM r) TO '{target}' (FORMAT parquet)"""
    )


def by_numpy(source: Path) -> np.ndarray:
    """Only the points, in memory, without ranks and without storing them."""
    columns = duckdb.sql(f"SELECT * FROM '{source}'").fetchnumpy()
    late = columns["period"] >= 2022
    first, second = weights().values()
    total = np.zeros(len(late))
    for name in first:
        values = np.ma.filled(columns[name].astype(float), np.nan)
        (w1, b1), (w2, b2) = first[name], second[name]
        part = np.where(late, values / b2 * w2, values / b1 * w1)
        for year in range(2021, 2021 + YEARS):
            mask = columns["period"] == year
            part[mask] = np.where(np.isnan(part[mask]), np.nanmean(part[mask]), part[mask])
        total += part
    return total


def seconds(work: Callable[[], object]) -> float:
    """The best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, target, other = (Path(folder) / f"{name}.parquet" for name in "abc")
        print(
            f"{'rows':>12} {'ours':>9} {'SQL':>9} {'NumPy':>9} {'ours/SQL':>9} {'ours/NumPy':>10}"
        )
        for firms in (FIRMS // 100, FIRMS // 10, FIRMS, FIRMS * 5):
            table(firms, source)
            ours(source, target)
            by_sql(source, other)
            differing = duckdb.sql(
                f"""SELECT count(*) FROM '{target}' a JOIN '{other}' b USING (firm)
                WHERE abs(a.per_mu_score - b.score) > 1e-6 OR a.final_class <> b.cls"""
            ).fetchone()
            assert differing == (0,), f"{differing} firms come out differently"
            a = seconds(lambda: ours(source, target))
            b = seconds(lambda: by_sql(source, other))
            c = seconds(lambda: by_numpy(source))
            rows = firms * YEARS
            print(f"{rows:>12,} {a:>8.3f}s {b:>8.3f}s {c:>8.3f}s {a / b:>9.2f} {a / c:>10.2f}")


if __name__ == "__main__":
    main()
