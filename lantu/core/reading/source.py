"""Sources: a document as text. Plain text and Markdown are read as they are."""

from pathlib import Path

from lantu.core.errors import ContentError

LARGEST = 50_000_000  # bytes
READ = (".txt", ".md")


def read_source(path: Path) -> str:
    """The text of a document; offsets count its code points.

    Raises ContentError for a file that is missing, too large, of another kind, or not UTF-8.
    """
    if path.suffix.lower() not in READ:
        raise ContentError(
            path.name,
            f"Files of the kind {path.suffix or '(none)'!r} cannot be read yet.",
            f"Save the text as {' or '.join(READ)}.",
        )
    try:
        if path.stat().st_size > LARGEST:
            raise ContentError(
                path.name,
                f"The file has {path.stat().st_size:,} bytes; {LARGEST:,} is the most.",
                "Split it.",
            )
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise ContentError(path.name, "There is no such file.", "Check the name.") from error
    except IsADirectoryError as error:
        raise ContentError(path.name, "This is a folder.", "Name a file.") from error
    except UnicodeDecodeError as error:
        raise ContentError(
            path.name, f"The file is not UTF-8 text (byte {error.start}).", "Save it as UTF-8."
        ) from error
