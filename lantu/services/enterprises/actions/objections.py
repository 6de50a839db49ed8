"""Acts on objections. Late ones are taken too; a person answers each, and says where to turn."""

from datetime import date

from django.db import transaction

from lantu.core.errors import Refused
from lantu.kernel.access.actions import record
from lantu.kernel.access.models import User
from lantu.kernel.registry.models import LegalEntity
from lantu.services.enterprises.models import Objection, Result, Round


@transaction.atomic
def file_objection(
    found: Round, entity: LegalEntity, text: str, *, received_on: date, by: User | None
) -> Objection:
    """Enter what a firm says against its result; one that comes late is marked, not refused.

    Raises Refused where the round is not on display, or the firm is not in it.
    """
    found = Round.objects.select_for_update().select_related("zone").get(pk=found.pk)
    if found.state != Round.State.PUBLICITY or found.publicity_to is None:
        raise Refused(f"The round of {found.year} is not on display, so nothing can be objected.")
    if not text.strip():
        raise Refused("Say what the firm objects to.")
    if not Result.objects.filter(run__round=found, entity=entity).exists():
        raise Refused(f"{entity.zh} is not in the round of {found.year}.")
    made = Objection.objects.create(
        round=found, entity=entity, text=text.strip(), received_on=received_on,
        in_time=received_on <= found.publicity_to, entered_by=by,
    )  # fmt: skip
    after = {"firm": entity.code, "received_on": received_on.isoformat(), "in_time": made.in_time}
    _record(made, "object", by, after=after)
    return made


@transaction.atomic
def answer_objection(
    objection: Objection,
    *,
    is_upheld: bool,
    answer: str,
    appeal: str,
    on: date,
    by: User | None,
) -> Objection:
    """Answer an objection with reasons, and say where the firm can turn next.

    It changes no figure: correct that first, then run the round again. Raises Refused without
    words, or where it was answered before.
    """
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.state != Objection.State.OPEN:
        raise Refused("This objection was answered before. The answer stays on record.")
    if not answer.strip() or not appeal.strip():
        raise Refused("An answer gives its reason and says where the firm can turn next.")
    objection.state = Objection.State.UPHELD if is_upheld else Objection.State.REJECTED
    objection.answer, objection.appeal = answer.strip(), appeal.strip()
    objection.answered_on, objection.answered_by = on, by
    objection.save(update_fields=["state", "answer", "appeal", "answered_on", "answered_by"])
    _record(objection, "answer", by, after={"state": objection.state}, note=answer)
    return objection


def _record(one: Objection, act: str, by: User | None, after: object, note: str = "") -> None:
    record(
        zone=one.round.zone, by=by, act=act, object_type="objection",
        object_key=f"{one.round.year}/{one.entity.code}/{one.pk}", after=after, note=note,
    )  # fmt: skip
