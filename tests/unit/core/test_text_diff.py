"""What changed within a text is told, what stayed the same is cut short."""

from time import process_time

from app.core.text_diff import MOST_WORDS, entries, pieces


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


def test_of_a_korean_word_the_syllables_that_differ_are_told() -> None:
    assert pieces("서울에서 판매합니다.", "서울에서 판매했습니다.") == [
        ("same", "서울에서 판매"),
        ("del", "합"),
        ("ins", "했습"),
        ("same", "니다."),
    ]
    assert pieces("USB-C형", "USB-A형") == [("del", "USB-C"), ("ins", "USB-A"), ("same", "형")]


def test_words_that_changed_side_by_side_are_one_change() -> None:
    assert pieces("a red cup here", "a blue mug here") == [
        ("same", "a "),
        ("del", "red cup"),
        ("ins", "blue mug"),
        ("same", " here"),
    ]


def test_a_cut_keeps_whole_words() -> None:
    same = "".join(f"word{n} " for n in range(100))
    [(_, head), *_] = [piece for piece in pieces(f"{same}x", f"{same}y") if piece[0] == "same"]
    assert head.startswith("…word")


def test_in_a_long_text_the_sentences_that_differ_are_told_by_words() -> None:
    lines = [f"Sentence {n} of a long text that says what it is.\n" for n in range(400)]
    other = list(lines)
    other[7] = "Sentence 7 of a short text that says what it is.\n"
    other[390] = "Sentence 390 of a long book that says what it is.\n"
    told = [piece for piece in pieces("".join(lines), "".join(other)) if piece[0] != "same"]
    assert told == [("del", "long"), ("ins", "short"), ("del", "text"), ("ins", "book")]


def test_twenty_thousand_characters_are_compared_in_a_moment() -> None:
    """However they differ: every few words another, and no two of them common."""
    old = "".join(f"w{n % 997} {'.' if n % 9 == 0 else ''}" for n in range(4000))
    new = "".join(f"w{n % 991} {'.' if n % 7 == 0 else ''}" for n in range(4000))
    began = process_time()
    told = pieces(old, new)
    assert process_time() - began < 5
    assert {op for op, _ in told} >= {"del", "ins"}


def test_of_a_list_the_entries_that_differ_are_told() -> None:
    assert entries(["red", "blue", "green"], ["red", "teal", "green"]) == [
        ("same", "red"),
        ("del", "blue"),
        ("ins", "teal"),
        ("same", "green"),
    ]
