"""A window shows the places and little else, and loses no letter of what it shows."""

from lantu.core.reading.window import Spot, window

TEXT = "第一行\n" + "甲" * 50 + "\n" + "乙" * 5000 + "\n" + "丙" * 50 + "\n"


def test_without_a_place_there_is_no_window():
    assert window(TEXT, []) == []


def test_what_lies_between_distant_places_is_left_out_and_counted():
    first, second = window(TEXT, [Spot(1, 10, 20), Spot(2, 5060, 5070)])

    assert second.skipped == second.start - first.end > 3000


def test_the_pieces_together_are_the_text():
    for one in window(TEXT, [Spot(1, 10, 20), Spot(2, 15, 30), Spot(3, 5060, 5070)]):
        assert "".join(piece.text for piece in one.pieces) == TEXT[one.start : one.end]


def test_a_place_inside_another_keeps_its_own_mark():
    (found,) = window(TEXT, [Spot(1, 10, 30), Spot(2, 15, 20)])

    marked = [(piece.key, len(piece.text), piece.opens) for piece in found.pieces if piece.key]
    assert marked == [(1, 5, (1,)), (2, 5, (2,)), (1, 10, ())]


def test_places_that_begin_together_are_both_opened_there():
    (found,) = window(TEXT, [Spot(1, 10, 30), Spot(2, 10, 20)])

    assert [piece.opens for piece in found.pieces if piece.opens] == [(1, 2)]


def test_a_long_line_does_not_make_a_long_window():
    text = "长" * 200_000

    (found,) = window(text, [Spot(1, 100_000, 100_010)])

    assert found.end - found.start < 1000
