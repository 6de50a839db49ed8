"""The sample zone's annual plan for 2024: invented, and held against its five-year plan.

Some targets fit the path, some do not, so that every finding on nested plans can be seen.
"""

from typing import Any, Final

from lantu.core.plans.sample import ANNUAL, NAME, Writer, _measured, _words
from lantu.core.plans.sample_plan import HEAD as UPPER

README: Final = """# 青禾示范区2024年度计划 · Annual Plan 2024 of the Qinghe Sample Zone

Everything in this folder is invented. `lantu plan sample --annual` writes it. It carries out the
sample zone's five-year plan; some of its targets are easier than that plan asks, on purpose.
"""
HEAD: Final[dict[str, Any]] = {
    **{key: UPPER[key] for key in ("zone", "invented", "rules", "scopes", "departments")},
    "name": ANNUAL,
    "level": "annual",
    "parent": NAME,
    "title": _words(("青禾示范区2024年度计划（虚构）", "Qinghe annual plan 2024 (invented)")),
    "period": {"start": 2024, "end": 2024},
    "document": {
        "title": "青禾示范区2024年国民经济和社会发展计划（虚构）",
        "number": "虚构〔2024〕1号",
        "issued": "2024-01-20",
    },
}


def fill(w: Writer) -> None:
    """All targets and tasks of the year. The codes are the upper plan's, where it has them."""
    _targets(w)
    _tasks(w)


def _target(w: Writer, code: str, title: tuple[str, str], indicator: str, **terms: Any) -> None:
    kind = terms.pop("kind", None)
    measure = _measured(indicator, **({"kind": kind} if kind else {}))
    w.promise("主要目标", code, title, measured_by=measure, **terms)


def _level(value: float, **more: Any) -> dict[str, Any]:
    return {"form": "level", "target": {"year": 2024, "value": value}, **more}


def _targets(w: Writer) -> None:
    industry, science = {"lead": "industry"}, {"lead": "science"}
    environment, welfare = {"lead": "environment"}, {"lead": "welfare"}
    _target(
        w, "gdp", ("生产总值达到180亿元", "GDP reaches CNY 18.0 bn"), "生产总值", kind="level",
        unit="亿元", scope="whole", nature="expected", departments=industry, **_level(180),
    )  # fmt: skip
    _target(
        w, "gdp-growth", ("生产总值增长10%", "GDP grows 10%"), "生产总值增速", kind="growth",
        form="growth", unit="%", growth_pct=10, nature="expected", departments=industry,
    )  # fmt: skip
    _target(
        w, "foreign-capital", ("利用外资2亿美元", "USD 0.2 bn of foreign capital"), "实际利用外资",
        form="cumulative", unit="亿美元", target={"year": 2024, "value": 2}, departments=industry,
    )  # fmt: skip
    _target(
        w, "hightech", ("高新技术企业达到105家", "105 high-tech firms"), "高新技术企业",
        unit="家", departments=science, **_level(105),
    )  # fmt: skip
    _target(
        w, "doctors", ("每千人医师3.3人", "3.3 doctors per 1,000"), "每千人医师",
        unit="人/千人", base={"year": 2020, "value": 2.6}, departments=welfare, **_level(3.3),
    )  # fmt: skip
    _target(
        w, "pm25", ("PM2.5不高于44微克/立方米", "PM2.5 at most 44 µg/m³"), "PM2.5",
        form="ceiling", comparator="<=", unit="微克/立方米", nature="binding",
        target={"year": 2024, "value": 44}, departments=environment,
    )  # fmt: skip
    _target(
        w, "energy", ("单位能耗下降3.0%", "Energy per unit of GDP down 3.0%"), "单位能耗增速",
        kind="growth", form="reduction", unit="%", direction="less", nature="binding",
        target={"year": 2024, "value": 3.0}, departments=environment,
    )  # fmt: skip


def _tasks(w: Writer) -> None:
    c = "重点工作"
    w.task(
        c, "one-window-2024", ("一窗通办覆盖全部事项", "One window for all matters"),
        parent="one-window", milestones=[{"due": "2024-12-31"}], departments={"lead": "planning"},
    )  # fmt: skip
    w.task(
        c, "hospital-2024", ("区医院年内投用", "The hospital opens within the year"),
        parent="hospital", milestones=[{"due": "2024-12-31", "done": "2024-08-29"}],
        departments={"lead": "building"},
    )  # fmt: skip
    w.task(
        c, "night-bus", ("开通夜间公交3条", "Three night buses"),
        milestones=[{"due": "2024-09-30"}], departments={"lead": "building"},
    )  # fmt: skip
