"""Acts on the register."""

from collections.abc import Iterable

from lantu.kernel.access.models import Zone
from lantu.kernel.registry.models import Subject


def ensure_subjects(zone: Zone, names: Iterable[str]) -> dict[str, Subject]:
    """The subjects of these names; new ones are made. The caller's act is what the ledger notes."""
    wanted = set(names)
    have = set(Subject.objects.filter(zone=zone, zh__in=wanted).values_list("zh", flat=True))
    Subject.objects.bulk_create(Subject(zone=zone, zh=name) for name in sorted(wanted - have))
    return {subject.zh: subject for subject in Subject.objects.filter(zone=zone, zh__in=wanted)}
