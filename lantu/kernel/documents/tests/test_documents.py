"""A paper is known by its title and checksum; its text is not kept."""

from dataclasses import replace
from datetime import date

from lantu.core.plans.records import Paper
from lantu.kernel.documents.actions import register
from lantu.kernel.documents.models import Document
from lantu.kernel.documents.queries import documents

PAPER = Paper("一份文件", "虚构〔2021〕2号", date(2021, 5, 1), "a" * 64, 100)


def test_a_paper_is_registered_once(qinghe):
    assert register(qinghe, PAPER).pk == register(qinghe, PAPER).pk


def test_another_text_under_the_same_title_is_another_paper(qinghe):
    other = Paper("一份文件", "虚构〔2021〕2号", date(2021, 5, 1), "b" * 64, 101)

    assert register(qinghe, PAPER).pk != register(qinghe, other).pk


def test_the_newest_paper_comes_first(qinghe):
    register(qinghe, replace(PAPER, issued=date(2026, 5, 1)))

    assert documents(qinghe)[0].title == "一份文件"


def test_no_text_is_kept():
    assert "text" not in {field.name for field in Document._meta.get_fields()}
