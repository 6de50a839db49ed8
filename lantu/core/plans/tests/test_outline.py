"""The outline of a zone in a plan folder: read whole, refused by line, asked what lies in it."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.core.plans import outline
from lantu.core.plans.faults import Faults
from lantu.core.plans.folder import fingerprint
from lantu.core.plans.outline import Shape, geometry, holds, part_of, restored, stored, written

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]


def feature(code="zone", kind="zone", rings=(SQUARE,), **more):
    told = {"code": code, "kind": kind, "zh": "区", "en": "Zone", **more}
    drawn = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": told, "geometry": drawn}


@pytest.fixture
def read(tmp_path):
    def found(*features):
        path, faults = tmp_path / outline.FILE, Faults()
        text = json.dumps({"type": "FeatureCollection", "features": list(features)}, indent=1)
        path.write_text(text, encoding="utf-8")
        return outline.read(path, "p/outline.geojson", faults), faults.found

    return found


def point(x, y):
    return Decimal(str(x)), Decimal(str(y))


def test_a_folder_without_the_file_has_no_outline(tmp_path):
    assert outline.read(tmp_path / "none.geojson", "none", Faults()) == ()


def test_a_point_in_a_hole_lies_outside(read):
    ((shape,), faults) = read(feature(rings=(SQUARE, HOLE)))

    assert not faults
    assert holds(shape, point(1, 5)) and not holds(shape, point(5, 5))
    assert not holds(shape, point(11, 5))


def test_a_zone_of_two_pieces_holds_what_lies_in_either(read):
    other = [[[x + 20, y] for x, y in SQUARE]]
    two = feature()
    two["geometry"] = {"type": "MultiPolygon", "coordinates": [[SQUARE], other]}
    ((shape,), _) = read(two)

    assert holds(shape, point(5, 5)) and holds(shape, point(25, 5))
    assert not holds(shape, point(15, 5))


def test_a_project_lies_in_a_part_and_never_in_the_zone_as_a_part(read):
    shapes, _ = read(feature(), feature("east", "part", [HOLE]))

    assert part_of(shapes, point(5, 5)).code == "east"
    assert part_of(shapes, point(1, 1)) is None


@given(st.integers(1, 999), st.integers(1, 999), st.booleans())
def test_which_way_round_a_border_runs_makes_no_difference(x, y, turned):
    ring = tuple(point(*one) for one in (SQUARE[::-1] if turned else SQUARE))
    shape = Shape("a", "part", {}, ((ring,),))

    assert holds(shape, (Decimal(x) / 100, Decimal(y) / 100))
    assert not holds(shape, (Decimal(x) / -100, Decimal(y) / 100))


def test_no_digit_is_lost_on_the_way_through_a_database_or_out_again(read):
    ring = [[114.0512345, 35.3], [114.1, 35.3], [114.1, 35.4], [114.0512345, 35.3]]
    ((shape,), _) = read(feature(rings=[ring], since="2021-01-01", source="x"))

    assert restored(json.loads(json.dumps(stored(shape)))) == shape.polygons
    assert geometry(shape)["coordinates"] == [ring]
    assert read(*written([shape])["features"])[0][0].polygons == shape.polygons


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([feature(rings=[SQUARE[:-1]])], "The border is not closed."),
        ([feature(rings=[[[200, 0], *SQUARE[1:]]])], "This is no point."),
        ([feature(kind="road")], "'road' is no kind of outline."),
        ([feature(), feature("b")], "More than one outline is of kind `zone`."),
        ([feature(), feature(kind="part")], "The code zone is used twice."),
        ([{**feature(), "geometry": {"type": "Point", "coordinates": [1, 2]}}], "encloses nothing"),
        ([feature(rings=[[[0, 0]] * 5_001])], "The outlines have 5,001 points; 5,000 is the most."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(read, features, said):
    _, (fault, *_) = read(*features)

    assert said in fault.what
    assert fault.where.startswith("p/outline.geojson")


def test_a_moved_border_changes_the_fingerprint_of_the_folder(tmp_path):
    before = fingerprint(tmp_path)
    (tmp_path / outline.FILE).write_text("{}", encoding="utf-8")

    assert fingerprint(tmp_path) != before
