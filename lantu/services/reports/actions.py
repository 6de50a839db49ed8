"""Acts on reports and opinions. Nothing is changed; each act adds a row and a ledger entry."""

from datetime import date
from typing import Any, Literal, cast

from django.db import transaction
from django.db.models import Max

from lantu.core.errors import Refused
from lantu.core.plans.records import PlanFolder
from lantu.core.plans.standing import Question
from lantu.core.reading.documents.docx import text_of_docx
from lantu.core.reports.draft import Kind, draft
from lantu.core.reports.keeping import (
    checksum,
    document_as_json,
    document_from_json,
    snapshot,
)
from lantu.core.reports.numbers import unmatched
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User, Zone
from lantu.kernel.documents.actions import keep_file
from lantu.services.reports.models import Answer, Decision, Edition, Finished, Opinion

LANGUAGES: tuple[Literal["zh", "en"], ...] = ("zh", "en")
LONGEST_OPINION = 2000
MOST_UNMATCHED = 200


@transaction.atomic
def draft_edition(
    zone: Zone, plan: PlanFolder, *, kind: str, year: int, by: User | None
) -> Edition:
    """Draft a report as things stand at the end of a year, by what is known now.

    Raises Refused for a kind that does not exist or a year that the plan does not reach.
    """
    if kind not in Edition.Kind.values:
        raise Refused(
            f"There is no report {kind!r}. Choose one of: {', '.join(Edition.Kind.values)}."
        )
    first, last = plan.period.start, plan.period.end
    if not first <= year <= last:
        raise Refused(f"The plan runs from {first} to {last}. Write one of its years.")
    documents: dict[str, Any] = {
        language: document_as_json(draft(plan, cast(Kind, kind), year, language))
        for language in LANGUAGES
    }
    rests_on = snapshot(plan, Question(date(year, 12, 31)))
    edition = Edition.objects.create(
        zone=zone,
        number=_next(Edition, zone),
        plan=plan.name,
        kind=kind,
        year=year,
        documents=documents,
        snapshot=rests_on,
        sha256=checksum(documents, rests_on),
        by=by,
    )
    after = {"plan": plan.name, "kind": kind, "year": year, "sha256": edition.sha256}
    record(
        zone=zone, by=by, act="draft", object_type="report", object_key=_key(edition), after=after
    )
    return edition


def _next(model: type[Edition] | type[Opinion], zone: Zone) -> int:
    Zone.objects.select_for_update().get(pk=zone.pk)  # two at once must not get one number
    found = model.objects.filter(zone=zone).aggregate(newest=Max("number"))["newest"]
    return int(found or 0) + 1


def _key(edition: Edition) -> str:
    return f"{edition.plan}/{edition.number}"


@transaction.atomic
def freeze(edition: Edition, *, note: str = "", by: User) -> Decision:
    """Make an edition the one that counts. Raises Refused where that was done."""
    return _decide(edition, Decision.Act.FREEZE, note, by)


@transaction.atomic
def release(edition: Edition, *, note: str = "", by: User) -> Decision:
    """Let the public read a frozen edition.

    Raises Refused for one that is not frozen, that was released, or by the person who froze it.
    """
    frozen = edition.decisions.filter(act=Decision.Act.FREEZE).first()
    if frozen is None:
        raise Refused("Only a frozen report is released. Freeze it first.")
    if frozen.by_id == by.pk:
        raise Refused("Whoever froze a report does not release it. Ask a colleague.")
    return _decide(edition, Decision.Act.RELEASE, note, by)


def _decide(edition: Edition, act: str, note: str, by: User) -> Decision:
    if edition.decisions.filter(act=act).exists():
        raise Refused("This was done before; it is done once.")
    found = Decision.objects.create(edition=edition, act=act, note=note[:300], by=by)
    after = {"sha256": edition.sha256}
    record(
        zone=edition.zone, by=by, act=act, object_type="report", object_key=_key(edition),
        after=after, note=note,
    )  # fmt: skip
    return found


@transaction.atomic
def file_finished(
    edition: Edition, content: bytes, *, name: str, explanation: str = "", by: User
) -> Finished:
    """Keep the docx as it was finished, with every number that its snapshot does not hold.

    Raises ContentError for what is no docx, Refused where such numbers stand unexplained.
    """
    document = document_from_json(edition.documents["zh"])
    numbers = {**document_from_json(edition.documents["en"]).numbers, **document.numbers}
    wrong = unmatched(text_of_docx(content, name).splitlines(), numbers)
    if wrong and not explanation.strip():
        shown = "; ".join(wrong[:5])
        raise Refused(
            f"{len(wrong)} numbers are not in the snapshot: {shown}. Mend them, or explain them."
        )
    found = Finished.objects.create(
        edition=edition,
        name=name[-200:],
        sha256=keep_file(content),
        unmatched=wrong[:MOST_UNMATCHED],
        explanation=explanation.strip()[:500],
        by=by,
    )
    after = {"file": found.name, "sha256": found.sha256, "unmatched": len(wrong)}
    record(
        zone=edition.zone, by=by, act="file", object_type="report", object_key=_key(edition),
        after=after, note=found.explanation,
    )  # fmt: skip
    return found


@transaction.atomic
def give_opinion(
    zone: Zone,
    *,
    text: str,
    sort: str,
    by: User | None,
    code: str = "",
    source: str = "",
    edition: Edition | None = None,
) -> Opinion:
    """Take an opinion on the plan; nobody has to say who they are.

    Raises Refused for an empty or too long text and for an unknown sort.
    """
    said = text.strip()
    if not said or len(said) > LONGEST_OPINION:
        raise Refused(f"Write 1 to {LONGEST_OPINION:,} characters.")
    if sort not in Opinion.Sort.values:
        raise Refused(
            f"There is no sort {sort!r}. Choose one of: {', '.join(Opinion.Sort.values)}."
        )
    found = Opinion.objects.create(
        zone=zone,
        number=_next(Opinion, zone),
        sort=sort,
        code=code,
        text=said,
        source=source.strip()[:200],
        edition=edition,
        by=by,
    )
    # The ledger notes that it came, not what it says: an opinion may be withheld later.
    after = {"sort": sort, "code": code}
    record(
        zone=zone, by=by, act="receive", object_type="opinion", object_key=str(found.number),
        after=after,
    )  # fmt: skip
    return found


@transaction.atomic
def answer(opinion: Opinion, *, outcome: str, text: str, by: User) -> Answer:
    """Say what became of an opinion. Raises Refused without a reason."""
    if outcome not in Answer.Outcome.values:
        raise Refused(f"There is no outcome {outcome!r}.")
    if not text.strip():
        raise Refused("An answer needs a reason. Write it.")
    found = Answer.objects.create(opinion=opinion, outcome=outcome, text=text.strip()[:1000], by=by)
    after = {"outcome": outcome, "text": found.text}
    record(
        zone=opinion.zone, by=by, act="answer", object_type="opinion",
        object_key=str(opinion.number), after=after,
    )  # fmt: skip
    return found
