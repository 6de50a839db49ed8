"""Navigation: the pages that each service says it has, in their order."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from lantu.core import content

GROUPS = Path(__file__).with_name("menu.yaml")
SERVICES = Path(__file__).resolve().parent.parent / "services"


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of a zone's menu."""

    order: int
    view: str
    group: str  # a key of menu.yaml; empty: it stands by itself
    label: dict[str, str]
    needs: str  # the permission that opens it; empty: everybody may
    by_day: bool  # it can be asked about a day, so the menu carries the day on


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    is_current: bool
    view: str


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Pages that belong together. Without a label they stand by themselves."""

    label: str
    items: tuple[MenuItem, ...]
    is_current: bool  # the page that is shown is among them


@lru_cache(maxsize=1)
def groups() -> dict[str, dict[str, str]]:
    """The groups of the menu with their labels, in order."""
    found: dict[str, dict[str, str]] = content.read(GROUPS, "ui/menu.yaml").plain()
    return found


@lru_cache(maxsize=1)
def links() -> tuple[PageLink, ...]:
    """Every page that the services name in their service.yaml."""
    found = []
    for name in settings.SERVICES:
        root = content.read(SERVICES / name / "service.yaml", f"services/{name}/service.yaml")
        found += [_link(page) for page in root.need("pages").items()]
    return tuple(sorted(found, key=lambda link: link.order))


def _link(page: content.Entry) -> PageLink:
    label, needs, group = page.need("label"), page.get("needs"), page.get("group")
    by_day = page.get("by_day")
    if group is not None and group.text() not in groups():
        raise group.fail(
            f"There is no group {group.text()!r} in the menu.",
            f"Choose one of: {', '.join(groups())}; or add it to ui/menu.yaml.",
        )
    return PageLink(
        page.need("order").integer(),
        page.need("view").text(),
        "" if group is None else group.text(),
        {"zh": label.need("zh").text(), "en": label.need("en").text()},
        "" if needs is None else needs.text(),
        False if by_day is None else by_day.truth(),
    )


def menu(
    zone: str, current: str, language: str, *, may: Callable[[str], bool], query: str = ""
) -> list[MenuGroup]:
    """The menu of a zone's pages, without those that the reader `may` not open.

    `query`: the day that the page stands for, which pages that know of days take over.
    """
    return list(_menu(zone, current, language, query, _opened(may)))


def drawn(
    zone: str, current: str, language: str, *, may: Callable[[str], bool], query: str = ""
) -> SafeString:
    """The same as every page shows it."""
    return _drawn(zone, current, language, query, _opened(may))


def _opened(may: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(filter(may, _asked()))


@lru_cache(maxsize=1)
def _asked() -> frozenset[str]:
    """The permissions that any page of the menu asks for."""
    return frozenset(link.needs for link in links() if link.needs)


# Readers of one zone share a few menus; each would take two milliseconds to be drawn anew.
@lru_cache(maxsize=256)
def _drawn(
    zone: str, current: str, language: str, query: str, opened: frozenset[str]
) -> SafeString:
    found = _menu(zone, current, language, query, opened)
    return mark_safe(render_to_string("ui/menu.html", {"groups": found}))  # noqa: S308


def _menu(
    zone: str, current: str, language: str, query: str, opened: frozenset[str]
) -> tuple[MenuGroup, ...]:
    found: dict[str, list[MenuItem]] = {key: [] for key in ("", *groups())}
    for link in links():
        if not link.needs or link.needs in opened:
            address = reverse(link.view, args=[zone]) + (query if link.by_day else "")
            item = MenuItem(link.label[language], address, link.view == current, link.view)
            found[link.group].append(item)
    names = {"": "", **{key: label[language] for key, label in groups().items()}}
    return tuple(
        MenuGroup(names[key], tuple(items), any(item.is_current for item in items))
        for key, items in found.items()
        if items
    )
