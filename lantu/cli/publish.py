"""`lantu publish DIR`: a static copy of the public pages, in both languages, with their data."""

import argparse
import gc
import hashlib
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from lantu import __version__
from lantu.cli.publish_beside import beside
from lantu.cli.publish_data import static_files, write_figures, write_verdicts
from lantu.cli.publish_files import MARK, Files, begin, finish, is_whole, known
from lantu.cli.publish_last import Keys, Last, Page, only_figures_came, packed, unpacked
from lantu.cli.publish_pages import LANGUAGES, Site, drawn, site_address
from lantu.core.errors import Refused

HELP = "write a static copy of the public pages, which opens without network"
ROOT = (
    '<!doctype html>\n<html lang="zh-Hans">\n<meta charset="utf-8">\n<title>蓝图 Lantu</title>\n'
    '<link rel="icon" href="data:,">\n'
    "<p>{links}</p>\n"
)
LINKS = {
    "zh": '<a href="zh/index.html">中文</a>',
    "en": '<a href="en/index.html" lang="en">English</a>',
}
NO_ADDRESS = (
    "未设置LANTU_ADDRESS：副本中的订阅源、日历和项目文件以localhost为地址。\n"
    "LANTU_ADDRESS is not set: the feed, the calendar and the projects of the copy name localhost."
)
# What figures and verdicts both are written with: loaded before two processes part, it is in
# memory once.
SHARED = (
    "lantu.kernel.commitments.queries",
    "lantu.kernel.facts.tables",
    "lantu.services.opendata.queries",
    "lantu.services.opendata.sdmx.as_xml",
    "lantu.services.opendata.sdmx.data",
)
_Kept = Mapping[str, Any]  # what a copy notes of itself


@dataclass(frozen=True, slots=True)
class Done:
    """What a process has written: how many pages, the files, and what they need of others."""

    count: int
    stood: int  # of these pages
    names: set[str]
    needs: set[str]
    pages: dict[str, Page]  # those that may stay the next time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("--zone", help="one zone only, by its short name")
    parts = parser.add_mutually_exclusive_group()
    parts.add_argument(
        "--language", choices=sorted(LANGUAGES), help="the pages in one language only"
    )
    parts.add_argument("--data", action="store_true", help="the data only, without pages")


def run(args: argparse.Namespace) -> int:
    from lantu.cli.setup import prepare

    folder: Path = args.folder
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise Refused(f"The folder {folder} holds other things. Choose an empty one.")
    begun = time.monotonic()
    prepare(samples=None)
    from lantu.kernel.access.queries import at_rest

    _refuse_unknown(args.zone)
    languages = [] if args.data else [args.language] if args.language else list(LANGUAGES)
    with at_rest():
        said = _published(folder, args.zone, languages)
    if not args.quiet:
        sys.stdout.write(f"{folder}: {said}, {time.monotonic() - begun:.1f} s\n")
        if not site_address():
            sys.stderr.write(f"{NO_ADDRESS}\n")
    return 0


def _published(folder: Path, zone: str | None, languages: list[str]) -> str:
    """Write the copy, unless the one that is there is of this very state."""
    state, last = _state(zone, languages), known(folder)
    if last.get("state") == state and is_whole(folder, last["files"]):
        return "nothing has changed"
    folder.mkdir(parents=True, exist_ok=True)
    begin(folder)
    stays = "state" in last and only_figures_came(last["state"], state)
    return _written(folder, zone, languages, state, last if stays else {})


def _refuse_unknown(slug: str | None) -> None:
    from lantu.kernel.access.queries import zones

    every = [zone.slug for zone in zones()]
    if slug is not None and slug not in every:
        raise Refused(f"There is no zone {slug}. Choose one of: {', '.join(every)}.")


def _state(zone: str | None, languages: list[str]) -> dict[str, Any]:
    """All that a copy depends on: what is recorded, the day, the program, and what is asked."""
    from django.conf import settings
    from django.utils import timezone

    from lantu.kernel.access.queries import newest_act, zone_mark, zones

    package = Path(__file__).resolve().parent.parent
    sources = sorted(
        f"{path} {path.stat().st_mtime_ns}"
        for top in (package, package.parent / "docs")
        for path in top.rglob("*.*")
        if path.suffix != ".pyc"
    )
    return {
        "program": [__version__, hashlib.sha256("\n".join(sources).encode()).hexdigest()],
        "day": timezone.localdate().isoformat(),
        "recorded": [newest_act(), {one.slug: zone_mark(one) for one in zones()}],
        "asked": [zone, languages, settings.ADDRESS, settings.DATA_LICENCE, settings.OC4IDS_PREFIX],
    }


def _written(
    folder: Path, zone: str | None, languages: list[str], state: dict[str, Any], last: _Kept
) -> str:
    """Write all of it: the pages of the first language here, those of the other beside.

    The figures, which are of no language, go to a process that holds no plan, and begin at once.
    """
    if not languages:
        return _data(folder, zone, state)
    figures = beside(_names, write_figures, folder, zone)
    files, keys = Files(folder), Keys(_warm(zone))
    links = " · ".join(LINKS[one] for one in languages)
    files.write("index.html", ROOT.format(links=links).encode())
    here, *others = languages
    halves = {
        one: beside(_pages, folder, one, zone, _last(folder, last, one), keys) for one in others
    }
    done = {here: _pages(folder, here, zone, _last(folder, last, here), keys)}
    write_verdicts(files, zone)
    done |= {language: half() for language, half in halves.items()}
    static_files(files, set().union(*(one.needs for one in done.values())))
    names = files.names.union(figures(), *(one.names for one in done.values()))
    may_stay = {language: packed(one.pages) for language, one in done.items()}
    gone = finish(folder, state, names, may_stay)
    pages, stood = (sum(getattr(one, what) for one in done.values()) for what in ("count", "stood"))
    said = f"{pages} pages, {len(names)} files"
    said += f", {stood} pages left as they were" if stood else ""
    return said + (f", {gone} taken out" if gone else "")


def _data(folder: Path, zone: str | None, state: dict[str, Any]) -> str:
    """Write the data only: the verdicts beside the figures."""
    for name in SHARED:
        import_module(name)
    files = Files(folder)
    gc.disable()  # it goes through all that the framework holds, and of cycles there are few
    try:
        verdicts = beside(_names, write_verdicts, folder, zone)
        write_figures(files, zone)
    finally:
        gc.enable()
    names = files.names | verdicts()
    gone = finish(folder, state, names)
    return f"{len(names)} files of data" + (f", {gone} taken out" if gone else "")


def _names(write: Callable[[Files, str | None], None], folder: Path, zone: str | None) -> set[str]:
    """What a function writes, with a list of its own; the names of the files."""
    files = Files(folder)
    write(files, zone)
    return files.names


def _last(folder: Path, last: _Kept, part: str) -> Last:
    """What may stay of the pages in a language."""
    return Last(folder, last.get("files", {}), unpacked(last.get("pages", {}).get(part, {})))


def _warm(zone: str | None) -> list[str]:
    """What all processes need is read and judged once, before they part. Gives the zones."""
    from lantu.kernel.access.queries import zones
    from lantu.kernel.methods import catalogue
    from lantu.services.finding.actions import keep_current

    # The engine that works the examples takes more memory than all pages do, and goes again.
    examples = beside(catalogue.every_check)
    chosen = [one for one in zones() if zone in (None, one.slug)]
    keep_current(chosen)
    for one in chosen:
        for page in ("", "compare/", "news.atom"):
            drawn(f"/z/{one.slug}/{page}", "en")
    catalogue.take(examples())
    return [one.slug for one in chosen]


def _pages(folder: Path, language: str, zone: str | None, last: Last, keys: Keys) -> Done:
    from lantu.cli.publish_index import write_index

    site = Site(Files(folder), language, zone, last, keys)
    count = site.copy()
    write_index(site)
    return Done(count, site.stood, site.files.names, set(site.needs), site.pages)
