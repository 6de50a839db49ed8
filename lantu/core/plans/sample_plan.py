"""What the sample plan promises, and how it went. All of it is invented."""

from decimal import Decimal
from typing import Any, Final

from lantu.core.plans.sample import CITY, NAME, YEARS, Writer, _measured, _words

README: Final = """# 青禾示范区 · Qinghe Sample Zone

Everything in this folder is invented. `lantu plan sample` writes it from a seed, so that every form
of promise and every state of a verdict can be seen. It has nothing to do with any real place.
"""
HEAD: Final[dict[str, Any]] = {
    "name": NAME,
    "zone": {"slug": "qinghe", "zh": "青禾示范区", "en": "Qinghe Sample Zone"},
    "title": {
        "zh": "青禾示范区五年规划（虚构）",
        "en": "Five-Year Plan of the Qinghe Sample Zone (invented)",
    },
    "invented": True,
    "period": {"start": 2021, "end": 2025},
    "outlook": 2035,
    "rules": "ratio",
    "document": {
        "title": "青禾示范区五年规划（虚构）",
        "number": "虚构〔2021〕1号",
        "issued": "2021-03-01",
    },
    "scopes": {
        "core": {"zh": "核心区", "en": "core area"},
        "whole": {"zh": "全域", "en": "whole area"},
    },
    "departments": [
        {"slug": "planning", "zh": "规划局", "en": "Planning office"},
        {"slug": "industry", "zh": "经发局", "en": "Industry office"},
        {"slug": "building", "zh": "建设局", "en": "Building office"},
        {"slug": "environment", "zh": "生态局", "en": "Environment office"},
        {"slug": "welfare", "zh": "社会事务局", "en": "Welfare office"},
        {"slug": "science", "zh": "科技局", "en": "Science office"},
    ],
}


def _field(code: str, kind: str, words: tuple[str, str], *corners: tuple[float, float]) -> Any:
    """An invented piece of land where no zone is; corners in thousandths of a degree."""
    ring = [[round(100 + x / 1000, 4), round(40 + y / 1000, 4)] for x, y in (*corners, corners[0])]
    return {
        "type": "Feature",
        "properties": {"code": code, "kind": kind, **_words(words), "source": "虚构边界"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


OUTLINE: Final[list[Any]] = [
    _field("qinghe", "zone", ("青禾示范区", "Qinghe Sample Zone"),
           (-1.5, -1.2), (14, -2), (31.5, -1), (32.4, 8),
           (31, 16), (17, 16.8), (-1, 15.6), (-2, 7)),
    _field("works", "part", ("工业片区", "Works quarter"),
           (-1.5, -1.2), (14, -2), (14.6, 7.6), (-2, 7)),
    _field("town", "part", ("城市片区", "Town quarter"),
           (-2, 7), (14.6, 7.6), (17, 16.8), (-1, 15.6)),
    _field("new", "part", ("创新片区", "Innovation quarter"),
           (14, -2), (31.5, -1), (32.4, 8), (31, 16), (17, 16.8), (14.6, 7.6)),
]  # fmt: skip


def fill(w: Writer) -> None:
    """All chapters, projects and figures."""
    _economy(w)
    _innovation(w)
    _city(w)
    _environment(w)
    _welfare(w)
    _works(w)


def _d(text: str) -> Decimal:
    return Decimal(text)


def _line(base: str, step: str) -> Any:
    """A straight series from 2020 on."""
    return lambda year: _d(base) + _d(step) * (year - 2020)


def _factor(base: str, factor: str) -> Any:
    """A series that grows by a factor."""
    return lambda year: _d(base) * _d(factor) ** (year - 2020)


def _economy(w: Writer) -> None:
    c, lead = "第一章", {"lead": "industry"}
    w.promise(
        c, "gdp", ("生产总值达到200亿元", "GDP reaches CNY 20 bn"), form="level", unit="亿元",
        metric=_words(("生产总值", "GDP")), base={"year": 2020, "value": 124}, nature="expected",
        target={"year": 2025, "value": 200}, scope="whole", links=["gdp-growth"],
        departments=lead, measured_by=_measured("生产总值", kind="level"),
    )  # fmt: skip
    w.series("生产总值", "亿元", _factor("124", "1.105"), scope="whole")
    w.figure("生产总值", "2021-01/2021-06", _d("66.1"), "亿元", kind="cumulative", scope="whole",
             known_on="2021-07-20")  # fmt: skip
    w.promise(
        c, "gdp-growth", ("生产总值年均增长10%", "GDP grows 10% a year"), form="growth", unit="%",
        growth_pct=10, nature="expected", metric=_words(("生产总值增速", "GDP growth")),
        departments=lead, measured_by=_measured("生产总值增速", kind="growth"),
    )  # fmt: skip
    for year, rate in zip(YEARS, ("10.8", "10.6", "10.9", "10.4", "10.2"), strict=True):
        w.figure("生产总值增速", str(year), _d(rate), "%", kind="growth", vintage="年报")
        w.figure("生产总值增速", str(year), _d("9.0"), "%", kind="growth", vintage="年报",
                 subject=CITY)  # fmt: skip
    w.promise(
        c, "foreign-capital", ("累计利用外资10亿美元", "USD 1 bn of foreign capital in all"),
        form="cumulative", unit="亿美元", target={"year": 2025, "value": 10}, departments=lead,
        measured_by=_measured("实际利用外资"),
    )  # fmt: skip
    w.series("实际利用外资", "亿美元", lambda year: _d("1.2"), places=2)
    w.promise(
        c,
        "trade",
        ("进出口总额40—60亿元", "Foreign trade of CNY 4–6 bn"),
        form="range",
        unit="亿元",
        low=40,
        high=60,
        base={"year": 2020, "value": 30},
        target={"year": 2025},
        path="linear",
        measured_by=_measured("进出口总额"),
        departments=lead,
    )
    w.series("进出口总额", "亿元", _line("30", "6.5"))
    w.promise(
        c, "output-doubling", ("工业产值翻一番", "Industrial output doubles"), form="multiple",
        unit="亿元", k=2, base={"year": 2020, "value": 150.0}, target={"year": 2025},
        measured_by=_measured("工业产值"), departments=lead,
    )  # fmt: skip
    w.series("工业产值", "亿元", _factor("150", "1.09"))
    w.promise(
        c, "services", ("服务业占比达到45%", "Services reach 45%"), form="level", unit="%",
        base={"year": 2020, "value": 38.0}, target={"year": 2025, "value": 45.0}, scope="core",
        measured_by=_measured("服务业占比"), departments=lead,
    )  # fmt: skip
    w.series("服务业占比", "%", _line("38", "1.2"), scope="whole")
    w.promise(
        c, "above-city", ("增速高于全市", "Growth above the city's"), form="relative",
        unit="%", target={"year": 2025}, departments=lead,
        measured_by={**_measured("生产总值增速", kind="growth"),
                     "other": {"indicator": "生产总值增速", "subject": CITY, "kind": "growth"}},
    )  # fmt: skip
    w.promise(
        c, "investment-growth", ("固定资产投资年均增长12%", "Fixed investment grows 12% a year"),
        form="growth", unit="%", growth_pct=12, departments=lead,
        measured_by=_measured("固定资产投资增速", kind="growth"),
    )  # fmt: skip
    for year, rate in zip(YEARS, ("11.8", "-3.0", "4.0", "5.5", "6.0"), strict=True):
        w.figure("固定资产投资增速", str(year), _d(rate), "%", kind="growth", vintage="年报")
    # Without figures here: the rounds of evaluation publish them from the records of firms.
    w.promise(
        c, "tax-per-mu", ("工业用地亩均税收达到15万元", "Industrial land pays CNY 150,000 a mu"),
        form="level", unit="万元/亩", base={"year": 2020, "value": 9.0}, nature="expected",
        target={"year": 2025, "value": 15.0}, path="linear", departments=lead,
        measured_by=_measured("工业用地亩均税收"),
    )  # fmt: skip


def _innovation(w: Writer) -> None:
    c, lead = "第二章", {"lead": "science"}
    w.promise(
        c, "hightech", ("高新技术企业达到100家", "100 high-tech firms"), form="level", unit="家",
        base={"year": 2020, "value": 40}, target={"year": 2025, "value": 100}, path="linear",
        measured_by=_measured("高新技术企业"), departments=lead,
    )  # fmt: skip
    w.series("高新技术企业", "家", _line("40", "17"), places=0)
    w.promise(
        c, "rd-share", ("研发投入强度提高1.5个百分点", "R&D intensity up 1.5 points"),
        form="change", unit="个百分点", direction="more", base={"year": 2020, "value": 2.1},
        target={"year": 2025, "value": 1.5}, measured_by=_measured("研发投入强度", unit="%"),
        departments=lead,
    )  # fmt: skip
    w.series("研发投入强度", "%", _line("2.1", "0.14"), places=2)
    w.promise(
        c, "forum", ("每年举办3—5场双创论坛", "3–5 start-up forums a year"), form="per_year",
        unit="场", low=3, high=5, target={"year": 2025}, direction="more", departments=lead,
        measured_by=_measured("双创论坛"),
    )  # fmt: skip
    for year, count in zip(YEARS, ("4", "3", "5", "2", "4"), strict=True):
        w.figure("双创论坛", str(year), _d(count), "场")
    w.promise(
        c, "rank", ("进入全国前100位", "Among the first 100"), form="rank", unit="位",
        target={"year": 2025, "value": 100}, measured_by=_measured("考评名次", kind="rank"),
        departments=lead,
    )  # fmt: skip
    for year, place in zip(YEARS, ("150", "131", "112", "96", "94"), strict=True):
        w.figure("考评名次", str(year), _d(place), "位", kind="rank")
    w.promise(
        c, "patents", ("每万人发明专利20件", "20 patents per 10,000"), form="level", unit="件/万人",
        base={"year": 2020, "value": 8.0}, target={"year": 2025, "value": 20.0}, departments=lead,
        measured_by=_measured("每万人发明专利"),
    )  # fmt: skip
    w.series("每万人发明专利", "件/万人", _line("8", "1.2"))
    w.promise(
        c, "incubators", ("市级孵化器8家", "8 incubators"), form="level", unit="家",
        base={"year": 2020, "value": 2}, target={"year": 2025, "value": 8}, departments=lead,
        measured_by=_measured("孵化器"),
    )  # fmt: skip


def _city(w: Writer) -> None:
    c, lead = "第三章", {"lead": "building"}
    w.promise(
        c, "villages", ("12个村全部搬迁", "All 12 villages moved"), form="complete", unit="个",
        n=12, target={"year": 2025}, measured_by=_measured("搬迁村"), departments=lead,
    )  # fmt: skip
    w.series("搬迁村", "个", lambda year: Decimal(min(12, 3 * (year - 2020))), places=0)
    w.promise(
        c, "roads", ("道路密度大于7.0", "Road density above 7.0"), form="floor", comparator=">",
        unit="km/km²", target={"year": 2025, "value": 7.0}, measured_by=_measured("道路密度"),
        departments=lead,
    )  # fmt: skip
    w.series("道路密度", "km/km²", _line("5", "0.35"))
    w.promise(
        c, "urbanisation", ("城镇化率保持在90%以上", "Urbanisation stays above 90%"), form="floor",
        comparator=">=", every_year=True, unit="%", target={"year": 2025, "value": 90},
        measured_by=_measured("城镇化率"), departments=lead,
    )  # fmt: skip
    w.series("城镇化率", "%", _line("90", "0.5"))
    w.promise(
        c, "bridges", ("新建桥梁6座", "6 new bridges"), form="cumulative", unit="座",
        target={"year": 2025, "value": 6}, measured_by=_measured("新建桥梁"), departments=lead,
    )  # fmt: skip
    for year, count in zip(YEARS, ("1", "0", "1", "0", "1"), strict=True):
        w.figure("新建桥梁", str(year), _d(count), "座")
    w.promise(
        c, "housing", ("保障性住房2000套", "2,000 affordable homes"), form="cumulative", unit="套",
        target={"year": 2025, "value": 2000}, measured_by=_measured("保障性住房"), departments=lead,
    )  # fmt: skip
    for year, count in zip(YEARS, ("700", "750", "600", "300", "120"), strict=True):
        w.figure("保障性住房", str(year), _d(count), "套")


def _environment(w: Writer) -> None:
    c, lead = "第四章", {"lead": "environment"}
    w.promise(
        c, "energy", ("单位能耗累计下降13.5%", "Energy per unit of GDP down 13.5%"),
        form="reduction", unit="%", direction="less", nature="binding", departments=lead,
        target={"year": 2025, "value": 13.5}, measured_by=_measured("单位能耗增速", kind="growth"),
    )  # fmt: skip
    for year, rate in zip(YEARS, ("-2.1", "-2.4", "-2.9", "-3.1", "-3.6"), strict=True):
        w.figure("单位能耗增速", str(year), _d(rate), "%", kind="growth", vintage="年报")
    w.promise(
        c, "carbon", ("碳排放降低：完成市定目标", "CO₂: the target set by the city"),
        form="delegated", unit="%", direction="less", target={"year": 2025}, nature="binding",
        departments=lead,
    )  # fmt: skip
    w.promise(
        c, "pm25", ("PM2.5不高于38微克/立方米", "PM2.5 at most 38 µg/m³"), form="ceiling",
        comparator="<=", unit="微克/立方米", base={"year": 2020, "value": 52}, departments=lead,
        target={"year": 2025, "value": 38}, nature="binding", measured_by=_measured("PM2.5"),
    )  # fmt: skip
    w.series("PM2.5", "微克/立方米", _line("52", "-1.5"), places=0)
    w.promise(
        c, "waste", ("原生垃圾零填埋", "No raw waste to landfill"), form="level", unit="吨",
        base={"year": 2020, "value": 900}, target={"year": 2025, "value": 0}, path="linear",
        direction="less", measured_by=_measured("填埋量"), departments=lead,
    )  # fmt: skip
    for year, tonnes in zip(YEARS, ("910", "940", "930", "980", "990"), strict=True):
        w.figure("填埋量", str(year), _d(tonnes), "吨")
    # The last year's figure is no line here: it is computed from the stations' hourly values.
    w.promise(
        c, "good-days", ("优良天数比率达到82%", "82% of days with good air"), form="level",
        unit="%", base={"year": 2020, "value": 74.6}, target={"year": 2025, "value": 82},
        path="linear", nature="binding", departments=lead, measured_by=_measured("优良天数比率"),
    )  # fmt: skip
    for year, share in zip(range(2021, 2025), ("75.9", "77.8", "78.2", "80.1"), strict=True):
        w.figure("优良天数比率", str(year), _d(share), "%", vintage="年报")


def _welfare(w: Writer) -> None:
    c, lead = "第五章", {"lead": "welfare"}
    w.promise(
        c, "unemployment", ("调查失业率低于5.0%", "Unemployment below 5.0%"), form="ceiling",
        comparator="<", every_year=True, unit="%", target={"year": 2025, "value": 5.0},
        measured_by=_measured("调查失业率"), departments=lead,
    )  # fmt: skip
    for year, rate in zip(YEARS, ("4.8", "5.4", "5.0", "4.7", "4.6"), strict=True):
        w.figure("调查失业率", str(year), _d(rate), "%", kind="ratio")
    w.promise(
        c, "life", ("预期寿命提高1.0岁", "Life expectancy up 1.0 year"), form="change", unit="岁",
        direction="more", target={"year": 2025, "value": 1.0}, departments=lead,
        measured_by=_measured("预期寿命"),
    )  # fmt: skip
    w.series("预期寿命", "岁", _line("77.4", "0.2"), years=range(2020, 2026))
    w.promise(
        c, "doctors", ("每千人医师3.5人", "3.5 doctors per 1,000"), form="level", unit="人/千人",
        base={"year": 2020, "value": 2.5}, target={"year": 2025, "value": 3.5}, departments=lead,
        measured_by=_measured("每千人医师"),
    )  # fmt: skip
    w.series("每千人医师", "人/千人", _line("2.5", "0.12"), places=2)
    w.promise(
        c, "new-industry", ("新兴产业产值增长两倍", "New industry triples"), form="multiple",
        unit="亿元", k=3, base={"year": 2020, "value": 0}, target={"year": 2025}, departments=lead,
        measured_by=_measured("新兴产业产值"),
    )  # fmt: skip
    w.series("新兴产业产值", "亿元", _line("0", "1"))


def _works(w: Writer) -> None:
    c = "第六章"
    w.promise(c, "hospital", ("区医院2024年投用", "The hospital opens in 2024"), form="milestone",
              target={"date": "2024-06-30"}, departments={"lead": "building"})  # fmt: skip
    w.event("hospital", "区医院", "start", "2021-09-01", "虚构")
    w.event("hospital", "区医院", "done", "2024-08-29", "虚构")
    w.promise(c, "library", ("图书馆2023年建成", "The library is built in 2023"), form="milestone",
              target={"date": "2023-12-31"}, departments={"lead": "welfare"})  # fmt: skip
    w.event("library", "图书馆", "start", "2021-05-10", "虚构")
    w.event("library", "图书馆", "done", "2023-05-20", "虚构")
    w.task(
        c, "one-window", ("一窗通办", "One window for everything"),
        milestones=[{"due": "2022-06-30", "done": "2022-06-12"}, {"due": "2024-12-31"}],
        departments={"lead": "planning"},
    )  # fmt: skip
    w.task(
        c, "culture", ("弘扬创新文化", "A culture of innovation"), departments={"lead": "science"}
    )
    w.task(c, "credit", ("加强信用建设", "Build credit"), departments={"lead": "planning"})
    names = [
        ("智能工厂", "Smart factory"),
        ("物流园", "Logistics park"),
        ("污水厂二期", "Sewage works 2"),
        ("人才公寓", "Talent flats"),
        ("科技馆", "Science museum"),
        ("滨河公园", "River park"),
        ("数据中心", "Data centre"),
        ("职业学校", "Vocational school"),
        ("快速路", "Expressway"),
        ("热力管网", "Heat network"),
        ("研发中心", "R&D centre"),
        ("会展中心", "Exhibition hall"),
    ]
    for number, (zh, en) in enumerate(names, 1):
        code = f"q-{number:02d}"
        finish = 2022 + number % 4
        entry: dict[str, Any] = {
            "code": code,
            "title": {"zh": zh, "en": en},
            "box": f"{1 + number % 3}-1",
        }
        entry |= {"investment": f"{w.chance.randint(5, 120) / 10:.1f}", "start_year": 2021}
        if number != 12:  # of one project the plan says neither when nor where
            entry |= {"finish_year": finish, "at": _place(number)}
        w.projects.append(entry)
        if number % 5:
            w.event(code, zh, "start", f"2021-{1 + number % 12:02d}-15", "虚构")
        if number % 3 == 0:
            w.event(code, zh, "stop", f"2022-{1 + number % 12:02d}-20", "虚构")
        if number % 4 in (1, 2):
            w.event(code, zh, "done", f"{finish}-{1 + number % 12:02d}-25", "虚构")


def _place(number: int) -> list[str]:
    """Among the parcels of the invented firms, where no zone is: degrees east and north."""
    return [f"100.{40 + 97 * number % 260:04d}", f"40.{20 + 61 * number % 130:04d}"]
