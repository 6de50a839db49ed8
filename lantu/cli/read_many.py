"""Reading a folder: every document on all cores, one output each, and what was refused."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

from lantu.core.errors import ContentError, ForPeople

ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})
CHUNK = 4  # documents handed to a worker at once


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    name: str
    records: int
    refused: str = ""


def documents(folder: Path) -> list[Path]:
    """The documents of a folder and of those below it. Raises ContentError where there is none."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix.lower() in ENDINGS and not path.name.startswith(".")
    )
    if not found:
        raise ContentError(
            str(folder),
            "There is no document in this folder.",
            f"Put files there that end in {', '.join(sorted(ENDINGS))}.",
        )
    return found


def read_all(
    folder: Path, out: Path, written: Callable[[Path], str], told: Callable[[ForPeople], str],
    ending: str,
) -> Iterator[Outcome]:  # fmt: skip
    """Read every document into `out`, one file each; an unreadable one never stops the rest.

    `written` gives the text of the records; it must be a function of a module, as workers need it.
    """
    jobs = [
        (path, out / f"{path.relative_to(folder).as_posix().replace('/', '__')}{ending}")
        for path in documents(folder)
    ]
    out.mkdir(parents=True, exist_ok=True)
    workers = min(os.cpu_count() or 1, len(jobs))
    if workers == 1:
        for source, target in jobs:
            yield _read_one(source, target, written, told)
        return
    # A copy of this process starts at once; where the system cannot copy, a fresh one is made.
    way = "fork" if "fork" in get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(workers, mp_context=get_context(way)) as pool:
        sources, targets = zip(*jobs, strict=True)
        repeated = ([written] * len(jobs), [told] * len(jobs))
        yield from pool.map(_read_one, sources, targets, *repeated, chunksize=CHUNK)


def _read_one(
    source: Path, target: Path, written: Callable[[Path], str], told: Callable[[ForPeople], str]
) -> Outcome:
    try:
        text = written(source)
    except ForPeople as error:
        return Outcome(source.name, 0, told(error).replace("\n", " "))
    part = target.with_name(f"{target.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(target)  # a kill in between leaves no half file under the name
    return Outcome(source.name, text.count('"id": "') or text.count("- id: "))


class Progress:
    """A bar on a terminal, nothing in a pipe."""

    WIDTH = 30

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.total, self.done = total, 0
        self.shows = sys.stderr.isatty() and not quiet
        self.begun = time.monotonic()

    def step(self) -> None:
        self.done += 1
        if self.shows:
            full = self.WIDTH * self.done // self.total
            bar = "█" * full + "░" * (self.WIDTH - full)
            sys.stderr.write(f"\r{bar} {self.done}/{self.total}")
            sys.stderr.flush()

    def end(self) -> float:
        if self.shows:
            sys.stderr.write("\r\x1b[K")
        return time.monotonic() - self.begun
