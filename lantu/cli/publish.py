"""`lantu publish DIR`: a static copy of the public pages, in both languages, with their data."""

import argparse
import gc
import hashlib
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lantu import __version__
from lantu.cli.publish_data import write_data
from lantu.cli.publish_files import MARK, Files, begin, finish, is_whole, known
from lantu.cli.publish_last import only_figures_came
from lantu.cli.publish_site import LANGUAGES, site_address
from lantu.core.errors import Refused

HELP = "write a static copy of the public pages, which opens without network"
NO_ADDRESS = (
    "未设置LANTU_ADDRESS：副本中的订阅源、日历和项目文件以localhost为地址。\n"
    "LANTU_ADDRESS is not set: the feed, the calendar and the projects of the copy name localhost."
)


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
    languages = [] if args.data else [args.language] if args.language else list(LANGUAGES)
    with _few_cycles(languages):
        prepare(samples=None)
        from lantu.kernel.access.queries import at_rest

        _refuse_unknown(args.zone)
        with at_rest():
            said = _published(folder, args.zone, languages)
    if not args.quiet:
        sys.stdout.write(f"{folder}: {said}, {time.monotonic() - begun:.1f} s\n")
        if languages and not site_address():  # the data alone name no address
            sys.stderr.write(f"{NO_ADDRESS}\n")
    return 0


@contextmanager
def _few_cycles(languages: list[str]) -> Iterator[None]:
    """Where no page is drawn, the search for objects that hold each other rests.

    There are hardly any, and it goes through all that the framework holds, again and again.
    """
    if languages:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _published(folder: Path, zone: str | None, languages: list[str]) -> str:
    """Write the copy, unless the one that is there is of this very state."""
    state, last = _state(zone, languages), known(folder)
    if last.get("state") == state and is_whole(folder, last["files"]):
        return "nothing has changed"
    folder.mkdir(parents=True, exist_ok=True)
    begin(folder)
    stays = "state" in last and only_figures_came(last["state"], state)
    if not languages:
        return _data(folder, zone, state)
    from lantu.cli.publish_whole import write_whole

    return write_whole(folder, zone, languages, state, last if stays else {})


def _data(folder: Path, zone: str | None, state: dict[str, Any]) -> str:
    files = Files(folder)
    write_data(files, zone)
    gone = finish(folder, state, files.names)
    return f"{len(files.names)} files of data" + (f", {gone} taken out" if gone else "")


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
