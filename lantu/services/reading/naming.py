"""What the scopes and departments of a document are called in a plan: slug, Chinese, English."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lantu.core.plans.records import Words
from lantu.core.spelling import pinyin
from lantu.kernel.commitments.models import Plan
from lantu.services.reading.models import Draft, Reading
from lantu.services.reading.records import ties_of

Sort = Literal["scopes", "departments"]
SORTS: tuple[Sort, ...] = ("scopes", "departments")
LONGEST = 50  # letters of a slug
_FOREIGN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Named:
    """One scope or department that the plan will name."""

    sort: Sort
    slug: str
    zh: str
    en: str  # empty: nobody gave one yet


def named(reading: Reading, sort: Sort) -> list[Named]:
    """Every scope or department of what is accepted, in the order of the text.

    One that a plan of the zone names already keeps its slug there, and its English name.
    """
    wanted = _wanted(reading, sort)
    known = _known(reading, sort)
    fresh = [name for name in wanted if name not in known]
    taken = {slug for slug, _ in known.values()}
    slugs = {name: slug for name, (slug, _) in known.items()}
    for name, (spelt, _) in zip(fresh, pinyin(fresh) if fresh else [], strict=True):
        slugs[name] = _free(spelt or name, taken)
        taken.add(slugs[name])
    told = reading.names.get(sort, {})
    english = {name: told.get(name) or known.get(name, ("", ""))[1] for name in wanted}
    return [Named(sort, slugs[name], name, english[name]) for name in wanted]


def words_by_slug(reading: Reading, sort: Sort) -> dict[str, Words]:
    """The names as plan.yaml has them; without an English name the Chinese one stands for it."""
    found = named(reading, sort)
    return {one.slug: {"zh": one.zh, "en": one.en or one.zh} for one in found}


def _wanted(reading: Reading, sort: Sort) -> list[str]:
    rows = reading.drafts.filter(state=Draft.State.ACCEPTED)
    return list(dict.fromkeys(name for row in rows for name in names_in(row, sort)))


def names_in(row: Draft, sort: Sort) -> Iterable[str]:
    """The scopes or departments of one draft."""
    ties = ties_of(row)
    names = (ties.scope,) if sort == "scopes" else (ties.lead, *ties.support)
    return filter(None, names)


def _known(reading: Reading, sort: Sort) -> dict[str, tuple[str, str]]:
    """Printed name → slug and English name, as the plans of the zone have them."""
    found: dict[str, tuple[str, str]] = {}
    for plan in Plan.objects.filter(zone_id=reading.zone_id).order_by("-start", "name"):
        for slug, one in (plan.head.get(sort) or {}).items():
            words = one["name"] if sort == "scopes" else one
            english = "" if words["en"] == words["zh"] else words["en"]
            found.setdefault(words["zh"], (slug, english))
    return found


def _free(spelt: str, taken: set[str]) -> str:
    base = _FOREIGN.sub("-", spelt.lower()).strip("-")[:LONGEST].strip("-") or "name"
    return next(
        slug
        for n in range(1, len(taken) + 2)
        if (slug := base if n == 1 else f"{base}-{n}") not in taken
    )
