"""A recipe is written in one way, and takes nothing that the child could not do."""

from functools import reduce

import pytest

from app.core.errors import Invalid
from app.journey.imaging.mends.crop import crop_of
from app.journey.imaging.mends.recipe import MOST, extended
from tests.unit.words import assert_both_languages

LEFT, RIGHT = {"do": "turn", "degrees": 270}, {"do": "turn", "degrees": 90}
SQUARE, PAD, TRIM, FLATTEN = ({"do": name} for name in ("square", "pad", "trim", "flatten"))
HALF = {"do": "crop", "box": [0, 0, 5000, 10_000]}


@pytest.mark.parametrize(
    ("steps", "written"),
    [
        ([RIGHT, RIGHT], [{"do": "turn", "degrees": 180}]),
        ([RIGHT, LEFT], []),
        ([RIGHT] * 4, []),
        ([SQUARE, RIGHT, LEFT, PAD], [SQUARE]),
        ([TRIM, TRIM], [TRIM]),
        ([FLATTEN, RIGHT, FLATTEN], [FLATTEN, RIGHT]),
        ([{"do": "crop", "box": [0, 0, 10_000, 10_000]}], []),
        ([HALF, HALF], [HALF, HALF]),
        ([RIGHT, HALF, RIGHT], [RIGHT, HALF, RIGHT]),
        ([{"do": "pad", "of": "no matter"}], [PAD]),
    ],
)
def test_what_comes_to_the_same_is_written_in_one_way(steps, written) -> None:
    assert reduce(extended, steps, []) == written
    assert reduce(extended, written, []) == written


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"do": "explode"},
        {"do": ["turn"]},
        {"do": "turn"},
        {"do": "turn", "degrees": 45},
        {"do": "turn", "degrees": "90"},
        {"do": "crop"},
        {"do": "crop", "box": "0123"},
        {"do": "crop", "box": [0, 0, 5000]},
        {"do": "crop", "box": [0, 0, 5000.0, 5000]},
        {"do": "crop", "box": [False, 0, 5000, 5000]},
        {"do": "crop", "box": [-1, 0, 5000, 5000]},
        {"do": "crop", "box": [0, 0, 10_001, 5000]},
        {"do": "crop", "box": [5000, 0, 5000, 5000]},
        {"do": "crop", "box": [6000, 0, 5000, 5000]},
    ],
)
def test_what_is_no_step_is_refused_in_words(step) -> None:
    with pytest.raises(Invalid) as refused:
        extended([], step)
    assert refused.value.path
    assert_both_languages(refused.value.said)


def test_there_is_an_end_to_it() -> None:
    full = reduce(extended, [HALF] * MOST, [])
    with pytest.raises(Invalid, match="too-many-mends"):
        extended(full, HALF)
    assert extended([*full[:-1], RIGHT], RIGHT)[-1]["degrees"] == 180, "it is no step more"


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        (("10", "20", "30", "40"), [1000, 2000, 4000, 6000]),
        (("12.5", "0,25", "50 %", "99.75%"), [1250, 25, 6250, 10_000]),
        (("0", "0", "100", "100"), [0, 0, 10_000, 10_000]),
    ],
)
def test_a_crop_is_read_from_per_cents(typed, box) -> None:
    asked = crop_of(dict(zip(("left", "top", "width", "height"), typed, strict=True)))
    assert asked.box == box and not asked.wrong


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (("nan", "0", "150", "50"), {"left", "width"}),
        (("inf", "-1", "1e2", ""), {"left", "top", "width", "height"}),
        (("0", "0", "0", "50"), {"width"}),
        (("60", "0", "50", "50"), {"width"}),
        (("0", "100", "50", "50"), {"top"}),
        (("0", "0", "101", "٣"), {"width", "height"}),
    ],
)
def test_what_does_not_fit_is_told_by_field_and_kept(typed, wrong) -> None:
    form = dict(zip(("left", "top", "width", "height"), typed, strict=True))
    asked = crop_of(form)
    assert asked.wrong.keys() == wrong and asked.typed == form and not asked.box
    for each in asked.wrong.values():
        assert_both_languages(each.words)
