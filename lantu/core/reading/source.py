"""Sources: a document of any kind that is read, as text."""

from pathlib import Path

from lantu.core.reading.documents.text import text_of


def read_source(path: Path) -> str:
    """The text of a document; offsets count its code points.

    Raises ContentError for a file that is missing, too large, damaged, or of another kind.
    """
    return text_of(path, path.name)
