"""Commands that read, publish and report: folders, versions, copies, papers."""

import json

from tests.commands import lantu

PROMISE = "“十四五”规划\n\n到2025年，城镇化率达到{value}%。\n"


def test_a_folder_is_read_whole_and_what_is_refused_is_named(tmp_path):
    folder, out = tmp_path / "plans", tmp_path / "out"
    (folder / "deep").mkdir(parents=True)
    for place, name in enumerate(("a.txt", "b.md", "deep/c.txt")):
        (folder / name).write_text(PROMISE.format(value=60 + place), encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")

    done = lantu("read", str(folder), "-o", str(out))

    assert done.returncode == 1
    assert done.stdout.startswith("3 read, 1 refused, 3 proposals")
    assert done.stderr.startswith("scan.pdf: ")
    written = sorted(path.name for path in out.iterdir())
    assert written == ["a.txt.jsonl", "b.md.jsonl", "deep__c.txt.jsonl"]


def test_a_folder_without_documents_or_without_a_place_is_refused(tmp_path):
    assert "There is no document" in lantu("read", str(tmp_path), "-o", str(tmp_path)).stderr
    assert "Name a folder for it" in lantu("read", str(tmp_path)).stderr


def test_a_report_is_written_and_its_numbers_are_checked(home, tmp_path):
    file = tmp_path / "r.docx"
    words = ("report", "midterm", "qinghe-2021-2025", "--period", "2023", "-o", str(file))

    assert lantu(*words, home=home).returncode == 0
    assert lantu(*words, "--check", home=home).stdout == "0 numbers are in no snapshot\n"
    assert "No report is written as '.xls'" in lantu(*words[:-1], "r.xls", home=home).stderr


def test_a_clerk_is_given_a_department_that_the_plan_knows(home):
    lantu("users", "add", "ann", home=home, LANTU_PASSWORD="a-long-enough-secret")
    role = ("--zone", "qinghe", "--role", "clerk", "--department")

    refused = lantu("users", "grant", "ann", *role, "moon", home=home)
    taken = lantu("users", "grant", "ann", *role, "industry", home=home)

    assert "The plan knows no department moon" in refused.stderr
    assert taken.returncode == 0
    assert "ann\tqinghe\tclerk\tindustry" in lantu("users", "list", home=home).stdout


def test_what_was_made_up_for_the_shipped_sample_comes_into_no_other_invented_zone(home):
    assert (
        lantu("zones", "add", "caiyun", "彩云区", "Caiyun", "--invented", home=home).returncode == 0
    )
    before = lantu("verify", home=home).stdout

    assert lantu("setup", home=home).returncode == 0

    assert lantu("verify", home=home).stdout == before  # not one act


def test_an_empty_zone_is_made_once(home):
    words = ("zones", "add", "nanhu", "南湖区", "Nanhu")

    made, again = lantu(*words, home=home), lantu(*words, home=home)
    bad = lantu("zones", "add", "Nan Hu", "南湖区", "Nanhu", home=home)

    assert "lantu users grant NAME --zone nanhu" in made.stdout
    assert "There is already a zone nanhu" in again.stderr
    assert "'Nan Hu' is no short name" in bad.stderr
    assert "nanhu\t南湖区\tNanhu" in lantu("zones", "list", home=home).stdout


def test_two_versions_are_compared(tmp_path):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(PROMISE.format(value=60), encoding="utf-8")
    new.write_text(PROMISE.format(value=65), encoding="utf-8")

    same = lantu("read", str(old), "--against", str(old))
    done = lantu("read", str(new), "--against", str(old))

    assert (same.returncode, same.stdout) == (0, "")
    assert done.returncode == 1
    (change,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (change["act"], change["fields"], change["new"]["value"]) == ("changed", ["value"], 65)
    assert done.stderr.strip() == "0 added, 0 removed, 1 changed"
