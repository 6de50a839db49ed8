"""A whole copy: every public page in both languages, and the data beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lantu.cli.publish_beside import beside
from lantu.cli.publish_data import static_files, write_figures, write_verdicts
from lantu.cli.publish_files import Files, finish
from lantu.cli.publish_last import Keys, Last, Page, packed, unpacked
from lantu.cli.publish_pages import Site, drawn

ROOT = (
    '<!doctype html>\n<html lang="zh-Hans">\n<meta charset="utf-8">\n<title>蓝图 Lantu</title>\n'
    '<link rel="icon" href="data:,">\n'
    "<p>{links}</p>\n"
)
LINKS = {
    "zh": '<a href="zh/index.html">中文</a>',
    "en": '<a href="en/index.html" lang="en">English</a>',
}
_Kept = Mapping[str, Any]  # what a copy notes of itself


@dataclass(frozen=True, slots=True)
class Done:
    """What a process has written: how many pages, the files, and what they need of others."""

    count: int
    stood: int  # of these pages
    names: set[str]
    needs: set[str]
    pages: dict[str, Page]  # those that may stay the next time


def write_whole(
    folder: Path, zone: str | None, languages: list[str], state: dict[str, Any], last: _Kept
) -> str:
    """Write all of it: the pages of the first language here, those of the other beside.

    The figures, which are of no language, go to a process that holds no plan, and begin at once.
    """
    figures = beside(_figures, folder, zone)
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


def _figures(folder: Path, zone: str | None) -> set[str]:
    """Write the figures; the names of the files."""
    files = Files(folder)
    write_figures(files, zone)
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
