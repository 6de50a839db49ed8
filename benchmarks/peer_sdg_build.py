"""`lantu publish` and sdg-build by turns, on the same figures, the same machine and the same day.

sdg-build (Open SDG, MIT licence) is on no package registry, so it is brought along: its source, and
an interpreter that has what it imports (pandas before 2 with releases of before 2023, numpy before
2, pyyaml, jsonschema, gitpython, humanize).

    python benchmarks/peer_sdg_build.py --peer PYTHON --peer-source SDG_BUILD

It reads a csv and a yaml for each indicator and writes data alone: csv and json for each. So the
like of it is `lantu publish --data`; the whole copy, pages in two languages, is told beside
it. Each round runs all of them, so that what else the machine does falls on each, and a ratio is of
one round. What each wrote is first held against what was put in, figure by figure.

Where only a part of the source is at hand, `--peer-imports` names the modules that the whole would
have loaded with it; the peer is then run both without and with them.
"""

import argparse
import atexit
import csv
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from statistics import median

import yaml
from bench_publish import (
    GROUPS,
    INDICATORS,
    YEARS,
    Figures,
    Measured,
    figures,
    fill,
    measured,
    name,
    new_home,
    publish,
    wrong,
    wrong_tables,
)

GOAL, PEER = 0.5, "sdg-build"
STATUSES = {"notstarted": "not started", "inprogress": "in progress", "complete": "complete"}
BUILD = """
import importlib
import sys
import sdg
source, target, *others = sys.argv[1:]
for one in others:
    importlib.import_module(one)
inputs = [
    sdg.inputs.InputCsvData(path_pattern=source + "/data/indicator_*.csv"),
    sdg.inputs.InputYamlMeta(path_pattern=source + "/meta/*.yml", git=False),
]
schema = sdg.schemas.SchemaInputOpenSdg(schema_path=source + "/_prose.yml")
output = sdg.outputs.OutputOpenSdg(inputs, schema, output_folder=target)
sys.exit(0 if output.execute() else 1)
"""


def code(indicator: int) -> str:
    """Goal, target and place, as Open SDG numbers its indicators; no two are alike."""
    return f"{indicator // 90 + 1}-{indicator // 9 % 10 + 1}-{indicator % 9 + 1}"


def rows(indicator: int, found: Figures) -> Iterator[tuple[int, str, Decimal]]:
    for group in range(GROUPS):
        for year in YEARS:
            yield year, f"g{group:02d}", found[indicator, group, year]


def write_source(folder: Path, found: Figures) -> None:
    """What a repository of Open SDG holds: data, metadata and the schema of the metadata."""
    (folder / "data").mkdir(parents=True)
    (folder / "meta").mkdir()
    for indicator in range(INDICATORS):
        file = folder / "data" / f"indicator_{code(indicator)}.csv"
        with file.open("w", encoding="utf-8", newline="") as lines:
            table = csv.writer(lines)
            table.writerow(["Year", "Group", "Value"])
            table.writerows(rows(indicator, found))
        (folder / "meta" / f"{code(indicator)}.yml").write_text(
            yaml.safe_dump(about(indicator), allow_unicode=True), encoding="utf-8"
        )
    options = [
        {"name": label, "value": status, "translation_key": f"status.{status}"}
        for status, label in STATUSES.items()
    ]
    fields = [
        {"name": one, "field": {"element": "text", "label": one, "scope": "global"}}
        for one in about(0)
        if one != "reporting_status"
    ]
    status = {"element": "select", "label": "Status", "scope": "data", "options": options}
    fields.append({"name": "reporting_status", "field": status})
    schema = {"prose": {"metadata": {"meta": fields}}}
    (folder / "_prose.yml").write_text(yaml.safe_dump(schema), encoding="utf-8")


def about(indicator: int) -> dict[str, object]:
    return {
        "indicator_name": name(indicator), "graph_title": name(indicator), "graph_type": "line",
        "computation_units": "亿元", "sdg_goal": code(indicator).split("-")[0],
        "reporting_status": "complete", "data_non_statistical": False,
    }  # fmt: skip


def wrong_peer(folder: Path, found: Figures) -> list[str]:
    """Which of its csv and json do not hold each year, group and figure put in, and no other."""
    missing = []
    for indicator in range(INDICATORS):
        wanted = sorted(rows(indicator, found))
        file = folder / "data" / f"{code(indicator)}.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            stated = [told_row(*row) for row in list(csv.reader(lines))[1:]]
        columns = json.loads(file.with_suffix(".json").read_text(), parse_float=Decimal)
        beside = map(told_row, columns["Year"], columns["Group"], columns["Value"])
        for which, those in ((file, stated), (file.with_suffix(".json"), list(beside))):
            if sorted(those) != wanted:
                missing.append(f"{which}: {len(those)} figures, {len(wanted)} were put in")
    return missing


def told_row(year: int | str, group: str, value: Decimal | str) -> tuple[int, str, Decimal]:
    return int(year), group, Decimal(value)


Run = Callable[[Path], Measured]
Check = Callable[[Path], list[str]]


def run_once(run: Run, check: Check | None = None) -> Measured:
    """A run into a new folder, and how much it wrote.

    The folder stays until the program ends: ext4 looks at every file that was taken out in the
    last minutes before it makes another, and the next run would pay for it. Raises SystemExit where
    that is something else than was put in.
    """
    place = Path(tempfile.mkdtemp(prefix="lantu-peer-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    seconds, spent, memory, _ = run(place / "out")
    for fault in check(place / "out") if check else []:
        raise SystemExit(fault)
    sizes = [one.stat().st_size for one in place.rglob("*") if one.is_file()]
    return seconds, spent, memory, f"{len(sizes):,} files of {sum(sizes) / 1e6:.0f} MB"


def tell(what: str, taken: dict[str, list[Measured]]) -> None:
    """The medians of what was taken in the rounds, with the least and the most, and the ratios."""
    runs = taken[what]
    columns = ((0, "s"), (1, "s of processors"), (2, "MB"))
    found = ", ".join(
        f"{median(run[at] for run in runs):.1f} {unit}"
        f" ({min(run[at] for run in runs):.1f}–{max(run[at] for run in runs):.1f})"
        for at, unit in columns
    )
    print(f"{what}: {found}; {runs[0][3]}")
    for peer in [one for one in taken if one.startswith(PEER) and not what.startswith(PEER)]:
        ratios = [
            median(ours[at] / theirs[at] for ours, theirs in zip(runs, taken[peer], strict=True))
            for at, _ in columns
        ]
        print(
            f"  against {peer}, median of the rounds: {ratios[0]:.2f} × the time, "
            f"{ratios[1]:.2f} × the processors, {ratios[2]:.2f} × the memory (goal {GOAL:.2f})"
        )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--peer", required=True, help="an interpreter that can import sdg")
    words.add_argument("--peer-source", type=Path, required=True, help="the folder that holds sdg/")
    words.add_argument("--peer-imports", nargs="*", default=[], help="modules loaded with it")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--without-pages", action="store_true", help="leave out the whole copy")
    args = words.parse_args()
    new_home()
    found = figures()
    print(f"{len(found):,} figures imported in {fill(found):.0f} s")
    with tempfile.TemporaryDirectory(prefix="lantu-peer-source-") as source:
        write_source(Path(source) / "repository", found)
        taken = by_turns(contestants(args, Path(source), found), args.rounds)
    for what in taken:
        tell(what, taken)


def contestants(
    args: argparse.Namespace, source: Path, found: Figures
) -> dict[str, tuple[Run, Check]]:
    def peer(*modules: str) -> Run:
        return lambda target: measured(
            "-c", BUILD, str(source / "repository"), str(target), *modules,
            python=args.peer, path=args.peer_source.resolve(), within=source,
        )  # fmt: skip

    runs: dict[str, tuple[Run, Check]] = {PEER: (peer(), lambda at: wrong_peer(at, found))}
    if args.peer_imports:
        whole = f"{PEER} with all that it loads"
        runs[whole] = (peer(*args.peer_imports), lambda at: wrong_peer(at, found))
    runs["data alone"] = (lambda at: publish(at, "--data"), lambda at: wrong_tables(at, found))
    if not args.without_pages:
        runs["whole copy"] = (publish, lambda at: wrong(at, found))
    return runs


def by_turns(runs: dict[str, tuple[Run, Check]], rounds: int) -> dict[str, list[Measured]]:
    """What each run took in each round, after one of which only the answers are looked at."""
    for run, check in runs.values():
        run_once(run, check)
    print("each wrote the figures that were put in, all of them and no other")
    taken: dict[str, list[Measured]] = {what: [] for what in runs}
    for count in range(rounds):
        for what, (run, _) in runs.items():
            load = os.getloadavg()[0]
            taken[what].append(run_once(run))
            seconds, spent, memory, _ = taken[what][-1]
            print(
                f"  round {count + 1}, {what}: {seconds:.1f} s ({spent:.1f} s of processors), "
                f"{memory:.0f} MB; load {load:.1f}",
                flush=True,
            )
    return taken


if __name__ == "__main__":
    main()
