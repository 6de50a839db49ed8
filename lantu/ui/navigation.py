"""Navigation: the pages that each service says it has, in their order."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from lantu.core import content

SERVICES = Path(__file__).resolve().parent.parent / "services"


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of a zone's menu."""

    order: int
    view: str
    label: dict[str, str]


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    is_current: bool


@lru_cache(maxsize=1)
def links() -> tuple[PageLink, ...]:
    """Every page that the services name in their service.yaml."""
    found = []
    for name in settings.SERVICES:
        root = content.read(SERVICES / name / "service.yaml", f"services/{name}/service.yaml")
        for page in root.need("pages").items():
            label = page.need("label")
            found.append(
                PageLink(
                    page.need("order").integer(),
                    page.need("view").text(),
                    {"zh": label.need("zh").text(), "en": label.need("en").text()},
                )
            )
    return tuple(sorted(found, key=lambda link: link.order))


def menu(zone: str, current: str, language: str) -> list[MenuItem]:
    """The menu of a zone's pages."""
    return [
        MenuItem(link.label[language], reverse(link.view, args=[zone]), link.view == current)
        for link in links()
    ]
