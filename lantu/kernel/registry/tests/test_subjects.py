"""Subjects are found by the name that sources print, once in a zone."""

from lantu.kernel.registry.actions import ensure_subjects
from lantu.kernel.registry.queries import subjects


def test_a_name_that_is_known_is_not_made_again(qinghe):
    first = ensure_subjects(qinghe, ["甲公司", "乙公司"])

    again = ensure_subjects(qinghe, ["甲公司"])

    assert again["甲公司"].pk == first["甲公司"].pk
    assert {"甲公司", "乙公司"} <= set(subjects(qinghe))


def test_the_same_name_in_two_zones_is_two_subjects(qinghe, xinxiang):
    here = ensure_subjects(qinghe, ["甲公司"])["甲公司"]
    there = ensure_subjects(xinxiang, ["甲公司"])["甲公司"]

    assert here.pk != there.pk
    assert here.zone == qinghe
