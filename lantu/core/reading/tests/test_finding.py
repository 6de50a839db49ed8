"""Words are found where they stand, over line breaks and blanks."""

from lantu.core.reading.finding import blank, places

TEXT = "第一章 目标\n\n完善社会\n保障体系。提高 质量。\n\n第二章 民生\n\n提高质量。\n"


def test_words_are_found_over_a_line_break():
    ((start, end),) = places(TEXT, "社会保障体系")

    assert TEXT[start:end] == "社会\n保障体系"


def test_every_place_is_given():
    assert [TEXT[start:end] for start, end in places(TEXT, " 提高质量 ")] == [
        "提高 质量",
        "提高质量",
    ]


def test_what_is_not_there_and_what_is_blank_have_no_place():
    assert places(TEXT, "没有的话") == places(TEXT, " \n ") == []


def test_a_blank_record_knows_its_chapter():
    start, end = places(TEXT, "提高质量")[1]

    found = blank(TEXT, start, end)

    assert (found.chapter, found.metric, found.kind) == ("第二章 民生", "提高质量", "task")
