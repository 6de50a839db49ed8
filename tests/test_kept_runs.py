"""Rounds of firms and days of air are runs like all others: kept, repeated and compared."""

from datetime import date

import pytest

from lantu.core.errors import Refused
from lantu.kernel.methods import actions, queries, snapshots
from lantu.kernel.methods.models import Run


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def rounds(qinghe):
    from lantu.services.enterprises import sample

    sample.load(qinghe, by=None)


def test_each_cohort_of_a_round_is_a_run_that_repeats_to_the_bit(qinghe, rounds):
    listed = queries.runs(qinghe, is_member=True, topic="evaluation/2024/")

    assert {one.topic.rpartition("/")[2] for one in listed} == {"above", "below", "combined"}
    assert {one.state for one in listed} == {"final"}
    for run in Run.objects.filter(pk__in=[one.pk for one in listed]):
        assert queries.repeated(run) == queries.Repeated(True, True, run.result_hash)


def test_the_round_and_its_run_say_the_same_of_every_firm(qinghe, rounds):
    from lantu.services.enterprises.models import Result

    for run in Run.objects.filter(zone=qinghe).exclude(topic__endswith="combined"):
        _, year, pk, cohort = run.topic.split("/")
        of_round = {
            one.entity.code: (one.rank, one.computed_class, one.final_class,
                              None if one.score is None else float(one.score))
            for one in Result.objects.filter(run__round=pk, cohort=cohort).select_related("entity")
        }  # fmt: skip
        rows = snapshots.results(run).to_pylist()
        short = queries.method_of(run).short
        assert {row["period"] for row in rows} == {int(year)}
        assert of_round == {
            row["subject"]: (row["rank"], row["computed_class"] or "", row["final_class"] or "",
                             row[short])
            for row in rows
        }  # fmt: skip


def test_a_correction_is_a_second_run_that_says_who_changed_class_and_why(qinghe, rounds, clerk):
    from decimal import Decimal

    from lantu.services.enterprises.actions.figures import correct_figure
    from lantu.services.enterprises.actions.rounds import run_round
    from lantu.services.enterprises.models import Result, Round

    current = Round.objects.filter(zone=qinghe).latest("pk")
    last = Result.objects.filter(run__round=current, final_class="D", cohort="above")
    firm = last.exclude(score=None)[0].entity
    correct_figure(firm, current.year, "tax_paid", Decimal(90_000), reason="漏报", source="甲",
                   by=clerk)  # fmt: skip
    run_round(current, reason="更正", by=clerk)

    topic = f"evaluation/{current.year}/{current.pk}/above"
    newest = queries.runs(qinghe, is_member=True, topic=topic)[0]
    found = queries.compare(queries.earlier(newest)[0], newest)
    one = found.moved[0]
    own = next(one for one in found.moved if one.subject == firm.code)

    assert newest.reason == "2: 更正"
    assert one.is_class_changed
    assert own.whys == ("inputs",)
    assert [name for name, _, _ in own.inputs] == ["tax_per_mu"]
    assert ("final_class", "D") in {(name, before) for name, before, _ in own.results}
    assert any(moved.whys == ("others",) for moved in found.moved)


def test_a_firm_of_a_round_is_explained_by_its_run(qinghe, rounds):
    run = queries.runs(qinghe, is_member=True, topic="evaluation/2024/")[-1]
    subject = snapshots.inputs(run).column("subject").to_pylist()[0]

    (found,) = queries.explain(run, subject)

    assert found.parameters[0].source
    assert found.results[queries.method_of(run).short] is not None


def test_the_days_behind_a_published_share_are_a_run_and_compared_where_both_speak(qinghe):
    from lantu.services.environment import sample
    from lantu.services.environment.models import AirDay

    sample.load(qinghe, by=None)
    (run,) = queries.runs(qinghe, is_member=False, topic="air/")
    table, year = snapshots.results(run), int(run.topic.rpartition("/")[2])

    known = {(str(one["date"])[:10], one["subject"]): one["aqi"] for one in table.to_pylist()}
    days = AirDay.objects.filter(zone=qinghe, day__year=year).select_related("station")
    assert run.state == "published"
    assert len(known) == len(days) > 365
    for day in days:
        assert known[str(day.day), day.station.code if day.station else "qinghe"] == day.aqi
    assert queries.repeated(run).is_same
    part = actions.run_method(
        qinghe, method=run.method, table=snapshots.inputs(run).slice(0, 6), on=run.on, by=None
    )
    found = queries.compare(run, part)
    assert (found.changes, found.left_out) == ((), table.num_rows - 6)


def test_the_share_of_good_days_is_a_published_run(qinghe):
    from lantu.services.environment import sample

    sample.load(qinghe, by=None)
    (run,) = queries.runs(qinghe, is_member=False, topic="good-days/")

    assert run.state == "published"
    assert snapshots.results(run).column("good_day_ratio").to_pylist()[0] > 0


def test_a_draft_is_for_the_people_of_the_zone(qinghe):
    import pyarrow

    table = pyarrow.table({"tax_paid": [1.0], "land_used": [2.0]})
    run = actions.run_method(
        qinghe, method="enterprises.per_mu_tax", table=table, on=date(2025, 1, 1), by=None
    )

    assert queries.runs(qinghe, is_member=True) == [run]
    assert queries.runs(qinghe, is_member=False) == []


def test_a_run_whose_snapshot_was_changed_does_not_repeat(qinghe):
    import pyarrow

    table = pyarrow.table({"tax_paid": [1.0], "land_used": [2.0]})
    run = actions.run_method(
        qinghe, method="enterprises.per_mu_tax", table=table, on=date(2025, 1, 1), by=None
    )
    other = snapshots.keep(pyarrow.table({"tax_paid": [9.0], "land_used": [2.0]}))
    snapshots.kept(other).replace(snapshots.kept(run.input_hash))

    assert not queries.repeated(run).is_same
    snapshots.kept(run.input_hash).unlink()
    with pytest.raises(Refused, match="not kept here"):
        queries.repeated(run)
