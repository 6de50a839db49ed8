"""The files of a static copy: written where they changed, taken out where they are no more."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

MARK = ".lantu-published"


class Files:
    """A folder that is written to, and what was written; each process has its own list."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: set[str] = set()
        self.made: set[Path] = set()

    def write(self, name: str, content: bytes) -> None:
        """Only what has changed is written anew."""
        self.names.add(name)
        path = self.folder / name
        try:
            if path.stat().st_size == len(content) and path.read_bytes() == content:
                return
        except (FileNotFoundError, NotADirectoryError):
            if path.parent not in self.made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self.made.add(path.parent)
        path.write_bytes(content)

    @contextmanager
    def whole(self, name: str) -> Iterator[BinaryIO]:
        """A file that is written bit by bit; the one of before stands until it is whole."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        with part.open("wb") as file:
            yield file
        part.replace(path)
        self.names.add(name)


def known(folder: Path) -> dict[str, Any]:
    """What the last copy was made of, and its files; empty where there is none that is whole."""
    mark = folder / MARK
    text = mark.read_text(encoding="utf-8") if mark.exists() else ""
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def begin(folder: Path) -> None:
    """From here on the copy is not whole until it is finished; its list of files stays."""
    text = json.dumps({"files": known(folder).get("files", {})}, ensure_ascii=False)
    (folder / MARK).write_text(text, encoding="utf-8")


def is_whole(folder: Path, files: dict[str, int]) -> bool:
    """Whether every file is there in its length."""
    try:
        return all((folder / name).stat().st_size == size for name, size in files.items())
    except (FileNotFoundError, NotADirectoryError):
        return False


def finish(
    folder: Path, state: dict[str, Any], names: set[str], pages: Mapping[str, Any] | None = None
) -> int:
    """Take out what the last copy had and this one has not; keep what this one has and is made of.

    `pages`: what each page was drawn of, as far as that is known (publish_last.py). Nothing else in
    the folder is touched. Gives how many files were taken out.
    """
    gone = set(known(folder).get("files", {})) - names
    for name in gone:
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            continue  # no list leads out of the folder
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()
    sizes = {name: (folder / name).stat().st_size for name in sorted(names)}
    kept = {"state": state, "files": sizes, "pages": pages or {}}
    text = json.dumps(kept, ensure_ascii=False)
    (folder / MARK).write_text(text, encoding="utf-8")
    return len(gone)
