"""What pages need to know of subjects."""

from lantu.kernel.access.models import Zone
from lantu.kernel.registry.models import Subject


def subjects(zone: Zone) -> list[str]:
    """The names of all subjects of a zone."""
    return list(Subject.objects.filter(zone=zone).order_by("zh").values_list("zh", flat=True))
