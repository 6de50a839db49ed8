"""The words of the field: docs/glossary.yaml, one English name for each, some explained."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lantu.core import content
from lantu.core.handbook.pages import DOCS, ROOT

ADDRESS: Final = f"{ROOT}glossary/"


@dataclass(frozen=True, slots=True)
class Term:
    """A word in both languages. `explained` is empty for words that explain themselves."""

    zh: str
    en: str
    explained: dict[str, str]
    called: str = ""

    @property
    def name(self) -> str:
        """The term as templates and addresses name it: its English words, if not said otherwise."""
        return self.called or re.sub(r"[^a-z0-9]+", "-", self.en.lower()).strip("-")

    @property
    def address(self) -> str:
        return f"{ADDRESS}#{self.name}"


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """All words, in the order of the file. Raises ContentError for a file that cannot be read."""
    root = content.read(DOCS / "glossary.yaml", "docs/glossary.yaml")
    return tuple(_term(zh, entry) for zh, entry in root.mapping().items())


def _term(zh: str, entry: content.Entry) -> Term:
    if isinstance(entry.value, str):
        return Term(zh, entry.text(), {})
    entry.only({"en", "means", "called"})
    means, called = entry.need("means"), entry.get("called")
    explained = {"zh": means.need("zh").text(), "en": means.need("en").text()}
    return Term(zh, entry.need("en").text(), explained, "" if called is None else called.text())


def term(name: str) -> Term:
    """A term that is explained. Raises KeyError: a template names one that is not there."""
    return _explained()[name]


@lru_cache(maxsize=1)
def _explained() -> dict[str, Term]:
    return {one.name: one for one in terms() if one.explained}
