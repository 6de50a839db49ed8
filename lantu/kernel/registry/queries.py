"""What pages need to know of subjects and legal entities."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from lantu.core.plans.standing import Question
from lantu.kernel.access.models import Zone
from lantu.kernel.registry.models import EntityName, LegalEntity, Merge, Subject

_ENDINGS = re.compile(r"(股份)?(有限)?(责任)?(公司|厂|集团)?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the days on which it held."""

    zh: str
    en: str
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge, and whether it was undone."""

    entity: str
    entity_code: str
    into: str
    into_code: str
    reason: str
    at: datetime
    undone_at: datetime | None
    undone_reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries of the register that may be one firm, and why."""

    why: str  # same-body: the organisation number agrees; same-name: the plain names agree
    first: LegalEntity
    second: LegalEntity


def subjects(zone: Zone) -> list[str]:
    """The names of all subjects of a zone."""
    return list(Subject.objects.filter(zone=zone).order_by("zh").values_list("zh", flat=True))


def entity(zone: Zone, code: str) -> LegalEntity | None:
    """The entity of a code; None where there is none."""
    return LegalEntity.objects.select_related("merged_into").filter(zone=zone, code=code).first()


def found(zone: Zone, words: str, then: Question | None = None) -> QuerySet[LegalEntity]:
    """Entities by name, former name, code or the first letters of their pinyin; not merged ones.

    `then`: without those founded later, and with those that were merged only later.
    """
    listed = LegalEntity.objects.filter(zone=zone)
    if then is None or then.known_on is None:
        listed = listed.filter(merged_into__isnull=True)
    else:
        listed = listed.exclude(pk__in=_merged(zone, then.known_on))
    if then is not None:
        listed = listed.exclude(founded_on__gt=then.as_of)
    words = unicodedata.normalize("NFKC", words).strip()
    if not words:
        return listed
    former = EntityName.objects.filter(entity__zone=zone, zh__contains=words).values("entity_id")
    return listed.filter(
        Q(zh__contains=words)
        | Q(en__icontains=words)
        | Q(code__startswith=words.upper())
        | Q(initials__startswith=words.lower())
        | Q(pk__in=former)
    )


def _merged(zone: Zone, day: date) -> QuerySet[Merge, Any]:
    """The entities of which was known on a day that they are part of another."""
    made = Merge.objects.filter(entity__zone=zone, at__date__lte=day)
    return made.exclude(undone_at__date__lte=day).values("entity_id")


def merged_on(one: LegalEntity, day: date) -> LegalEntity | None:
    """Of which entity this one was known to be a part on a day."""
    made = Merge.objects.filter(entity=one, at__date__lte=day).select_related("into")
    last = made.exclude(undone_at__date__lte=day).order_by("-pk").first()
    return None if last is None else last.into


def names(one: LegalEntity) -> list[Name]:
    """All names that an entity bore, the newest first."""
    listed = sorted(one.names.all(), key=lambda name: name.since or date.min, reverse=True)
    return [Name(name.zh, name.en, name.since, name.until, name.source) for name in listed]


def name_on(one: LegalEntity, day: date) -> str:
    """The name that held on a day; the one in force where the day is before all that is known."""
    return both_names_on(one, day)[0]


def both_names_on(one: LegalEntity, day: date) -> tuple[str, str]:
    """The same in Chinese and in English, which is empty where it is not known."""
    for name in one.names.all():
        if (name.since is None or name.since <= day) and (name.until is None or day <= name.until):
            return name.zh, name.en
    return one.zh, one.en


def merges(one: LegalEntity, known_on: date = date.max) -> list[MergeLine]:
    """All merges of or into an entity, undone ones too, the newest first; those known on a day."""
    listed = Merge.objects.filter(Q(entity=one) | Q(into=one), at__date__lte=known_on)
    listed = listed.select_related("entity", "into")
    return [
        MergeLine(
            line.entity.zh, line.entity.code, line.into.zh, line.into.code, line.reason, line.at,
            *_undone(line, known_on),
        )
        for line in listed.order_by("-at")
    ]  # fmt: skip


def _undone(line: Merge, known_on: date) -> tuple[datetime | None, str]:
    if line.undone_at is None or localtime(line.undone_at).date() > known_on:
        return None, ""
    return line.undone_at, line.undone_reason


def plain_name(name: str) -> str:
    """A name without brackets, blanks and the words for its legal form, to compare it by."""
    plain = re.sub(r"[\s()（）·.,，、-]", "", unicodedata.normalize("NFKC", name))
    return _ENDINGS.sub("", plain)


def duplicates(zone: Zone) -> list[Pair]:
    """Entries that may be one firm: the same organisation number, or the same plain name."""
    by_body: dict[str, list[LegalEntity]] = defaultdict(list)
    by_name: dict[str, list[LegalEntity]] = defaultdict(list)
    for one in LegalEntity.objects.filter(zone=zone, merged_into__isnull=True).order_by("pk"):
        by_body[one.code[8:17]].append(one)
        by_name[plain_name(one.zh)].append(one)
    found: dict[tuple[int, int], Pair] = {}
    for pair in (*_pairs("same-body", by_body), *_pairs("same-name", by_name)):
        found.setdefault((pair.first.pk, pair.second.pk), pair)
    return list(found.values())


def _pairs(why: str, groups: dict[str, list[LegalEntity]]) -> list[Pair]:
    return [
        Pair(why, group[0], other)
        for group in groups.values()
        if len(group) > 1
        for other in group[1:]
    ]
