"""Acts on documents."""

from lantu.core.plans.records import Paper
from lantu.kernel.access.models import Zone
from lantu.kernel.documents.models import Document


def register(zone: Zone, paper: Paper) -> Document:
    """The record of a paper, made if there is none. The caller's act is what the ledger notes."""
    found, _ = Document.objects.get_or_create(
        zone=zone,
        title=paper.title,
        sha256=paper.sha256,
        defaults={
            "number": paper.number,
            "issued": paper.issued,
            "characters": paper.characters,
            "url": paper.url,
        },
    )
    return found
