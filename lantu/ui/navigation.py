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
    signed_in: bool  # only for people who are signed in


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    is_current: bool
    view: str


@lru_cache(maxsize=1)
def links() -> tuple[PageLink, ...]:
    """Every page that the services name in their service.yaml."""
    found = []
    for name in settings.SERVICES:
        root = content.read(SERVICES / name / "service.yaml", f"services/{name}/service.yaml")
        for page in root.need("pages").items():
            label, signed_in = page.need("label"), page.get("signed_in")
            found.append(
                PageLink(
                    page.need("order").integer(),
                    page.need("view").text(),
                    {"zh": label.need("zh").text(), "en": label.need("en").text()},
                    signed_in is not None and signed_in.truth(),
                )
            )
    return tuple(sorted(found, key=lambda link: link.order))


def menu(zone: str, current: str, language: str, *, signed_in: bool) -> list[MenuItem]:
    """The menu of a zone's pages; some are there only for people who are signed in."""
    return [
        MenuItem(
            link.label[language], reverse(link.view, args=[zone]), link.view == current, link.view
        )
        for link in links()
        if signed_in or not link.signed_in
    ]
