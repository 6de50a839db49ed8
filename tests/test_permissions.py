"""Every address for every role: who is let in is written down, and nothing is left untried."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from lantu.core.reports.document import Document
from lantu.core.reports.writing import as_docx

pytestmark = pytest.mark.django_db
TABLE = yaml.safe_load((Path(__file__).parent / "permissions.yaml").read_text(encoding="utf-8"))
# Who asks: a role of the zone, of one of its departments, or of another zone; or nobody known.
DEPARTMENTS = {"clerk": "industry", "clerk-elsewhere": "building"}
ROLES = [
    "nobody", "stranger", "leader", "planner", "clerk", "clerk-elsewhere", "reviewer", "auditor",
    "administrator",
]  # fmt: skip
PAPER = as_docx(Document("报告", "", "zh", True, (), {}))
PLAN = "# 青禾示范区“十五五”规划\n\n到2030年，地区生产总值达到300亿元。\n"
# Pages of a library, with tests of its own, and the way in.
NOT_OURS = "accounts/"


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """Route and name of every address of the product."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, before + str(one.pattern))
        elif isinstance(one, URLPattern) and not before.startswith(NOT_OURS):
            named = f"{one.name}" if not before.startswith("api/") else f"api:{one.name}"
            yield before + str(one.pattern), named


@pytest.fixture
def people(qinghe, xinxiang) -> dict[str, Any]:
    """One person of each kind; None is somebody who has not signed in."""
    from lantu.kernel.access.actions import create_user, grant_role

    found: dict[str, Any] = {"nobody": None}
    for role in ROLES[1:]:
        user = create_user(f"p-{role}", password="a-long-enough-secret", by=None)
        zone, rank = (xinxiang, "planner") if role == "stranger" else (qinghe, role.split("-")[0])
        grant_role(user, zone, rank, by=None, department=DEPARTMENTS.get(role, ""))
        found[role] = user
    return found


def _assessed(zone: Any, plan: Any, people: dict[str, Any]) -> dict[str, str]:
    """A published round; and one that was released, appealed against, and computed again."""
    from lantu.services.assessment import actions, queries

    planner, leader = people["planner"], people["leader"]
    public, shown = (actions.start_round(zone, plan, year, by=planner) for year in (2022, 2023))
    for one in (public, shown):
        actions.release(queries.newest(one), by=leader)
    actions.publish(queries.newest(public), by=leader)
    case = actions.appeal(
        queries.newest(shown), department="industry", about="line/gdp", text="口径",
        by=people["clerk"],
    )  # fmt: skip
    actions.decide_appeal(case, "grant", by=people["reviewer"], note="属实", remedy="set-aside")
    return {
        "ASSESSMENT": str(shown.number), "PUBLISHED": str(public.number), "APPEAL": case.key,
    }  # fmt: skip


def _supposed(zone: Any, plan: Any, people: dict[str, Any]) -> dict[str, str]:
    """A scenario that is a draft, one that was released, and a policy's appraisal."""
    from lantu.services.appraisal.actions import ASKED, take_further, write
    from lantu.services.scenarios import actions, sample
    from lantu.services.scenarios.models import Scenario

    sample.load(zone, by=people["planner"])
    draft, shown = Scenario.objects.filter(zone=zone).order_by("number")
    actions.release(shown.versions.get(), by=people["leader"])
    paper, public = (
        write(
            zone, plan, "before", title="奖补", codes=["gdp"],
            texts=dict.fromkeys(ASKED["before"], "无"), by=people["planner"],
        )
        for _ in range(2)
    )  # fmt: skip
    take_further(public, "release", by=people["leader"], note="同意")
    return {"SCENARIO": str(draft.number), "SHOWN": str(shown.number), "APPRAISED": paper.key,
            "POLICY": public.key}  # fmt: skip


def _placed(zone: Any) -> dict[str, str]:
    """The sample zone in an area, and a total of it."""
    from lantu.core.rollup.territory import AreaEntry, Lying, Territory
    from lantu.kernel.places.actions import take_territory

    lying = (Lying("", zone.slug, "", None),)
    take_territory(
        Territory(True, (AreaEntry("", "land", "虚构省", "Land", None, lying),)), by=None
    )
    return {"TOTALS": "?indicator=生产总值"}


@pytest.fixture
def places(qinghe, people, settings, tmp_path) -> dict[str, str]:
    """What the addresses name: a record of each kind in the sample zone."""
    from django.core import signing

    from lantu.kernel.cases.views import SALT
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.facts.models import Observation
    from lantu.kernel.methods.models import Run
    from lantu.kernel.methods.snapshots import inputs
    from lantu.services.enterprises import sample as firms
    from lantu.services.enterprises.actions.rounds import run_round
    from lantu.services.enterprises.models import Round
    from lantu.services.environment import sample as stations
    from lantu.services.notices.actions.choosing import add_hook
    from lantu.services.notices.actions.subscribing import ask
    from lantu.services.notices.letters import SALT as SUBSCRIBED
    from lantu.services.reading import actions as reading
    from lantu.services.reports import actions as reports
    from lantu.services.returns import actions
    from lantu.services.supervision import actions as supervision
    from lantu.services.supervision import queries as supervised

    settings.HOME = tmp_path
    firms.load(qinghe, by=None)
    stations.load(qinghe, by=None)
    plan = commitments.plan("qinghe-2021-2025")
    issued = actions.issue_returns(
        qinghe, plan, commitments.responsible(plan),
        when="2025", vintage="年报", due_on=date(2026, 2, 15), by=people["planner"],
    )  # fmt: skip
    mine = next(one for one in issued.cases if one.department == "industry")
    figure = Observation.objects.filter(zone=qinghe).order_by("pk").first()
    assert figure is not None
    current = Round.objects.filter(zone=qinghe).latest("pk")
    # A second run gives a difference to look at.
    run_round(current, reason="a later figure", by=people["planner"])
    edition = reports.draft_edition(
        qinghe, plan, kind="monitoring", year=2023, by=people["planner"]
    )
    filed = reports.file_finished(edition, PAPER, name="paper.docx", by=people["planner"])
    opinion = reports.give_opinion(qinghe, text="多种树", sort="public", by=None)
    paper = reading.receive(qinghe, "# 规划".encode(), name="a.md", by=people["planner"])
    paper = reading.receive(qinghe, PLAN.encode(), name="b.md", by=people["planner"], older=paper)
    reading.read(paper)
    paper.refresh_from_db()
    day = date(2025, 12, 31)
    [found, *_] = [one for one in supervised.pending(qinghe, day).new if one.sort == "promise"]
    warning = supervision.issue(
        qinghe, replace(found, department="industry"), as_of=day, by=people["planner"]
    )
    order = supervision.order(
        warning, department="industry", matter="整改", due_on=None, by=people["planner"]
    )
    proof = supervision.attach(order, b"done", name="a.txt", by=people["clerk"])
    kept = Run.objects.filter(zone=qinghe, topic__endswith="/above").latest("pk")
    subject = inputs(kept).column("subject").to_pylist()[0]
    settings.EMAIL_HOST = "mail.example.org"
    asked = ask(
        qinghe, address="reader@example.org", code="", language="zh", asker="", now=timezone.now()
    )
    hook = add_hook(qinghe, "https://example.org/told", by=people["administrator"])
    assessed = _assessed(qinghe, plan, people)
    return {
        "HOOK": str(hook.pk),
        **assessed,
        **_supposed(qinghe, plan, people),
        **_placed(qinghe),
        "SUBSCRIPTION": signing.dumps(str(asked.subscription.key), salt=SUBSCRIBED),
        "WARNING": str(warning.pk),
        "ORDER": order.key,
        "EVIDENCE": proof.terms["sha256"],
        "READING": str(paper.pk),
        "DRAFT": str(paper.drafts.order_by("pk")[0].pk),
        "ASKED": "?url=http://testserver/z/qinghe/promises/hightech/",
        "EDITION": str(edition.number),
        "FILED": str(filed.pk),
        "OPINION": str(opinion.number),
        "KEY": mine.key,
        "FIGURE": str(figure.pk),
        "ROUND": str(current.pk),
        "FINAL": str(Round.objects.filter(zone=qinghe, state="final").latest("pk").pk),
        "RUN": "2",
        "KEPT": str(kept.pk),
        "FIRM": subject,
        "PROJECT": plan.projects[0].code,
        "DAY": "2025-03-01",
        "STATION": "?station=a1",
        "TOKEN": signing.dumps([people["planner"].pk, qinghe.slug], salt=SALT),
        "SERIES": f"?indicator={figure.indicator.zh}&subject={figure.subject.zh}",
    }


def outcome(response: Any) -> str:
    """What an asker met: `in`, `sign-in`, `refused`, `absent`, or `no-such-act` (405)."""
    if response.status_code == 302 and "/accounts/login/" in response.headers["Location"]:
        return "sign-in"
    return {401: "refused", 403: "refused", 404: "absent", 405: "no-such-act"}.get(
        response.status_code, "in" if response.status_code < 500 else "broken"
    )


def let_in(
    client: Any, people: dict[str, Any], address: str, method: str, body: dict[str, str]
) -> list[str]:
    """Who gets through; everybody else must meet a refusal, and nobody an error of ours."""
    found = []
    for role, user in people.items():
        client.logout()
        if user is not None:
            client.force_login(user)
        response = getattr(client, method)(address, body)
        if response.streaming:  # read to its end, so that the file behind it is closed
            list(response.streaming_content)
        met = outcome(response)
        assert met != "broken", (role, method, address)
        found += [role] if met == "in" else []
    return found


def expected(words: str) -> list[str]:
    """`everyone`, `members`, `no-one`, or a list of roles."""
    groups = {"everyone": ROLES, "no-one": [], "members": ROLES[2:]}
    return groups[words] if words in groups else words.split()


def address_of(name: str, row: dict[str, Any], places: dict[str, str]) -> str:
    given = {key: places.get(value, value) for key, value in (row.get("at") or {}).items()}
    return reverse(name, kwargs=given) + places.get(row.get("ask", ""), "")


def test_no_address_is_left_out_of_the_table():
    assert {name for _, name in addresses(get_resolver())} == set(TABLE)


def test_every_address_lets_in_whom_the_table_says_and_nobody_else(client, people, places):
    client.raise_request_exception = False
    wrong = {}
    for method, word in (("get", "reads"), ("post", "writes")):
        for name, row in TABLE.items():
            body = row.get("body", {}) if method == "post" else {}
            met = let_in(client, people, address_of(name, row, places), method, body)
            if met != expected(row.get(word, "no-one")):
                wrong[method, name] = met

    assert wrong == {}
