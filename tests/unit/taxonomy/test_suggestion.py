"""From the words of a product name to its category, with how sure that is."""

from app.taxonomy.suggestion import SURE, Seen, guess, words_of


def seen(word: str, category: str, listings: int, learnt: int = 20, named: bool = False) -> Seen:
    return Seen(word, category, listings, named, learnt)


def test_korean_compounds_are_found_by_their_parts() -> None:
    assert {"이어폰", "이어", "어폰", "무선"} <= words_of("무선 이어폰")
    assert words_of("무선이어폰") & words_of("무선 이어폰")


def test_bare_numbers_say_nothing() -> None:
    assert words_of("iPhone 13 128GB") == {"iphone", "128gb"}


def test_words_of_one_category_make_sure() -> None:
    rows = [seen("earbuds", "earphones", 18), seen("wireless", "earphones", 15)]
    rows += [seen("wireless", "mice", 12)]
    first, second = guess("Wireless earbuds", rows, listings=200, categories=10)
    assert first.category == "earphones"
    assert first.sure > 0.9 > SURE > second.sure
    assert first.words == ("earbuds", "wireless")
    assert first.listings == 18


def test_a_word_at_home_everywhere_is_not_enough() -> None:
    rows = [seen("black", f"c{n}", 5) for n in range(10)]
    assert guess("black", rows, listings=200, categories=10)[0].sure < SURE


def test_unknown_words_suggest_nothing() -> None:
    assert guess("qwertz", [], listings=200, categories=10) == []


def test_before_anything_is_learnt_the_names_speak() -> None:
    rows = [seen("이어폰", "earphones", 0, learnt=0, named=True)]
    first = guess("이어폰", rows, listings=0, categories=60)[0]
    assert first.category == "earphones"
    assert first.sure > SURE
    assert first.listings == 0


def test_the_parts_of_a_word_are_not_named_beside_it() -> None:
    rows = [seen(word, "earphones", 9) for word in ("이어폰", "이어", "어폰")]
    assert guess("이어폰", rows, 50, 5)[0].words == ("이어폰",)


def test_a_chance_likeness_in_an_unknown_name_is_not_enough() -> None:
    rows = [seen("쿠스", "speakers", 0, learnt=0, named=True)]
    assert guess("크라쿠스 티엠", rows, 0, 90)[0].sure < SURE
