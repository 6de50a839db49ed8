"""The pages of the handbook: docs/*.md, in the order of docs/contents.yaml.

A page is written in English in `name.md` and in Chinese in `name.zh.md`; both have the same
headings in the same order, and so the same anchors. A page of which one file holds both
languages (`both` in the contents) is shown in the reader's; one in English alone to all.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from lantu.core import content
from lantu.core.handbook.bilingual import in_one
from lantu.core.handbook.marking import Heading, Marked, marked

DOCS: Final = Path(__file__).resolve().parents[3] / "docs"
ROOT: Final = "/docs/"
IMAGES: Final = {".png": "image/png", ".svg": "image/svg+xml"}
_PAGE: Final = re.compile(r"([a-z0-9-]+?)(?:\.zh)?\.md")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as the contents name it: its title and what it answers, in both languages."""

    name: str
    title: dict[str, str]
    tells: dict[str, str]
    languages: tuple[str, ...]  # zh, en, or both; a file in both languages counts as both

    @property
    def address(self) -> str:
        return f"{ROOT}{self.name}/"


@dataclass(frozen=True, slots=True)
class Group:
    """Pages for one kind of reader."""

    title: dict[str, str]
    pages: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language; `language` is the one that it is written in."""

    listed: Listed
    language: str
    html: str
    headings: tuple[Heading, ...]


@lru_cache(maxsize=1)
def contents() -> tuple[Group, ...]:
    """All pages, in groups. Raises ContentError for a contents.yaml that cannot be read."""
    root = content.read(DOCS / "contents.yaml", "docs/contents.yaml")
    groups = [
        Group(_words(group.need("title")), tuple(map(_listed, group.need("pages").items())))
        for group in root.need("groups").items()
    ]
    named = {one.name for group in groups for one in group.pages}
    others = [path for path in sorted(DOCS.glob("*.md")) if path.stem not in named]
    more = tuple(_by_title(path) for path in others if not path.stem.endswith(".zh"))
    return (*groups, *([Group(_words(root.need("others")), more)] if more else []))


def _listed(entry: content.Entry) -> Listed:
    entry.only({"name", "title", "tells", "both"})
    name = entry.need("name").text()
    both = entry.get("both")
    if both is not None and both.truth():
        languages: tuple[str, ...] = ("zh", "en")
    else:
        languages = _written(name)
    return Listed(name, _words(entry.need("title")), _words(entry.need("tells")), languages)


@lru_cache(maxsize=1)
def _bilingual() -> frozenset[str]:
    """The pages whose one file holds both languages."""
    return frozenset(
        one.name for one in every_page() if len(one.languages) > len(_written(one.name))
    )


def _by_title(path: Path) -> Listed:
    """A page that the contents do not name: its title is the heading of its file."""
    titles = {
        lang: _file(path.stem, lang).read_text(encoding="utf-8").partition("\n")[0].strip("# ")
        for lang in _written(path.stem)
    }
    english = titles["en"]
    told = {"zh": titles.get("zh", english), "en": english}
    return Listed(path.stem, told, {"zh": "", "en": ""}, tuple(titles))


def _written(name: str) -> tuple[str, ...]:
    return tuple(lang for lang in ("zh", "en") if _file(name, lang).exists())


def _words(entry: content.Entry) -> dict[str, str]:
    return {"zh": entry.need("zh").text(), "en": entry.need("en").text()}


def every_page() -> Iterator[Listed]:
    for group in contents():
        yield from group.pages


def _file(name: str, language: str) -> Path:
    return DOCS / (f"{name}.zh.md" if language == "zh" else f"{name}.md")


def page(name: str, language: str) -> Page | None:
    """A page in a language, or in the one it is written in; None where there is no such page."""
    listed = next((one for one in every_page() if one.name == name), None)
    if listed is None:
        return None
    shown = language if language in listed.languages else "en"
    found = _read(name, shown)
    return Page(listed, shown, found.html, found.headings)


@lru_cache(maxsize=100)
def _read(name: str, language: str) -> Marked:
    is_bilingual = name in _bilingual()
    text = _file(name, "en" if is_bilingual else language).read_text(encoding="utf-8")
    if is_bilingual:
        text = in_one(text, language)
    anchors = [one.anchor for one in _read(name, "en").headings] if language == "zh" else []
    return marked(text, target, anchors=anchors, size=size)


def target(written: str) -> str | None:
    """Where a link of a page leads in the product: other pages, pictures, other sites."""
    if re.match(r"https?://", written) or written.startswith("#"):
        return written
    path, mark, anchor = written.partition("#")
    if path == "glossary.yaml":
        return f"{ROOT}glossary/"
    if match := _PAGE.fullmatch(path):
        known = {one.name for one in every_page()}
        return f"{ROOT}{match[1]}/{mark}{anchor}" if match[1] in known else None
    return f"{ROOT}{path}" if picture(path) else None


def picture(name: str) -> Path | None:
    """The file of a picture of the handbook."""
    is_plain = posixpath.basename(name) == name and Path(name).suffix in IMAGES
    found = DOCS / name
    return found if is_plain and found.is_file() else None


def size(name: str) -> tuple[int, int] | None:
    """Width and height of a PNG of the handbook in pixels, from the head of its file."""
    found = picture(name)
    if found is None or found.suffix != ".png":
        return None
    with found.open("rb") as file:
        head = file.read(24)
    # PNG, 11.2.1: after the signature the first chunk is IHDR, and it begins with both.
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def parts(name: str) -> Iterator[tuple[Heading, Heading]]:
    """The second headings of a page, each in Chinese and English, under the same anchor."""
    english = page(name, "en")
    chinese = page(name, "zh")
    if english is None or chinese is None:
        return
    for zh, en in zip(chinese.headings, english.headings, strict=True):
        if en.level == 2:
            yield zh, en
