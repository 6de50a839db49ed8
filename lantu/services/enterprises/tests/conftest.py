"""Firms that the tests of this service share."""

from decimal import Decimal
from typing import Any

import pytest

from lantu.core.figures.identifiers import credit_check

# At these figures a firm above scale stands at every baseline of 2022, so it has 100 points.
BASE = {
    "tax_paid": "240.97", "land_used": "10", "value_added": "1361.6", "revenue": "5000",
    "rd_spending": "151", "above_scale": "1",
}  # fmt: skip


def code_of(number: int) -> str:
    head = f"91999999KX{number:07d}"
    return head + str(credit_check(head))


def figures_of(strength: str, **more: str | None) -> dict[str, str]:
    """Figures by which each item is `strength` times its baseline of 2022."""
    times = Decimal(strength)
    added = Decimal(BASE["value_added"]) * times
    found: dict[str, str | None] = {
        **BASE,
        "tax_paid": str(Decimal(BASE["tax_paid"]) * times),
        "value_added": str(added),
        "energy": str(Decimal(BASE["value_added"]) / Decimal("2.694")),
        "emissions": str(Decimal(BASE["value_added"]) / Decimal("4929.81")),
        "employees": "75",
        "rd_spending": str(Decimal(BASE["rd_spending"]) * times),
        **more,
    }
    return {key: value for key, value in found.items() if value is not None}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A test that is rolled back uses a ledger number again, which never happens in life."""
    from lantu.services.enterprises.queries import firms

    firms.forget()


@pytest.fixture
def planner(qinghe: Any) -> Any:
    """Pia, who decides on rounds of the sample zone."""
    from lantu.kernel.access.actions import create_user, grant_role

    user = create_user("pia", password="a-long-enough-secret", by=None)
    grant_role(user, qinghe, "planner", by=None)
    return user


@pytest.fixture
def enter(qinghe: Any, clerk: Any) -> Any:
    """Enters firms: number -> figures, for a year."""
    from lantu.kernel.registry.actions import register
    from lantu.kernel.registry.models import LegalEntity
    from lantu.services.enterprises.actions.figures import import_figures
    from lantu.services.enterprises.items import items

    def entered(firms: dict[int, dict[str, str]], year: int = 2024) -> dict[int, LegalEntity]:
        rows = ["统一社会信用代码,年份,指标,数值,单位"]
        found = {}
        for number, figures in firms.items():
            code = code_of(number)
            known = LegalEntity.objects.filter(zone=qinghe, code=code).first()
            found[number] = known or register(qinghe, code, f"企业{number:02d}", by=clerk)
            for key, value in figures.items():
                short = Decimal(value).quantize(Decimal("1e-15")).normalize()
                rows.append(f"{code},{year},{key},{short:f},{items()[key].unit}")
        report = import_figures(qinghe, "\n".join(rows).encode(), name="年报.csv", by=clerk)
        assert not report.refused, report.refused
        return found

    return entered


@pytest.fixture
def ten(enter: Any) -> Any:
    """Ten firms above scale, from 1.0 down to 0.55 of every baseline."""
    return enter({n: figures_of(str(1 - Decimal(n - 1) / 20)) for n in range(1, 11)})
