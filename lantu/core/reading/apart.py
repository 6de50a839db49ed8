"""Reading apart: a document is read by a process of its own, which has limits.

A document that is made to harm, or only very large, ends that process and nothing else. The limits
are set in the child alone: `python -m lantu.core.reading.apart FILE NAME OUT`.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lantu.core.errors import ContentError
from lantu.core.plans import wire
from lantu.core.reading.documents.text import text_of
from lantu.core.reading.portions import Portion, Teller
from lantu.core.reading.propose import plan_end, proposals
from lantu.core.reading.records import Proposal
from lantu.core.reading.ties import Ties, ties

STAGES = ("opened", "text", "promises")  # what the child says when it has it
MOST_MEMORY = 3 * 1024**3  # bytes of addresses; a pdf of 300 pages takes a tenth
MOST_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Read:
    """What a document holds: its text, its proposals, their ties, and the last year it plans."""

    text: str
    proposals: tuple[Proposal, ...]
    end: int | None
    ties: tuple[Ties, ...] = ()  # of each proposal


def read_apart(path: Path, name: str, *, told: Callable[[Portion], None]) -> Read:
    """Read a document in a process of its own. `told` hears of every portion that is done.

    Raises ContentError for a document that cannot be read, or that is beyond the limits.
    """
    with tempfile.TemporaryDirectory(prefix="lantu-reading-") as folder:
        out = Path(folder) / "read.json"
        command = [sys.executable, "-m", "lantu.core.reading.apart", str(path), name, str(out)]
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None  # asked for above
            for line in child.stdout:
                told(wire.load(Portion, json.loads(line)))
        if child.returncode != 0 or not out.exists():
            raise ContentError(
                name,
                "The document is beyond what is read: it needs too much time or memory.",
                "Split it, or save it as .docx or .txt and try again.",
            )
        return _read(json.loads(out.read_text(encoding="utf-8")))


def _read(found: dict[str, Any]) -> Read:
    if "fault" in found:
        raise ContentError(*found["fault"])
    records = tuple(wire.load(Proposal, one) for one in found["proposals"])
    tied = tuple(wire.load(Ties, one) for one in found["ties"])
    return Read(found["text"], records, found["end"], tied)


def _limit() -> None:
    """Bound this process; systems without such limits read without them."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, hard))


def _tell(portion: Portion) -> None:
    sys.stdout.write(f"{json.dumps(asdict(portion))}\n")
    sys.stdout.flush()


def main(path: Path, name: str, out: Path) -> None:
    """The child: read, and write down what was found or what is wrong."""
    _limit()
    teller = Teller(_tell)
    teller.stage("opened")
    try:
        text = text_of(path, name, teller).replace("\0", " ")  # which no database of ours takes
        teller.stage("text")
        found = proposals(text, name=name, teller=teller)
        tied = ties(text, found)
        teller.stage("promises")
    except ContentError as error:
        body: dict[str, Any] = {"fault": [error.where, error.what, error.remedy]}
    else:
        body = {
            "text": text,
            "proposals": [wire.dump(one) for one in found],
            "ties": [wire.dump(one) for one in tied],
            "end": plan_end(text),
        }
    out.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
