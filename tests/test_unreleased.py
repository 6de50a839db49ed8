"""What nobody has released is on no public address: what a stranger can reach is read."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db
# Words and a number that stand nowhere else.
MARK, NUMBER = "未发布之标记", Decimal("77771.5")
MARKED = re.compile(f"{MARK}|77,?771|marked@|example.org/marked")
LINK = re.compile(r'\s(?:href|src|action)="([^"]+)"')
FLOWS = ("FACTS_QINGHE", "VERDICTS_QINGHE")
BEGIN = [
    "/", "/z/qinghe/", "/z/qinghe/data/", "/catalog.ttl", "/catalog.jsonld", "/zones/compare/",
    "/api/v1/openapi.json", "/api/3/action/package_search?rows=1000",
    "/sdmx/structure/*/*/*/~?references=all&format=json", f"/search/?q={MARK}",
    f"/z/qinghe/search/?q={MARK}", f"/search.json?q={MARK}", "/search.json?q=77771.5",
    "/z/qinghe/promises/gdp/embed/", "/oembed?url=http://testserver/z/qinghe/promises/gdp/",
    *(
        f"/sdmx/{what}/dataflow/LANTU/{flow}/1.0.0/*?format={form}"
        for flow in FLOWS
        for what, form in [("data", "csv"), ("data", "json"), ("data", "xml"),
                           ("availability", "json")]
    ),
    *(
        f"/api/v1/{path}"
        for path in (
            "plans", "plans/qinghe-2021-2025/commitments", "plans/qinghe-2021-2025/verdicts",
            "plans/qinghe-2021-2025/verdicts/gdp", "plans/qinghe-2021-2025/findings",
            "plans/qinghe-2021-2025/projects", "plans/qinghe-2021-2025/nested",
            "zones/qinghe/facts", "zones/qinghe/scenarios", "zones/qinghe/assessments",
            "zones/qinghe/appraisals",
        )
    ),
]  # fmt: skip
OURS = ("/z/qinghe/", "/zones/", "/areas/", "/search/")
MOST_OF_A_KIND = 1  # addresses that differ by a name or a number only


@pytest.fixture
def hidden(qinghe: Any, person: Any, planner: Any, leader: Any, settings: Any) -> None:
    """Records of each kind that nobody has released; each bears the marks."""
    from lantu.core.whatif.levers import Growth
    from lantu.kernel.commitments import queries as commitments
    from lantu.kernel.commitments.actions.revising import propose_revision
    from lantu.kernel.commitments.models import Plan
    from lantu.services.appraisal.actions import ASKED
    from lantu.services.appraisal.actions import write as appraise
    from lantu.services.assessment import actions as assessment
    from lantu.services.assessment import queries as assessed
    from lantu.services.notices.actions.choosing import add_hook
    from lantu.services.notices.actions.subscribing import ask
    from lantu.services.reading import actions as reading
    from lantu.services.reports import actions as reports
    from lantu.services.returns import actions as returns
    from lantu.services.returns.models import Line
    from lantu.services.scenarios.actions import begin
    from lantu.services.supervision import actions as supervision
    from lantu.services.supervision import queries as supervised

    clerk = person("carl", "clerk", "industry")
    plan = commitments.plan("qinghe-2021-2025")
    stored = Plan.objects.get(name=plan.name)

    issued = returns.issue_returns(
        qinghe, plan, commitments.responsible(plan), when="2026", vintage="年报",
        due_on=date(2027, 2, 15), by=planner,
    )  # fmt: skip
    mine = next(one for one in issued.cases if one.department == "industry")
    codes = list(Line.objects.filter(case=mine).values_list("code", flat=True))
    written = returns.Written(value=str(NUMBER), remark=MARK)
    returns.write_lines(mine, dict.fromkeys(codes, written), by=clerk)

    propose_revision(stored, "gdp", NUMBER, reason=MARK, document=MARK, by=planner)

    day = timezone.localdate()
    [late, *_] = [one for one in supervised.pending(qinghe, day).new if one.sort == "promise"]
    warning = supervision.issue(qinghe, replace(late, department="industry"), as_of=day, by=planner)
    supervision.answer(warning, cause=MARK, action=MARK, owner=MARK, until=day, by=clerk)
    order = supervision.order(warning, department="industry", matter=MARK, due_on=None, by=planner)
    supervision.attach(order, MARK.encode(), name=f"{MARK}.txt", by=clerk)

    reports.give_opinion(qinghe, text=f"{MARK}一", sort="public", by=None)
    edition = reports.draft_edition(qinghe, plan, kind="monitoring", year=2023, by=planner)
    reports.freeze(edition, note=MARK, by=planner)

    lever = Growth(MARK, "gdp", share=Decimal(18), rate=Decimal(14), since=2024, spread=Decimal(4))
    begin(qinghe, plan, title=MARK, as_of=date(2023, 12, 31), by=planner, levers=(lever,))
    appraise(
        qinghe, plan, "before", title=MARK, codes=["gdp"],
        texts=dict.fromkeys(ASKED["before"], MARK), by=planner,
    )  # fmt: skip
    round_ = assessment.start_round(qinghe, plan, 2023, by=planner)
    assessment.release(assessed.newest(round_), by=leader)
    assessment.appeal(
        assessed.newest(round_), department="industry", about="line/gdp", text=MARK, by=clerk
    )

    paper = reading.receive(
        qinghe, f"# {MARK}\n\n到2030年，{MARK}达到{NUMBER}亿元。\n".encode(), name=f"{MARK}.md",
        by=planner,
    )  # fmt: skip
    reading.read(paper)
    settings.EMAIL_HOST = "mail.example.org"
    ask(
        qinghe, address="marked@example.org", code="", language="zh", asker="",
        now=timezone.now(),
    )  # fmt: skip
    add_hook(qinghe, "https://example.org/marked", by=person("adam", "administrator"))


def kind_of(address: str) -> str:
    """What an address has alike with those that differ by a name or a number only."""
    path, _, query = address.partition("?")
    named = re.sub(r"/(promises|projects|methods)/[^/]+", r"/\1/*", path)
    fields = sorted({part.partition("=")[0] for part in query.split("&")})
    return re.sub(r"\d+", "#", named) + "?" + "&".join(fields)


def tells(address: str, text: str) -> bool:
    """Whether a page bears a mark. A search says again what was asked, in its box and head."""
    found = MARKED.findall(text)
    return bool(found) and not (MARK in unquote(address) and len(found) <= 9)


INSIDE = ("ledger/", "scenarios/", "opinions/", "appraisals/", "supervision/", "reading/")


def test_no_public_address_tells_of_what_was_not_released(client, hidden, planner):
    client.force_login(planner)
    pages = [
        client.get(f"/z/qinghe/{one}").content.decode() for one in (*INSIDE, "", "promises/gdp/")
    ]
    assert [tells("", text) for text in pages] == [*[True] * len(INSIDE), False, False]
    client.logout()  # what a planner was shown is kept for no one else

    counts: dict[str, int] = {}
    told, rest = [], [*BEGIN]
    for address in rest:  # which grows meanwhile
        response = client.get(address)
        text = (b"".join(response) if response.streaming else response.content).decode(
            errors="replace"
        )
        assert response.status_code < 500, address
        if tells(address, text):
            told.append(unquote(address))
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        for link in LINK.findall(text):
            found = urljoin(address, unescape(link)).partition("#")[0]
            kind = kind_of(found)
            counts[kind] = counts.get(kind, 0) + 1
            if found.startswith(OURS) and counts[kind] <= MOST_OF_A_KIND and found not in rest:
                rest.append(found)

    assert len(rest) > 100
    assert told == []
