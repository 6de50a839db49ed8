"""What can be found in a zone, and what belongs to all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.urls import reverse
from django.utils.http import urlencode

from lantu import __version__
from lantu.core.auditing.findings import RULES
from lantu.core.figures import english
from lantu.core.handbook.glossary import terms
from lantu.core.handbook.pages import every_page, parts
from lantu.kernel.access.models import Zone
from lantu.kernel.access.queries import zone_version
from lantu.kernel.cases.kinds import all_kinds
from lantu.kernel.cases.models import Case
from lantu.kernel.commitments import queries as commitments
from lantu.kernel.facts.queries import catalogue as series
from lantu.kernel.methods.catalogue import catalogue as methods


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with a page. `words` are searched but not shown."""

    kind: str
    address: str
    zh: str
    en: str
    code: str = ""
    words: str = ""
    members_only: bool = False

    @property
    def print(self) -> str:
        fields = (self.kind, self.address, self.zh, self.en, self.code, self.words)
        return sha256("\n".join((*fields, str(self.members_only))).encode()).hexdigest()


def version(zone: Zone | None) -> str:
    """Changes when what is found may have changed: the zone's ledger, or the program."""
    if zone is None:
        return f"{__version__}:{_shared_print()}"
    return f"{__version__}:{zone_version(zone)}"


def things(zone: Zone | None) -> Iterator[Thing]:
    """All that can be found in a zone; without one, what all zones share."""
    if zone is None:
        yield from shared()
        return
    yield from _promised(zone)
    for entry in series(zone):
        question = urlencode({"indicator": entry.indicator, "subject": entry.subject})
        names = (entry.subject, entry.indicator)
        address = f"{reverse('series', args=[zone.slug])}?{question}"
        in_english = " ".join(english.name(one) or one for one in names)
        yield Thing("series", address, " ".join(names), in_english)
    yield from _work(zone)


def _promised(zone: Zone) -> Iterator[Thing]:
    plan = commitments.current_plan(zone)
    if plan is None:
        return
    paper = plan.document
    if paper.title:
        home = reverse("overview", args=[zone.slug])
        yield Thing("document", home, paper.title, plan.title["en"], paper.number)
    for record in plan.commitments:
        if record.is_judged:
            kind = "task" if record.kind == "task" else "promise"
            words = " ".join((*record.metric.values(), record.place.section, record.place.phrase))
            address = reverse("promise", args=[zone.slug, record.code])
            title = record.title
            yield Thing(kind, address, title["zh"], title["en"], record.code, words)
    for project in plan.projects:
        address = reverse("project", args=[zone.slug, project.code])
        yield Thing("project", address, project.title["zh"], project.title["en"], project.code)
    for finding in commitments.findings(plan.name):
        zh, en = RULES.get(finding.rule, (finding.rule, finding.rule))
        message = finding.message
        yield Thing(
            "finding",
            f"{reverse('contradictions', args=[zone.slug])}#{finding.id}",
            f"{zh}：{message['zh']}"[:200],
            english.with_units(f"{en}: {message['en']}")[:200],
            finding.id,
            " ".join(finding.codes),
        )


def _work(zone: Zone) -> Iterator[Thing]:
    """Cases are the zone's own business: only its people find them."""
    kinds = all_kinds()
    for case in Case.objects.filter(zone=zone, kind__in=kinds).order_by("-pk"):
        address = reverse(kinds[case.kind].view, args=[zone.slug, case.key])
        title = case.title
        yield Thing(
            "case", address, title["zh"], title["en"], case.key, case.department, members_only=True
        )


@lru_cache(maxsize=1)
def _shared_print() -> str:
    """The methods come with the program, so every search need not hash them again."""
    return sha256("".join(thing.print for thing in shared()).encode()).hexdigest()


@lru_cache(maxsize=1)
def shared() -> tuple[Thing, ...]:
    """Methods, handbook and glossary. They come with the program, so they are read once."""
    return (*_methods(), *_terms(), *_handbook())


def _terms() -> Iterator[Thing]:
    for one in terms():
        yield Thing("term", one.address, one.zh, one.en, words=" ".join(one.explained.values()))


def _handbook() -> Iterator[Thing]:
    """Each page, and each part of a page under its own heading, in both languages."""
    for listed in every_page():
        title = listed.title
        yield Thing("page", listed.address, title["zh"], title["en"], words=_both(listed.tells))
        for zh, en in parts(listed.name):
            address = f"{listed.address}#{en.anchor}"
            yield Thing("page", address, f"{title['zh']} · {zh.text}", f"{title['en']} · {en.text}")


def _both(words: dict[str, str]) -> str:
    return f"{words['zh']} {words['en']}"


def _methods() -> tuple[Thing, ...]:
    return tuple(
        Thing(
            "method",
            reverse("calculation", args=[method.name]),
            method.label["zh"],
            method.label["en"],
            method.name,
            method.question,
        )
        for method in methods()
    )
