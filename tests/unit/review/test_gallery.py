"""Pictures of two versions side by side: what went, what came, and only what really moved."""

from app.journey.review.comparing.gallery import gallery


def told(old: list[int], new: list[int]) -> tuple[list[str], list[str]]:
    both = gallery(old, new)
    assert both is not None
    return [one.what for one in both.old], [one.what for one in both.new]


def test_what_stays_in_its_place_is_nothing_to_see() -> None:
    assert gallery([1, 2], [1, 2]) is None
    assert gallery([], []) is None


def test_a_picture_in_anothers_place_is_both_gone_and_new() -> None:
    assert told([1, 2, 3], [1, 9, 3]) == (["same", "gone", "same"], ["same", "new", "same"])


def test_the_one_put_first_has_moved_and_no_other() -> None:
    assert told([1, 2, 3, 4], [4, 1, 2, 3]) == (
        ["same", "same", "same", "moved"],
        ["moved", "same", "same", "same"],
    )


def test_places_are_those_of_the_whole_versions() -> None:
    both = gallery([1, 2, 3], [3, 9])
    assert both is not None and both.count == 3
    assert [(one.place, one.other) for one in both.new] == [(1, 3), (2, None)]
