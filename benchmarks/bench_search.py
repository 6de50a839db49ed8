"""A search among 100,000 things, by the time that a reader waits for the answer.

The index is filled with invented titles in a database of its own, then each kind of question is
asked: one, two and four Chinese letters, pinyin, its first letters, a code, two words, nothing
found. It prints the median and the slowest of 20 answers in milliseconds. `--things` changes how
many; LANTU_DATABASE_URL measures PostgreSQL.
"""

import argparse
import os
import statistics
import tempfile
import time

PARTS = ("高新技术", "工业增加值", "固定资产投资", "道路里程", "绿化", "企业", "研发经费", "就业")
ACTS = ("新建", "提高", "完成", "建成", "改造", "引进")
QUESTIONS = ("路", "绿化", "固定资产", "gdzc", "gudingzichan", "t-054321", "新建 就业", "无此事物")


def fill(count: int) -> None:
    from lantu.kernel.access.actions import ensure_zone
    from lantu.services.finding import actions
    from lantu.services.finding.gathering import Thing

    def thing(number: int) -> Thing:
        act, part = ACTS[number % len(ACTS)], PARTS[number // 7 % len(PARTS)]
        other = PARTS[number // 59 % len(PARTS)]
        title = f"{act}{part}与{other}第{number}项"
        words = f"第{number % 12}章 {other} {part}"
        return Thing("promise", f"/{number}", title, f"Item {number}", f"t-{number:06d}", words)

    zone = ensure_zone("bench", zh="试验", en="Bench", invented=True, by=None)
    actions.write(zone, (thing(number) for number in range(count)))


def measure() -> None:
    from django.contrib.auth.models import AnonymousUser

    from lantu.kernel.access.models import Zone
    from lantu.services.finding import queries

    zones = list(Zone.objects.all())
    for question in QUESTIONS:
        times = []
        for _ in range(20):
            begun = time.perf_counter()
            found = queries.search(question, zones=zones, reader=AnonymousUser())
            times.append(1000 * (time.perf_counter() - begun))
        middle, slowest = statistics.median(times), max(times)
        print(f"{question}\t{len(found.hits)} hits\t{middle:.1f} ms\tslowest {slowest:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--things", type=int, default=100_000)
    things = parser.parse_args().things
    with tempfile.TemporaryDirectory() as home:
        os.environ["LANTU_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "lantu.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(things)
        measure()


if __name__ == "__main__":
    main()
