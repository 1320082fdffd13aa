"""What changed within a text is told, what stayed the same is cut short."""

from app.core.text_diff import MOST_WORDS, pieces


def test_only_the_words_that_differ_are_told() -> None:
    assert pieces("a red cup of tea", "a blue cup of tea") == [
        ("same", "a "),
        ("del", "red"),
        ("ins", "blue"),
        ("same", " cup of tea"),
    ]


def test_together_they_make_both_texts() -> None:
    old, new = "한 줄\n두 줄\n세 줄", "한 줄\n두 번째 줄\n세 줄 끝"
    told = pieces(old, new)
    assert "".join(text for op, text in told if op != "ins") == old
    assert "".join(text for op, text in told if op != "del") == new


def test_long_stretches_of_the_same_are_cut() -> None:
    same = "".join(f"word{n} " for n in range(100))
    told = pieces(f"first {same}middle {same}last", f"one {same}centre {same}end")
    kept = [text for op, text in told if op == "same"]
    assert len(kept) == 2 and all("…" in text and len(text) <= 81 for text in kept)


def test_a_text_that_was_rewritten_is_told_in_two_pieces() -> None:
    old, new = (" ".join(f"{word}{n}" for n in range(900)) for word in ("red", "blue"))
    assert pieces(old, new) == [("del", old), ("ins", new)]


def test_what_would_take_long_to_compare_is_told_whole() -> None:
    old, new = "a " * MOST_WORDS, "b " * MOST_WORDS
    assert pieces(old, new) == [("del", old), ("ins", new)]
