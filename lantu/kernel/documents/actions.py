"""Acts on documents."""

import hashlib
from pathlib import Path

from django.conf import settings

from lantu.core.errors import Refused
from lantu.core.plans.records import Paper
from lantu.kernel.access.models import Zone
from lantu.kernel.documents.models import Document

LARGEST = 20_000_000  # bytes of one file


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


def keep_file(content: bytes) -> str:
    """Keep a file under its SHA-256, which is returned. The caller's act is what the ledger notes.

    Raises Refused for an empty or too large file. Keeping the same file twice changes nothing.
    """
    if not content or len(content) > LARGEST:
        raise Refused(f"The file has {len(content):,} bytes; 1 to {LARGEST:,} are taken.")
    digest = hashlib.sha256(content).hexdigest()
    write_once(content, place_of_file(digest))
    return digest


def write_once(content: bytes, path: Path) -> None:
    """Write a file whose name tells its content; one that is there already is left alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.rename(path)  # a kill in between leaves no half file under the name


def place_of_file(digest: str, folder: str = "evidence") -> Path:
    """Where a kept file lies in one of the folders of LANTU_HOME that are backed up."""
    found: Path = settings.HOME / folder / digest[:2] / digest
    return found
