"""A document of 300 pages as the command reads it: seconds and memory of the whole process.

The trial plans of the reader's tests stand one behind the other until the pages are full, in every
format; `lantu read` runs as a process of its own. A folder of many documents shows the use of all
cores.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.bench_formats import Part, as_page, as_pdf, as_word, parts
from lantu.core.reading.tests.test_trials import TRIALS

PAGES = 300
DOCUMENTS = 1_000


def long_document(plans: list[str]) -> tuple[list[Part], bytes]:
    """Parts that fill 300 pages, and the pdf of them."""
    content = [part for text in plans if "<table" not in text for part in parts(text)]
    once = len(pypdfium2.PdfDocument(as_pdf(content, columns=1)))
    content *= -(-PAGES // once)
    made = as_pdf(content, columns=1)
    print(f"{len(pypdfium2.PdfDocument(made))} pages, {len(content):,} paragraphs and tables")
    return content, made


def plain(content: list[Part]) -> bytes:
    rows = (
        part if isinstance(part, str) else "\n".join("\t".join(row) for row in part)
        for part in content
    )  # fmt: skip
    return "\n".join(rows).encode()


# A process counts the memory of the one it was forked from as its own; this one is small.
WATCH = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime, file=sys.stderr)
sys.exit(status)
"""


def read(path: Path) -> tuple[float, float, float, int]:
    """Seconds, seconds of processor time, MB and proposals of `lantu read` on a file or folder."""
    out = path.parent / f"out-{path.name}"
    command = [sys.executable, "-m", "lantu", "read", "-q", str(path), "-o", str(out)]
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *command], stderr=subprocess.PIPE, text=True, check=True
    )
    seconds = time.perf_counter() - begun
    memory, used = map(float, done.stderr.split()[-2:])
    lines = 0 if out.is_dir() else out.read_bytes().count(b"\n")
    return seconds, used, memory, lines


def main() -> None:
    plans = [yaml.safe_load(path.read_text("utf-8"))["text"] for path in TRIALS]
    content, made = long_document(plans)
    files = {
        "plan.txt": plain(content),
        "plan.docx": as_word(content),
        "plan.html": as_page(content),
        "plan.pdf": made,
    }
    with tempfile.TemporaryDirectory() as folder:
        print("file | MB | s | of processor time | MB of memory | proposals")
        for name, data in files.items():
            path = Path(folder) / name
            path.write_bytes(data)
            seconds, used, memory, lines = read(path)
            size = len(data) / 1e6
            print(f"{name} | {size:.2f} | {seconds:.1f} | {used:.1f} | {memory:.0f} | {lines}")
        many = Path(folder) / "many"
        many.mkdir()
        for at in range(DOCUMENTS):
            (many / f"{at:04}.txt").write_text(plans[at % len(plans)], "utf-8")
        seconds, used, memory, _ = read(many)
        size = sum(path.stat().st_size for path in many.iterdir()) / 1e6
        print(
            f"{DOCUMENTS:,} documents, {size:.1f} MB: {seconds:.1f} s, {used:.1f} s of processor "
            f"time on all cores, {memory:.0f} MB in the largest process"
        )


if __name__ == "__main__":
    main()
