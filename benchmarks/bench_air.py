"""Daily index of a thousand stations from their hourly values, beside plain NumPy.

Hourly values of six pollutants are written to Parquet, then: daily means and the highest eight-hour
mean of ozone, the index, primary pollutants, and the ratio of good days of each station. The
answers are compared before anything is timed. `--stations 100` makes it smaller.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ITEMS = {"pm25": 45.0, "pm10": 80.0, "so2": 12.0, "co": 0.9, "no2": 35.0, "o3": 90.0}
START = np.datetime64("2025-06-01T00", "us")
HOURS = 8760
CHANGE = np.datetime64("2026-03-01")
TABLES = {
    "pm25": ([0, 35, 75, 115, 150, 250, 350, 500], [0, 35, 60, 115, 150, 250, 350, 500]),
    "pm10": ([0, 50, 150, 250, 350, 420, 500, 600], [0, 50, 120, 250, 350, 420, 500, 600]),
    "so2": ([0, 50, 150, 475, 800, 1600, 2100, 2620],) * 2,
    "co": ([0, 2, 4, 14, 24, 36, 48, 60],) * 2,
    "no2": ([0, 40, 80, 180, 280, 565, 750, 940],) * 2,
    "o3": ([0, 100, 160, 215, 265, 800],) * 2,
}
INDEX = [0, 50, 100, 150, 200, 300, 400, 500]


def write(folder: Path, stations: int) -> None:
    """Hourly values with two percent missing; one file for each hundred stations."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = np.random.default_rng(633)
    hours = START + np.arange(HOURS).astype("timedelta64[h]")
    for first in range(0, stations, 100):
        count = min(100, stations - first)
        size = count * HOURS
        columns: dict[str, pa.Array] = {
            "station": pa.array(np.repeat(np.arange(first, first + count, dtype="int32"), HOURS)),
            "hour": pa.array(np.tile(hours, count)),
        }
        for name, middle in ITEMS.items():
            values = np.round(middle * chance.lognormal(0, 0.6, size), 1)
            columns[name] = pa.array(values, mask=chance.random(size) < 0.02)
        pq.write_table(pa.table(columns), folder / f"{first:05d}.parquet")


def ours(folder: Path) -> dict[str, np.ndarray]:
    """Ibis on DuckDB, from the files to the ratios."""
    import ibis

    from lantu.core.rules.evaluation import evaluated
    from lantu.core.rules.methods import methods
    from lantu.services.environment.methods.hourly.days import daily
    from lantu.services.environment.methods.hourly.indices import indexed, kept_in, ratios

    known = methods("lantu.services")
    connection = ibis.duckdb.connect(threads=2, memory_limit="1400MB", temp_directory=str(folder))
    keep = kept_in(connection)
    days = daily(connection.read_parquet(str(folder / "*.parquet")))
    days = keep(days)
    found = keep(indexed(days, known["environment.aqi"], keep=keep))
    ratio = evaluated(known["environment.good_day_ratio"], ratios(found), on=START.item().date())
    answer = connection.to_pyarrow(
        found.select("station", "date", "aqi", "primary").order_by("station", "date")
    )
    share = connection.to_pyarrow(ratio.order_by("station", "period"))
    return {
        "aqi": answer["aqi"].to_numpy(),
        "primary": answer["primary"].to_numpy(),
        "ratio": share["good_day_ratio"].to_numpy(),
    }


def plain(folder: Path) -> dict[str, np.ndarray]:
    """The same by hand: arrays of station × day × hour."""
    import pyarrow.parquet as pq

    parts = [_of_file(pq.read_table(path)) for path in sorted(folder.glob("*.parquet"))]
    return {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}


def _of_file(table: object) -> dict[str, np.ndarray]:
    days = HOURS // 24
    dates = (START + (np.arange(days) * 24).astype("timedelta64[h]")).astype("datetime64[D]")
    indices = []
    for name in ITEMS:
        cube = table[name].to_numpy().reshape(-1, days, 24)  # type: ignore[index]
        value = _ozone(cube) if name == "o3" else _mean(cube)
        indices.append(_sub_indices(name, value, dates >= CHANGE))
    stack = np.stack(indices)
    known = np.where(np.isnan(stack), -1, stack)
    highest = known.max(axis=0)
    aqi = np.where(np.isnan(stack).any(axis=0) & (highest <= 100), np.nan, highest)
    aqi[aqi < 0] = np.nan
    names = np.array(["PM2.5", "PM10", "SO2", "CO", "NO2", "O3-8h"])
    primary = np.full(aqi.shape, "", dtype=object)
    for place, label in enumerate(names):
        mine = (stack[place] == aqi) & (aqi > 50)
        primary[mine] = primary[mine] + label + " "
    primary = np.char.strip(primary.astype(str))
    years = dates.astype("datetime64[Y]")
    with np.errstate(invalid="ignore"):
        ratio = [
            (aqi[:, years == year] <= 100).sum(axis=1) / (~np.isnan(aqi[:, years == year])).sum(1)
            for year in np.unique(years)
        ]
    return {
        "aqi": aqi.ravel(),
        "primary": primary.ravel(),
        "ratio": np.stack(ratio, 1).ravel() * 100,
    }


def _mean(cube: np.ndarray) -> np.ndarray:
    count = (~np.isnan(cube)).sum(axis=2)
    return np.where(count >= 20, np.nansum(cube, axis=2) / np.maximum(count, 1), np.nan)


def _ozone(cube: np.ndarray) -> np.ndarray:
    windows = np.lib.stride_tricks.sliding_window_view(cube, 8, axis=2)
    count = (~np.isnan(windows)).sum(axis=3)
    means = np.where(count >= 6, np.nansum(windows, axis=3) / np.maximum(count, 1), -1)
    return np.where((count >= 6).sum(axis=2) >= 14, means.max(axis=2), np.nan)


def _sub_indices(name: str, value: np.ndarray, is_new: np.ndarray) -> np.ndarray:
    old, new = TABLES[name]
    scale = 10 if name == "co" else 1
    rounded = np.rint(np.round(value * scale, 9)) / scale  # half to even
    found = [
        np.ceil(np.round(np.interp(one, points, INDEX[: len(points)]), 9))
        for one, points in ((value, old), (rounded, new))
    ]
    return np.where(is_new[None, :], found[1], found[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, default=1000)
    parser.add_argument("--only", choices=("ours", "plain"))
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    if args.only:
        begun = time.perf_counter()
        answer = {"ours": ours, "plain": plain}[args.only](args.folder)
        seconds = time.perf_counter() - begun
        np.savez(args.folder / args.only, **{k: v.astype(str) if k == "primary" else v
                                             for k, v in answer.items()})  # fmt: skip
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{args.only:<6}{seconds:8.2f} s{peak:10.0f} MB")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, args.stations)
        values = args.stations * HOURS * len(ITEMS)
        print(f"{args.stations:,} stations × {HOURS:,} hours × {len(ITEMS)} = {values:,} values")
        for one in ("ours", "plain"):  # each in a process of its own, so that memory is its own
            command = [sys.executable, __file__, "--only", one, "--folder", name]
            subprocess.run(command, check=True)
        return _compared(folder)


def _compared(folder: Path) -> int:
    mine, other = (np.load(folder / f"{one}.npz") for one in ("ours", "plain"))
    same = {
        "aqi": np.array_equal(mine["aqi"], other["aqi"], equal_nan=True),
        "primary": _same_primary(mine, other),
        "ratio": np.allclose(mine["ratio"], other["ratio"], atol=1e-9, equal_nan=True),
    }
    print(f"{len(mine['aqi']):,} days compared:", same)
    return 0 if all(same.values()) else 1


def _same_primary(mine: "np.lib.npyio.NpzFile", other: "np.lib.npyio.NpzFile") -> bool:
    return bool(((mine["primary"] == other["primary"]) | np.isnan(other["aqi"])).all())


if __name__ == "__main__":
    sys.exit(main())
