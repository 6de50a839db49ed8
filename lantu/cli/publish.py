"""`lantu publish DIR`: a static copy of the public pages, in both languages, with their data."""

import argparse
import posixpath
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lantu.cli.publish_data import write, write_data
from lantu.core.errors import Refused
from lantu.core.handbook.pages import ROOT as HANDBOOK
from lantu.core.handbook.pages import picture
from lantu.core.publishing import place_of, rewritten

HELP = "write a static copy of the public pages, which opens without network"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
MARK = ".lantu-published"
# What the copy holds: the plan's pages, its projects, its figures, the methods and the handbook.
PAGES = re.compile(
    r"/(?:z/[\w-]+/(?:(?:promises|projects)/(?:[\w-]+/)?|contradictions/|facts/|facts/\d+/|method/)?"
    r"|methods/(?:[\w.]+/)?|docs/(?:[\w-]+/)?)?"
)
YEARS = re.compile(r"/z/[\w-]+/\?year=\d{4}")
SERIES = re.compile(r"/z/[\w-]+/facts/series/\?indicator=")
ROOT = (
    '<!doctype html>\n<html lang="zh-Hans">\n<meta charset="utf-8">\n<title>蓝图 Lantu</title>\n'
    '<p><a href="zh/index.html">中文</a> · <a href="en/index.html" lang="en">English</a></p>\n'
)
ONWARD = (
    '<!doctype html>\n<meta charset="utf-8">\n<title>蓝图 Lantu</title>\n'
    '<meta http-equiv="refresh" content="0; url={link}">\n<p><a href="{link}">→</a></p>\n'
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("--zone", help="one zone only, by its short name")
    parser.add_argument(
        "--language", choices=sorted(LANGUAGES), help="the pages in one language only"
    )


def run(args: argparse.Namespace) -> int:
    from lantu.cli.setup import prepare

    if args.folder.exists() and any(args.folder.iterdir()) and not (args.folder / MARK).exists():
        raise Refused(f"The folder {args.folder} holds other things. Choose an empty one.")
    begun = time.monotonic()
    prepare()
    _refuse_unknown(args.zone)
    args.folder.mkdir(parents=True, exist_ok=True)
    (args.folder / MARK).write_text("", encoding="ascii")
    (args.folder / "index.html").write_text(ROOT, encoding="utf-8")
    if args.language:
        site = _Site(args.folder, args.language, args.zone)
        said = f"{site.copy()} pages"
        for address in site.needs:
            _static(args.folder, address)
    else:
        said = _both(args.folder, args.zone)
    if not args.quiet:
        sys.stdout.write(f"{args.folder}: {said}, {time.monotonic() - begun:.1f} s\n")
    return 0


def _both(folder: Path, zone: str | None) -> str:
    """Each language in a process of its own, so that two cores work; the data meanwhile."""
    only = ("--zone", zone) if zone else ()
    working = [
        subprocess.Popen(
            [sys.executable, "-m", "lantu", "publish", str(folder), "--language", one, *only],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for one in LANGUAGES
    ]  # fmt: skip
    data = write_data(folder, zone)
    pages = 0
    for process in working:
        said, wrong = process.communicate()
        if process.returncode:
            raise Refused(wrong.strip())
        pages += int(said.rpartition(": ")[2].split()[0])
    return f"{pages} pages, {data} data files"


def _refuse_unknown(slug: str | None) -> None:
    from lantu.kernel.access.queries import zones

    known = [zone.slug for zone in zones()]
    if slug is not None and slug not in known:
        raise Refused(f"There is no zone {slug}. Choose one of: {', '.join(known)}.")


class _Site:
    """The public pages in one language, as anybody sees them."""

    def __init__(self, folder: Path, language: str, zone: str | None) -> None:
        from django.conf import settings
        from django.test import Client

        self.folder, self.language, self.zone = folder, language, zone
        self.static = (settings.STATIC_URL, HANDBOOK)
        self.needs: set[str] = set()
        self.client: Any = Client(headers={"accept-language": LANGUAGES[language]})

    def place(self, address: str) -> str | None:
        """Where a page of the copy lies; the switch of language leads to the other half."""
        if match := re.match(r"/lang/(?P<to>[\w-]+)/\?next=(?P<next>[^&]*)", address):
            to = next(key for key, code in LANGUAGES.items() if code == match["to"])
            page = unquote(match["next"])
            return posixpath.join(to, place_of(page)) if self.holds(page) else None
        return posixpath.join(self.language, place_of(address)) if self.holds(address) else None

    def holds(self, address: str) -> bool:
        if self.zone and address.startswith("/z/") and not address.startswith(f"/z/{self.zone}/"):
            return False
        return bool(PAGES.fullmatch(address) or YEARS.fullmatch(address) or SERIES.match(address))

    def copy(self) -> int:
        """Follow every link of the copy from the first page on; give how many pages there are."""
        from django.core.cache import cache

        waiting, seen = deque(["/"]), {"/"}
        while waiting:
            address = waiting.popleft()
            answer = self.client.get(address)
            cache.clear()  # each page is drawn once; kept pages would only fill the memory
            file = posixpath.join(self.language, place_of(address))
            if answer.status_code in (301, 302):
                leads_to: Sequence[str] = [self._passed_on(address, answer["Location"], file)]
            elif answer.status_code == 200:
                leads_to = self._written(address, answer.content, file)
            else:
                raise Refused(f"The page {address} answered {answer.status_code}. Mend it first.")
            fresh = [one for one in leads_to if self.holds(one) and one not in seen]
            seen |= set(fresh)
            waiting += dict.fromkeys(fresh)
        return len(seen)

    def _written(self, address: str, html: bytes, file: str) -> Sequence[str]:
        """Write a page; give the addresses that it leads to."""
        found = rewritten(html, address, file, self.place, self.static)
        write(self.folder / file, found.html)
        self.needs |= set(found.needs)
        return found.leads_to

    def _passed_on(self, address: str, to: str, file: str) -> str:
        """Write a page that leads to another one; give that one's address."""
        page, _, part = to.partition("#")
        place = self.place(page)
        if place is None:
            raise Refused(f"The page {address} leads to {to}, which is not public. Mend it first.")
        link = posixpath.relpath(place, posixpath.dirname(file)) + (f"#{part}" if part else "")
        write(self.folder / file, ONWARD.format(link=escape(link)).encode())
        return page


def _static(folder: Path, address: str) -> None:
    from django.conf import settings

    source = picture(address.removeprefix(HANDBOOK)) or Path(
        settings.STATIC_ROOT
    ) / address.removeprefix(settings.STATIC_URL)
    target = folder / address.lstrip("/")
    if not target.exists() or target.read_bytes() != source.read_bytes():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
