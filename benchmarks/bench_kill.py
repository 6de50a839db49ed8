"""Kill -9 at random points while returns are sent and approved, figures imported, reports frozen.

Each round starts a process that does one act, kills it somewhere between its first and its last
instant, and then looks: the ledger verifies, and whatever the act should have done is there whole
or not at all. A process is forked from this one, so that only the act itself takes time, and every
hundred rounds begin on a copy of the first home, so that the thousandth look costs what the first
did. At the end a backup is taken while another process writes; restored elsewhere it
verifies, and every row of the ledger has the checksum that it has in the original.

    python benchmarks/bench_kill.py [--rounds 1000] [--seed 1]
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))
import returns_zone as made
from backups import backup_while_writing

DEPARTMENTS, INDICATORS, ROWS = 10, 8, 200
FRESH = 100  # rounds on one copy of the home
WARM = 2  # rounds of each act that are not killed: they tell how long it takes
KIND = "returns.data_return"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    home = made.new_home()
    made.load(DEPARTMENTS, INDICATORS)
    rounds = Rounds(random.Random(args.seed))
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "home"
        copy(home, first)
        for _ in range(WARM):
            for name in rounds.acts:
                rounds.play(name, kill=False)
        begun = time.perf_counter()
        for number in range(args.rounds):
            if number and number % FRESH == 0 and is_sqlite():
                copy(first, home)
                rounds.cases = fresh_cases()
            rounds.play(list(rounds.acts)[number % len(rounds.acts)], kill=True)
        seconds = time.perf_counter() - begun
    for name in rounds.acts:
        met = ", ".join(f"{count} {what}" for what, count in sorted(rounds.met[name].items()))
        took = statistics.median(rounds.took[name]) * 1000
        print(f"{name:<8} {took:5.0f} ms when it is let alone; when killed: {met}")
    print(f"{args.rounds} kills in {seconds:.0f} s: the ledger verified and nothing was half-done")
    if is_sqlite():
        print(backup_while_writing(home, lambda: import_rows("backup")))


def is_sqlite() -> bool:
    return not os.environ.get("LANTU_DATABASE_URL")


def copy(home: Path, other: Path) -> None:
    """Put all that one home holds in the place of what the other holds."""
    from django.db import connections

    connections.close_all()
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(home, other)


class Rounds:
    """Acts, how long they take, and how far they came when they were killed."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.cases = fresh_cases()
        self.number = 0
        self.took: dict[str, list[float]] = {}
        self.met: dict[str, Counter[str]] = {}
        self.acts: dict[str, Callable[[], Callable[[], object]]] = {
            "submit": self.submit,
            "approve": self.approve,
            "import": self.imports,
            "freeze": self.freeze,
        }
        for name in self.acts:
            self.took[name], self.met[name] = [], Counter()

    def play(self, name: str, *, kill: bool) -> None:
        self.number += 1
        act = self.acts[name]()
        wait = None
        if kill:
            wait = self.chance.uniform(0, 1.1 * statistics.median(self.took[name][-9:]))
        before = entries()
        took = run_apart(act, wait)
        if took is not None:
            self.took[name].append(took)
        grown = entries() - before
        whole = {"submit": 2, "approve": 1, "import": 1, "freeze": 2}[name]
        came = "nothing done" if not grown else "all done" if grown == whole else "some acts done"
        if kill:
            self.met[name][came] += 1
        elif came != "all done":
            raise SystemExit(f"{name} did not work at all: {grown} of {whole} entries")
        check()

    def submit(self) -> Callable[[], object]:
        """To write the lines of a return, and to send it: two acts."""
        case = next(self.cases)
        return lambda: send(case)

    def approve(self) -> Callable[[], object]:
        from lantu.kernel.access.models import User
        from lantu.services.returns import actions

        case = next(self.cases)
        send(case)
        return lambda: actions.approve(case, by=User.objects.get(username="reviewer"))

    def imports(self) -> Callable[[], object]:
        name = f"round-{self.number}"
        return lambda: import_rows(name)

    def freeze(self) -> Callable[[], object]:
        """To draft a report, and to freeze it: two acts."""
        return draft_and_freeze


def fresh_cases() -> Iterator[object]:
    """Returns that nobody has touched yet, of ever later months."""
    from lantu.kernel.access.models import User, Zone
    from lantu.kernel.commitments import queries as commitments
    from lantu.services.returns import actions

    spans = [f"{year}-01/{year}-{month:02d}" for year in made.YEARS for month in range(1, 12)]
    for vintage in ("快报", "年报"):
        for span in spans:
            zone, plan = Zone.objects.get(slug=made.ZONE), commitments.plan(made.PLAN)
            issued = actions.issue_returns(
                zone, plan, commitments.responsible(plan), when=span, vintage=vintage,
                due_on=None, by=User.objects.get(username="planner"),
            )  # fmt: skip
            yield from issued.cases


def send(case: object) -> None:
    from lantu.kernel.access.models import User
    from lantu.services.returns import actions, queries
    from lantu.services.returns.actions import Written

    clerk = User.objects.get(username=f"clerk-{case.department[1:]}")
    written = {line.code: Written(f"{line.place}.5") for line in case.return_lines.all()}
    actions.write_lines(case, written, by=clerk)
    actions.submit(case, queries.open_questions(case), by=clerk)


def import_rows(name: str) -> None:
    from lantu.kernel.access.models import User, Zone
    from lantu.kernel.facts.actions import import_file

    head = (
        "indicator,subject,period,value,unit,kind,source_title,source_url,published_on,known_on\n"
    )
    rows = "".join(
        f"产值,企业{row},2024,{row}.25,亿元,level,试验,https://example.org/{name},2025-01-20,2025-01-20\n"
        for row in range(ROWS)
    )
    planner = User.objects.get(username="planner")
    zone = Zone.objects.get(slug=made.ZONE)
    import_file(zone, (head + rows).encode(), name=f"{name}.csv", by=planner)


def draft_and_freeze() -> None:
    from lantu.kernel.access.models import User, Zone
    from lantu.kernel.commitments import queries as commitments
    from lantu.services.reports import actions

    zone, planner = Zone.objects.get(slug=made.ZONE), User.objects.get(username="planner")
    edition = actions.draft_edition(
        zone, commitments.plan(made.PLAN), kind="monitoring", year=2023, by=planner
    )
    actions.freeze(edition, by=planner)


def run_apart(act: Callable[[], object], kill_after: float | None) -> float | None:
    """Do an act in a process of its own; how long it took, or None where it was killed."""
    from django.db import connections

    connections.close_all()  # a connection must not be shared by two processes
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writes, b"begin")
        act()
        os._exit(0)
    os.close(writes)
    os.read(reads, 5)
    os.close(reads)
    begun = time.perf_counter()
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("the act failed by itself")
    return time.perf_counter() - begun if kill_after is None else None


def entries() -> int:
    from lantu.kernel.access.models import LedgerEntry

    return LedgerEntry.objects.count()


def check() -> None:
    """The chain is whole, and every record has its entry and its parts, or is not there."""
    from lantu.kernel.access.models import LedgerEntry
    from lantu.kernel.access.queries import verify
    from lantu.kernel.cases.models import Case, Step
    from lantu.kernel.facts.models import Observation
    from lantu.services.reports.models import Decision, Edition
    from lantu.services.returns.models import Line

    assert verify().faults == (), verify().faults
    told = LedgerEntry.objects.filter
    for act in ("open", "submit", "approve"):
        steps = Step.objects.filter(act=act).count()
        assert steps == told(act=act, object_type=KIND).count(), act
    for state, act in (("submitted", "submit"), ("approved", "approve")):
        last = Step.objects.filter(act=act).count()
        reached = Case.objects.filter(state=state).count()
        if state == "submitted":
            reached += Case.objects.filter(state="approved").count()
        assert reached == last, state
    written = Line.objects.filter(value__isnull=False).count()
    assert written == told(act="write", object_type=KIND).count() * INDICATORS
    facts = Observation.objects.filter(source_url__startswith="/z/").count()
    assert facts == Case.objects.filter(state="approved").count() * INDICATORS
    imported = Observation.objects.filter(source_url__startswith="https://example.org/").count()
    assert imported == told(act="import").count() * ROWS
    assert Edition.objects.count() == told(act="draft", object_type="report").count()
    assert Decision.objects.count() == told(act="freeze", object_type="report").count()


if __name__ == "__main__":
    main()
