"""`lantu publish DIR`: a static copy of the public pages, in both languages, with their data."""

import argparse
import json
import posixpath
import re
import shutil
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lantu.core.errors import Refused
from lantu.core.publishing import place_of, rewritten

HELP = "write a static copy of the public pages, which opens without network"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
MARK = ".lantu-published"
# What the copy holds: the plan's pages, its projects, its figures, and the methods.
PAGES = re.compile(
    r"/(?:z/[\w-]+/(?:(?:promises|projects)/(?:[\w-]+/)?|contradictions/|facts/|facts/\d+/|method/)?"
    r"|methods/(?:[\w.]+/)?)?"
)
SERIES = re.compile(r"/z/[\w-]+/facts/series/\?indicator=")
ROOT = (
    '<!doctype html>\n<html lang="zh-Hans">\n<meta charset="utf-8">\n<title>蓝图 Lantu</title>\n'
    '<p><a href="zh/index.html">中文</a> · <a href="en/index.html" lang="en">English</a></p>\n'
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where to write; made if it is not there")
    parser.add_argument("--zone", help="one zone only, by its short name")


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
    needs: set[str] = set()
    pages = 0
    for language in LANGUAGES:
        site = _Site(args.folder, language, args.zone)
        pages += site.copy()
        needs |= site.needs
    data = _data(args.folder, args.zone)
    for address in needs:
        _static(args.folder, address)
    if not args.quiet:
        seconds = time.monotonic() - begun
        sys.stdout.write(f"{args.folder}: {pages} pages, {data} data files, {seconds:.1f} s\n")
    return 0


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
        self.static = settings.STATIC_URL
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
        return bool(PAGES.fullmatch(address) or SERIES.match(address))

    def copy(self) -> int:
        """Follow every link of the copy from the first page on; give how many pages there are."""
        from django.core.cache import cache

        waiting, seen = deque(["/"]), {"/"}
        while waiting:
            address = waiting.popleft()
            answer = self.client.get(address)
            cache.clear()  # each page is drawn once; kept pages would only fill the memory
            if answer.status_code != 200:
                raise Refused(f"The page {address} answered {answer.status_code}. Mend it first.")
            file = posixpath.join(self.language, place_of(address))
            found = rewritten(answer.content, address, file, self.place, self.static)
            _write(self.folder / file, found.html)
            self.needs |= set(found.needs)
            fresh = [one for one in found.leads_to if self.holds(one) and one not in seen]
            seen |= set(fresh)
            waiting += dict.fromkeys(fresh)
        return len(seen)


def _write(path: Path, content: bytes) -> None:
    """Only what has changed is written anew."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _static(folder: Path, address: str) -> None:
    from django.conf import settings

    source = Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)
    target = folder / address.lstrip("/")
    if not target.exists() or target.read_bytes() != source.read_bytes():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _data(folder: Path, only: str | None) -> int:
    """The records, verdicts and figures of each plan as json and csv."""
    from lantu.core.plans import wire
    from lantu.kernel.access.queries import zones
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.facts import queries as facts
    from lantu.kernel.facts.export import as_csv

    count = 0
    for zone in zones():
        if only not in (None, zone.slug):
            continue
        tables = {"facts": [wire.dump(one) for one in facts.figures(zone, count=10**7)]}
        for line in commitments.plans(zone):
            tables[f"{line.name}-verdicts"] = _verdicts(line.name, line.end)
        for name, rows in tables.items():
            base = folder / "data" / zone.slug / name
            heads = list(dict.fromkeys(key for row in rows for key in row))
            cells = [[_cell(row.get(key)) for key in heads] for row in rows]
            text = json.dumps(rows, ensure_ascii=False, indent=1, default=str)
            _write(base.with_suffix(".json"), text.encode())
            _write(base.with_suffix(".csv"), as_csv(heads, cells))
            count += 2
    return count


def _cell(value: object) -> object:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def _verdicts(name: str, end: int) -> list[dict[str, Any]]:
    """Every promise with its verdict as of today."""
    from django.utils import timezone

    from lantu.core.judging.states import WORDS
    from lantu.core.plans.standing import Question
    from lantu.kernel.commitments import queries as commitments

    question = Question(timezone.localdate())
    return [
        {
            "code": one.record.code,
            "title_zh": one.record.title["zh"],
            "title_en": one.record.title["en"],
            "state": one.verdict.state,
            "state_zh": WORDS[one.verdict.state][0],
            "state_en": WORDS[one.verdict.state][1],
            "at": one.verdict.at,
            "progress": None if one.verdict.progress is None else str(one.verdict.progress),
            "as_of": question.as_of.isoformat(),
        }
        for one in commitments.commitments(name, question)
    ]
