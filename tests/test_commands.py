"""The command line as others rely on it: exit codes, formats, where an error goes."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import ROOT, lantu

CASES = ROOT / "lantu" / "core" / "judging" / "tests" / "verdicts.yaml"


def test_help_names_every_command_and_each_has_its_own():
    from lantu.cli import COMMANDS

    shown = lantu("--help")

    assert shown.returncode == 0
    for name in COMMANDS:
        assert name in shown.stdout
        assert lantu(name, "--help").returncode == 0


@pytest.mark.parametrize("words", [("fly",), ("status",), ("status", "p", "--as-of", "soon")])
def test_wrong_use_is_two(words):
    done = lantu(*words)

    assert done.returncode == 2
    assert done.stdout == ""


def test_an_error_says_where_what_and_what_to_do_on_standard_error():
    done = lantu("status", "nowhere")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "nowhere",
        "  There is no plan folder with a plan.yaml here.",
        "  Check the path or the name.",
    ]


def test_a_chinese_terminal_reads_the_error_in_chinese(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    done = lantu("status", "nowhere")

    assert done.stderr.splitlines()[1] == "  这里没有含plan.yaml的规划文件夹。"


def test_a_chinese_terminal_reads_the_help_of_every_command_in_chinese(monkeypatch):

    from lantu.cli import COMMANDS

    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    pages = [lantu("--help").stdout, *(lantu(name, "--help").stdout for name in COMMANDS)]
    # What follows an option or argument is its help; two English words on end are a slip.
    english = re.compile(r" {2,}[a-z]+ [a-z]+ [a-z]+")

    assert [line for page in pages for line in page.splitlines() if english.search(line)] == []


def test_methods_check_tells_agreement_row_by_row(tmp_path):
    file = tmp_path / "examples.csv"
    rows = ['a,share,"{""part"": 1, ""whole"": 4}","{""share_pct"": 25}",0', "b,unheard,{},{},0"]
    file.write_text("id,case,inputs,expected,tolerance\n" + "\n".join(rows), encoding="utf-8")

    done = lantu("methods", "check", str(file))

    assert done.returncode == 0
    assert [line.split("  ")[0].strip() for line in done.stdout.splitlines()] == [
        "agree",
        "unknown case b",
        "2 rows: 1 agree, 0 differ, 1 unknown case",
    ]
    file.write_text(file.read_text(encoding="utf-8").replace("25}", "26}"), encoding="utf-8")
    assert lantu("methods", "check", str(file)).returncode == 1


def test_evaluate_gives_results_with_reasons_and_the_record_of_the_run(tmp_path):
    table, result = tmp_path / "firms.csv", tmp_path / "result.csv"
    table.write_text("firm,period,tax_paid,land_used\na,2022,300,20\nb,2022,,5\n", encoding="utf-8")
    words = ("evaluate", "enterprises.per_mu_tax", "--on", "2022-12-31")

    done = lantu(*words, "--input", str(table), "-o", str(result))

    record = json.loads(done.stdout)
    assert (record["method"], record["version"], record["rows"]) == ("enterprises.per_mu_tax", 1, 2)
    lines = sorted(result.read_text(encoding="utf-8").splitlines()[1:])
    assert lines == ['"a",2022,300,20,15,', '"b",2022,,5,,"not reported: tax_paid"']
    first = result.read_bytes()
    lantu(*words, "--input", str(table), "-o", str(result))
    assert result.read_bytes() == first


def test_evaluate_says_which_column_is_missing(tmp_path):
    table = tmp_path / "firms.csv"
    table.write_text("firm,tax_paid\na,300\n", encoding="utf-8")

    done = lantu(
        "evaluate", "per_mu_tax", "--on", "2022-12-31", "--input", str(table), "-o", str(table)
    )

    assert done.returncode == 1
    assert "the table has no land_used" in done.stderr


def test_status_gives_every_verdict_as_json():
    done = lantu("status", "qinghe-2021-2025", "--as-of", "2022-12-31", "--format", "json")

    found = {one["code"]: one for one in json.loads(done.stdout)["verdicts"]}
    assert len(found) == 34
    assert found["services"]["state"] == "scope-mismatch"
    assert found["hightech"]["year"]["state"] == "ahead"


def test_status_gives_every_verdict_as_csv():
    done = lantu("status", "qinghe-2021-2025", "--as-of", "2022-12-31", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["code"]: row["state"] for row in rows}["carbon"] == "awaiting-target"


def test_another_rule_set_changes_the_words_and_not_the_figures():
    def state(*more: str) -> dict[str, str]:
        words = ("status", "qinghe-2021-2025", "--as-of", "2022-12-31", "--format", "json")
        rows = json.loads(lantu(*words, *more).stdout)["verdicts"]
        return {row["code"]: row["state"] for row in rows}

    assert state()["hightech"] == "ahead"
    assert state("--rules", "ratio-cards")["hightech"] == "on-track"


def test_judge_prints_one_line_a_case_and_fails_where_one_differs(tmp_path):
    good = lantu("judge", str(CASES))
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CASES.read_text("utf-8").replace("on-track", "behind", 1), encoding="utf-8")

    bad = lantu("judge", str(wrong))

    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "50 cases: 50 agree, 0 differ")
    assert bad.returncode == 1
    assert "state: got on-track, expected behind" in bad.stdout


def test_judge_names_the_line_of_a_case_that_cannot_be_read(tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text("- name: x\n  commitment: {form: lvl}\n  expect: {state: ahead}\n", "utf-8")

    done = lantu("judge", str(file))

    assert done.returncode == 1
    assert "bad.yaml:2" in done.stderr


def test_audit_fails_on_a_contradiction_and_gives_records(tmp_path):
    done = lantu("audit", "xinxiang-2021-2025", "--format", "json")

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found[0]["result"] == "contradicts"
    assert (found[0]["stated"], round(found[0]["computed"], 1)) == (261, 224.1)
    assert found[0]["explained_by"]["value"] == 155.24


def test_audit_of_a_text_that_holds_succeeds(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("总投资60亿元，其中工业30亿元，商业20亿元，其他10亿元。", "utf-8")

    assert lantu("audit", str(file)).returncode == 0


def test_read_gives_one_record_a_line(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("“十五五”时期，工业总产值达到600亿元以上。", "utf-8")

    (line,) = lantu("read", str(file)).stdout.splitlines()

    record = json.loads(line)
    assert (record["id"], record["form"], record["value"], record["comparator"]) == (
        "c0001", "floor", 600, ">=",
    )  # fmt: skip
    assert file.read_text("utf-8")[record["start"] : record["end"]] == record["quote"]


def test_a_pipe_that_closes_early_is_no_error():
    command = f"{sys.executable} -m lantu status xinxiang-2021-2025 | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert "Traceback" not in done.stderr


def test_an_exported_plan_is_a_sound_folder_with_the_same_promises(home, tmp_path):
    lantu("plan", "export", "xinxiang-2021-2025", "-o", str(tmp_path / "out"), home=home)

    checked = lantu("plan", "check", str(tmp_path / "out"))
    changes = lantu("plan", "load", str(tmp_path / "out"), "--dry-run", home=home)

    assert checked.returncode == 0, checked.stderr
    assert changes.stdout == "out: 0 changes (trial)\n"


def test_a_plan_is_exported_as_the_records_that_reading_gives():
    lines = lantu("plan", "export", "xinxiang-2021-2025", "--format", "jsonl").stdout.splitlines()
    records = {record["id"]: record for record in map(json.loads, lines)}

    keys = (
        "id", "kind", "form", "tense", "subject", "metric", "comparator", "value", "low", "high",
        "unit", "base_value", "base_year", "target_year", "growth_pct", "nature", "scope",
        "project", "chapter", "section", "table", "start", "end", "quote", "confidence",
    )  # fmt: skip
    gdp, goal, words = records["t12-01"], records["b11-01-goal"], records["b11-21-result"]
    assert tuple(gdp)[: len(keys)] == keys
    assert (gdp["value"], gdp["unit"], gdp["base_value"], gdp["target_year"]) == (
        261,
        "亿元",
        133,
        2025,
    )
    assert (goal["kind"], goal["tense"], goal["value"], goal["target_year"]) == (
        "fact",
        "past",
        200,
        2020,
    )
    # A row of the former plan's table whose result is in words has no number to be a fact.
    assert (words["kind"], words["tense"], words["value"]) == ("task", "past", None)
    assert records["p-2-1-01"]["kind"] == "project"


@pytest.mark.parametrize("words", [("verify",), ("backup", "all.tar.gz")])
def test_a_home_without_a_database_is_said_in_one_line(tmp_path, words):
    done = lantu(*words, home=tmp_path)

    assert done.returncode == 1
    assert done.stderr == f"There is no database in {tmp_path} yet. Run `lantu setup` first.\n"


def test_a_plan_is_loaded_into_a_home_that_was_never_set_up(tmp_path):
    lantu("plan", "sample", str(tmp_path / "sample"))

    loaded = lantu("plan", "load", str(tmp_path / "sample"), home=tmp_path / "home")

    assert loaded.returncode == 0, loaded.stderr
    assert lantu("verify", home=tmp_path / "home").stdout.endswith("the chain is whole\n")


def test_a_backup_brings_everything_back(home, tmp_path):
    file, other = tmp_path / "b.tar.gz", tmp_path / "other"
    proof = home / "evidence" / "ab" / "ab12"
    proof.parent.mkdir(parents=True)
    proof.write_bytes(b"signed")
    assert lantu("backup", str(file), home=home).returncode == 0
    assert lantu("restore", str(file), home=home).returncode == 1  # not over what is here

    other.mkdir()
    restored = lantu("restore", str(file), home=other)

    assert restored.returncode == 0, restored.stderr
    assert (other / "evidence" / "ab" / "ab12").read_bytes() == b"signed"
    assert lantu("verify", home=other).stdout == lantu("verify", home=home).stdout


def test_verify_names_an_entry_that_somebody_changed(home, tmp_path):
    import shutil
    import sqlite3

    other = shutil.copytree(home, tmp_path / "tampered")
    with sqlite3.connect(other / "lantu.sqlite3") as database:
        database.execute("DROP TRIGGER access_ledgerentry_no_update")
        database.execute("UPDATE access_ledgerentry SET note = 'forged' WHERE number = 1")

    done = lantu("verify", home=other)

    assert done.returncode == 1
    assert "entry 1 was altered" in done.stderr


def test_an_import_that_is_killed_leaves_nothing_half_written(home, tmp_path):
    file = tmp_path / "many.csv"
    rows = [f"指标{n},青禾示范区,2021,{n},个,level" for n in range(30_000)]
    file.write_text("\n".join(["指标,主体,时期,数值,单位,类型", *rows]), encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}
    before, figures = lantu("verify", home=home).stdout, count(home)

    for delay in (1.0, 2.0, 3.0):
        process = subprocess.Popen(
            [sys.executable, "-m", "lantu", "facts", "import", str(file), "--zone", "qinghe"],
            cwd=ROOT, env={**kept, "LANTU_HOME": str(home)}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()

    counted = count(home)
    assert counted in (figures, figures + 30_000)
    if counted == figures:
        assert lantu("verify", home=home).stdout == before
    again = lantu("facts", "import", str(file), "--zone", "qinghe", "-q", home=home)
    assert again.returncode == 0
    assert count(home) == figures + 30_000


def count(home: Path) -> int:
    import sqlite3

    with sqlite3.connect(home / "lantu.sqlite3") as database:
        query = "SELECT count(*) FROM facts_observation o JOIN access_zone z ON z.id = o.zone_id"
        return int(database.execute(f"{query} WHERE z.slug = 'qinghe'").fetchone()[0])


def test_a_loaded_plan_is_judged_with_the_figures_that_were_imported(home, tmp_path):
    file = tmp_path / "new.csv"
    heads = "indicator,subject,period,value,unit,kind,known_on"
    file.write_text(f"{heads}\n孵化器,青禾示范区,2024,9,家,level,2025-01-01\n", encoding="utf-8")
    words = ("status", "qinghe-2021-2025", "--as-of", "2024-12-31", "--format", "json")

    def incubators() -> str:
        rows = json.loads(lantu(*words, home=home).stdout)["verdicts"]
        return next(row["state"] for row in rows if row["code"] == "incubators")

    before = incubators()
    lantu("facts", "import", str(file), "--zone", "qinghe", home=home)

    assert (before, incubators()) == ("no-data", "achieved-early")


def test_writers_at_the_same_time_lose_nothing(home, tmp_path):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LANTU_")}
    before, processes = count(home), []
    for writer in range(6):
        file = tmp_path / f"{writer}.csv"
        rows = [f"并发{writer}-{n},青禾示范区,2021,{n},个,level" for n in range(200)]
        file.write_text("\n".join(["指标,主体,时期,数值,单位,类型", *rows]), encoding="utf-8")
        words = [sys.executable, "-m", "lantu", "facts", "import", str(file), "--zone", "qinghe"]
        processes.append(
            subprocess.Popen(
                words, cwd=ROOT, env={**kept, "LANTU_HOME": str(home)}, stdout=subprocess.DEVNULL
            )
        )

    assert [process.wait() for process in processes] == [0] * 6
    assert count(home) == before + 1200
    assert "the chain is whole" in lantu("verify", home=home).stdout


def test_a_backup_does_not_tell_of_entries_that_came_while_it_was_written(home, tmp_path):
    (tmp_path / "there").mkdir()
    assert lantu("backup", str(tmp_path / "all.tar.gz"), home=home).returncode == 0
    with (home / "ledger.witness").open("a") as file:  # as if noted after the copy was taken
        file.write(f"999999 {'0' * 64}\n")
    (home / "evidence" / "aa").mkdir(parents=True, exist_ok=True)
    (home / "evidence" / "aa" / "half.part").write_bytes(b"being written")

    assert lantu("backup", str(tmp_path / "late.tar.gz"), home=home).returncode == 0
    assert lantu("restore", str(tmp_path / "late.tar.gz"), home=tmp_path / "there").returncode == 0

    assert lantu("verify", home=tmp_path / "there").returncode == 0
    assert not (tmp_path / "there" / "evidence" / "aa" / "half.part").exists()
    assert lantu("verify", home=home).returncode == 1  # the original itself is told of
