"""What is found. One question gives the same answers on SQLite and on PostgreSQL."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from lantu.kernel.access.models import Membership, User, Zone
from lantu.services.finding.letters import asked, whole
from lantu.services.finding.models import Entry

MOST = 50
KINDS = {
    "promise": _("Promise"),
    "task": _("Task"),
    "project": _("Project"),
    "series": _("Series of figures"),
    "finding": _("Finding of the audit"),
    "case": _("Piece of work"),
    "document": _("Document"),
    "method": _("Method"),
    "page": _("Manual"),
    "term": _("Term"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found. `zone` is None for what all zones share."""

    kind: str
    title: dict[str, str]
    code: str
    address: str
    zone: Zone | None

    @property
    def kind_name(self) -> str:
        """The word of its kind, in the reader's language."""
        return str(KINDS[self.kind])


@dataclass(frozen=True, slots=True)
class Found:
    """The best matches, and whether there are more than these."""

    hits: tuple[Hit, ...]
    has_more: bool


def search(
    question: str,
    *,
    zones: Collection[Zone],
    reader: User | AnonymousUser,
    most: int = MOST,
) -> Found:
    """The things in these zones whose title, code, pinyin or words hold all words of a question.

    Whole titles and codes come first, then their beginnings, then parts of titles, then the rest.
    What only the people of a zone may see is found only by them.
    """
    words = asked(question)
    if not words:
        return Found((), has_more=False)
    found = Entry.objects.filter(Q(zone__in=zones) | Q(zone=None)).filter(_seen_by(reader))
    for number, word in enumerate(words):
        # INSTR and STRPOS compare letter by letter; LIKE folds case on one engine only.
        at = f"at_{number}"
        found = found.alias(**{at: StrIndex("text", Value(word))}).filter(**{f"{at}__gt": 0})
    # Only numbers are sorted: thousands may match, and their whole rows are wide.
    best = list(_ranked(found, whole(question)).values_list("pk", flat=True)[: most + 1])
    rows = Entry.objects.select_related("zone").in_bulk(best[:most])
    hits = tuple(
        Hit(row.kind, {"zh": row.zh, "en": row.en}, row.code, row.address, row.zone)
        for row in (rows[pk] for pk in best[:most])
    )
    return Found(hits, has_more=len(best) > most)


def public(zone: str | None) -> QuerySet[Entry]:
    """Everything that anybody may find: in one zone with what all share, or in all of them."""
    found = Entry.objects.filter(members_only=False).order_by("kind", "zone_id", "place", "pk")
    return found if zone is None else found.filter(Q(zone__slug=zone) | Q(zone=None))


def _seen_by(reader: User | AnonymousUser) -> Q:
    if not reader.is_authenticated:
        return Q(members_only=False)
    own = list(Membership.objects.filter(user=reader).values_list("zone_id", flat=True))
    return Q(members_only=False) | Q(zone_id__in=own)


def _ranked(found: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    """By how well they match, then as they were gathered: no engine's own order of letters."""
    at = {
        "whole": StrIndex("titles", Value(f"\n{words}\n")),
        "beginning": StrIndex("titles", Value(f"\n{words}")),
        "first_letters": StrIndex("initials", Value(words)),
        "part": StrIndex("titles", Value(words)),
    }
    rank = Case(
        When(Q(whole__gt=0) | Q(code__iexact=words), then=0),
        When(beginning__gt=0, then=1),
        When(first_letters=1, then=2),
        When(part__gt=0, then=3),
        When(first_letters__gt=0, then=4),
        default=Value(5),
        output_field=IntegerField(),
    )
    return found.alias(**at).alias(rank=rank).order_by("rank", "place", "pk")
