"""The contents, the words and the guided path, as the pages show them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

from lantu.core import content
from lantu.core.handbook.glossary import Term, terms
from lantu.core.handbook.pages import Listed, Page, every_page

SAMPLE = "qinghe"
_FILE = Path(__file__).with_name("guide.yaml")


@dataclass(frozen=True, slots=True)
class Turn:
    """A page with those before and after it in the contents."""

    page: Page
    before: Listed | None
    after: Listed | None
    language_is_other: bool  # it is not written in the reader's language


@dataclass(frozen=True, slots=True)
class Words:
    """The glossary: what is explained, and the other words in both languages."""

    explained: tuple[Term, ...]
    plain: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the guide; `shows` is what its page says in each language."""

    name: str
    title: dict[str, str]
    text: dict[str, str]
    address: str
    needs: str  # the permission that opens the page; nothing: everybody reads it
    more: str  # the address of a page of the handbook, or nothing
    shows: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step for one reader."""

    step: Step
    is_done: bool
    is_next: bool
    is_open: bool  # this reader may open its page


@dataclass(frozen=True, slots=True)
class Guide:
    """The path for one reader."""

    stages: tuple[Stage, ...]
    done: int

    @property
    def is_finished(self) -> bool:
        return self.done == len(self.stages)


def turn(page: Page, language: str) -> Turn:
    """A page with its neighbours."""
    pages = list(every_page())
    at = pages.index(page.listed)
    return Turn(
        page,
        pages[at - 1] if at else None,
        pages[at + 1] if at + 1 < len(pages) else None,
        page.language != language,
    )


def words() -> Words:
    """All words of the glossary."""
    every = terms()
    return Words(
        tuple(one for one in every if one.explained),
        tuple(one for one in every if not one.explained),
    )


def guide(done: Collection[str], may: Callable[[str], bool]) -> Guide:
    """The path with what is done; the first that is not done comes next.

    `may` tells whether the reader holds a permission in the sample zone.
    """
    left = [step.name for step in steps() if step.name not in done]
    stages = tuple(
        Stage(step, step.name in done, left[:1] == [step.name], not step.needs or may(step.needs))
        for step in steps()
    )
    return Guide(stages, len(stages) - len(left))


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """The steps as guide.yaml has them, in their order."""
    root = content.read(_FILE, "services/handbook/guide.yaml")
    return tuple(map(_step, root.need("steps").items()))


def _step(entry: content.Entry) -> Step:
    entry.only({"name", "view", "at", "ask", "needs", "title", "text", "more", "shows"})
    at, ask, more, needs = map(entry.get, ("at", "ask", "more", "needs"))
    given = {} if at is None else at.plain()
    address = reverse(entry.need("view").text(), kwargs={"zone": SAMPLE} | given)
    return Step(
        entry.need("name").text(),
        entry.need("title").plain(),
        entry.need("text").plain(),
        address + ("" if ask is None else ask.text()),
        "" if needs is None else needs.text(),
        "" if more is None else reverse("handbook_page", args=[more.text()]),
        entry.need("shows").plain(),
    )
