"""An invented zone whose departments report indicators every year, to measure returns with.

Each department answers for a promise on each indicator, so a return of a year has a line for each
indicator. Values grow by 3 to 6 % a year, so that no figure raises a question.
"""

import os
import random
import tempfile
from decimal import Decimal
from pathlib import Path

import yaml

ZONE, PLAN = "bench", "bench-2021-2025"
YEARS = range(2021, 2026)
PASSWORD = "a-long-enough-secret"
DAY = "2021-01-01"


def new_home() -> Path:
    """A home of its own for this process and those that it starts; the base is migrated."""
    home = Path(tempfile.mkdtemp(prefix="lantu-bench-"))
    os.environ["LANTU_HOME"] = str(home)
    os.environ["LANTU_HOSTS"] = "localhost,127.0.0.1,testserver"
    from lantu.cli.setup import prepare

    prepare(plans=False)
    return home


def code(department: int, indicator: int) -> str:
    return f"i{indicator:02d}-d{department:02d}"


def values(departments: int, indicators: int) -> dict[tuple[str, int], Decimal]:
    """What each department will report of each indicator, by its code and the year."""
    chance, found = random.Random(20260101), {}
    for department in range(departments):
        for indicator in range(indicators):
            value = Decimal(chance.randint(1_000, 9_000)) / 10
            for year in YEARS:
                value = round(value * (1 + Decimal(chance.randint(30, 60)) / 1000), 1)
                found[code(department, indicator), year] = value
    return found


def _promise(department: int, indicator: int) -> dict[str, object]:
    name = f"指标{indicator:02d}"
    return {
        "code": code(department, indicator),
        "kind": "target",
        "title": {"zh": f"部门{department:02d}{name}", "en": f"{indicator} of {department}"},
        "subject": f"部门{department:02d}",
        "form": "level",
        "unit": "亿元",
        "target": {"year": 2025, "value": 900},
        "departments": {"lead": f"d{department:02d}"},
        "measured_by": {
            "indicator": name, "subject": f"部门{department:02d}", "kind": "level",
        },
    }  # fmt: skip


def _folder(path: Path, departments: int, indicators: int) -> None:
    named = {"zh": "试验区", "en": "Bench"}
    plan = {
        "name": PLAN,
        "zone": {"slug": ZONE, **named},
        "title": named,
        "invented": True,
        "period": {"start": 2021, "end": 2025},
        "rules": "ratio",
        "document": {"title": "试验", "issued": DAY},
        "departments": [
            {"slug": f"d{one:02d}", "zh": f"部门{one:02d}", "en": f"Department {one}"}
            for one in range(departments)
        ],
    }
    (path / "commitments").mkdir(parents=True)
    (path / "plan.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    for one in range(departments):
        chapter = {
            "chapter": f"第{one + 1}章",
            "commitments": [_promise(one, indicator) for indicator in range(indicators)],
        }
        text = yaml.safe_dump(chapter, allow_unicode=True)
        (path / "commitments" / f"{one:02d}.yaml").write_text(text, encoding="utf-8")


def load(departments: int, indicators: int) -> None:
    """The zone with its plan, a planner, a reviewer and a clerk for each department."""
    from lantu.kernel.access.actions import create_user, grant_role
    from lantu.kernel.access.models import Zone
    from lantu.kernel.commitments.actions import load_folder

    with tempfile.TemporaryDirectory() as folder:
        _folder(Path(folder) / PLAN, departments, indicators)
        load_folder(Path(folder) / PLAN)
    zone = Zone.objects.get(slug=ZONE)
    for name, role in (("planner", "planner"), ("reviewer", "reviewer")):
        grant_role(create_user(name, password=PASSWORD, by=None), zone, role, by=None)
    for one in range(departments):
        clerk = create_user(f"clerk-{one:02d}", password=PASSWORD, by=None)
        grant_role(clerk, zone, "clerk", by=None, department=f"d{one:02d}")


def issue(year: int) -> list:
    """Ask every department for the figures of a year."""
    from lantu.kernel.access.models import User, Zone
    from lantu.kernel.commitments import queries as commitments
    from lantu.services.returns import actions

    zone, plan = Zone.objects.get(slug=ZONE), commitments.plan(PLAN)
    issued = actions.issue_returns(
        zone, plan, commitments.responsible(plan), when=str(year), vintage="年报", due_on=None,
        by=User.objects.get(username="planner"),
    )  # fmt: skip
    return issued.cases


def key(year: int, department: int) -> str:
    """The key of a return."""
    return f"{year}-final-d{department:02d}"


def session(username: str) -> str:
    """The key of a session in which a person is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from lantu.kernel.access.models import User

    user, kept = User.objects.get(username=username), SessionStore()
    kept[SESSION_KEY] = str(user.pk)
    kept[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    kept[HASH_SESSION_KEY] = user.get_session_auth_hash()
    kept.create()
    return str(kept.session_key)
