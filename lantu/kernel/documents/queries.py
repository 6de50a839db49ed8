"""What pages need to know of documents."""

from lantu.kernel.access.models import Zone
from lantu.kernel.documents.models import Document


def documents(zone: Zone) -> list[Document]:
    """The papers of a zone, the newest first."""
    return list(Document.objects.filter(zone=zone).order_by("-issued", "title"))
