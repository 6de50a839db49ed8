"""The list of firms and a whole round with 10,000 firms, in a home of its own.

Run: python benchmarks/bench_firms.py [firms]
"""

import io
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

FIRMS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
ROUNDS = 20
QUERIES = (
    "", "?page=100", "?sort=tax_per_mu&order=down", "?sort=score&order=down&page=50", "?class=D",
    "?q=%E7%94%B2", "?q=9199", "?q=qy12",
)  # fmt: skip


def prepare() -> None:
    os.environ["LANTU_HOME"] = tempfile.mkdtemp(prefix="lantu-bench-")
    os.environ["LANTU_DEBUG"] = "1"
    from lantu.cli.django import setup

    setup()
    from django.core.management import call_command

    from lantu.cli.setup import translate
    from lantu.kernel.commitments.actions import load_shipped

    translate(Path(os.environ["LANTU_HOME"]))
    call_command("migrate", verbosity=0)
    load_shipped()


def code(number: int) -> str:
    from lantu.core.figures.identifiers import credit_check

    head = f"91999999KX{number:07d}"
    return head + str(credit_check(head))


def timed(label: str, act) -> object:  # type: ignore[no-untyped-def]
    begun = time.perf_counter()
    found = act()
    print(f"{label:<46} {time.perf_counter() - begun:8.2f} s")
    return found


def main() -> None:
    prepare()
    from django.test import Client

    from lantu.kernel.access.actions import create_user, grant_role
    from lantu.kernel.access.models import Zone
    from lantu.kernel.registry.actions import import_entities
    from lantu.services.enterprises.actions.figures import import_figures
    from lantu.services.enterprises.actions.rounds import start_round

    zone = Zone.objects.get(slug="qinghe")
    user = create_user("pia", password="a-long-enough-secret", by=None)
    grant_role(user, zone, "planner", by=None)
    register, figures = sheets()
    timed(f"register of {FIRMS:,} firms from csv",
          lambda: import_entities(zone, register, name="a.csv", by=user))  # fmt: skip
    timed(f"{FIRMS * 10:,} figures from csv",
          lambda: import_figures(zone, figures, name="b.csv", by=user))  # fmt: skip
    timed("a round: scored, ranked, classed, stored", lambda: start_round(zone, 2024, by=user))
    client = Client()
    client.force_login(user)
    timed("first list after a change (the zone's totals anew)",
          lambda: client.get("/z/qinghe/firms/"))  # fmt: skip
    for query in QUERIES:
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            assert client.get(f"/z/qinghe/firms/{query}").status_code == 200
            times.append(1000 * (time.perf_counter() - begun))
        low, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"list {query or '(first page)':<41} median {low:6.1f} ms   p95 {high:6.1f} ms")


def sheets() -> tuple[bytes, bytes]:
    chance = random.Random(1)  # noqa: S311
    register, figures = io.StringIO(), io.StringIO()
    register.write("code,name,industry\n")
    figures.write(
        "code,year,税收（万元）,用地面积（亩）,增加值（万元）,营业收入（万元）,能耗（吨标准煤）,"
        "用电量（万千瓦时）,排放量（吨）,研发支出（万元）,职工人数,是否规上\n"
    )
    for number in range(FIRMS):
        register.write(f"{code(number)},企业{'甲乙丙丁'[number % 4]}{number:05d},纺织业\n")
        land, level = chance.randint(3, 80), chance.uniform(0.3, 1.9)
        added = land * 60 * level
        values = (land * 11 * level, land, added, added * 3.6, added / 2.5, added / 30,
                  added / 5000, added * 0.1)  # fmt: skip
        cells = ",".join(f"{value:.2f}" for value in values)
        figures.write(f"{code(number)},2024,{cells},{max(1, int(added / 17))},{number % 2}\n")
    return register.getvalue().encode(), figures.getvalue().encode()


if __name__ == "__main__":
    main()
