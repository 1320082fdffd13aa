"""Comparing what people type with what categories are called."""

import pytest

from app.taxonomy.search import Entry, Index, normalise

INDEX = Index(
    [
        Entry("earphones", ("무선 이어폰", "Wireless earphones", "earbuds"), ("오디오", "Audio")),
        Entry("cases", ("이어폰 케이스", "Earphone cases"), ("오디오", "Audio")),
        Entry("shoes", ("러닝화", "Running shoes"), ("신발", "Shoes")),
        Entry("mugs", ("머그컵", "Mugs", "커피잔"), ("주방", "Kitchen")),
        Entry("rugs", ("러그", "Rugs"), ("가구", "Furniture")),
        Entry("creme", ("크렘 브륄레", "Crème brûlée"), ("식품", "Food")),
    ]
)


def found(text: str) -> list[str]:
    return [match.code for match in INDEX.find(text, 5)]


def test_blanks_case_accents_and_punctuation_do_not_matter() -> None:
    assert normalise("무선 이어폰") == normalise("무선이어폰")
    assert normalise("T-Shirts") == normalise("t shirts") == "tshirts"
    assert normalise("ＵＳＢ") == "usb"
    assert found("creme brulee")[0] == found("CRÈME-BRÛLÉE")[0] == "creme"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("무선이어폰", "earphones"),
        ("무선 이어ㅍ", "earphones"),  # half typed
        ("무선 이아폰", "earphones"),  # one key beside
        ("무선 ㅣㅇ어폰", "earphones"),  # two keys changed places
        ("wirless earphone", "earphones"),
        ("earbud", "earphones"),
        ("이어폰 무선", "earphones"),  # another order
        ("shoes running", "shoes"),
        ("shoes runing", "shoes"),  # another order, and a slip
        ("케이스", "cases"),
        ("커피 잔", "mugs"),
        ("주방 머그", "mugs"),  # with what stands above it
        ("kitchen", "mugs"),
    ],
)
def test_what_people_type_finds_what_they_mean(text: str, first: str) -> None:
    assert found(text)[:1] == [first]


def test_a_whole_name_comes_before_one_that_has_it_inside() -> None:
    assert INDEX.find("러그", 5)[0].score == 1.0
    assert found("이어폰")[0] == "cases"  # begins with it; the other has it inside
    assert set(found("이어폰")) == {"cases", "earphones"}


def test_the_term_that_answered_is_told() -> None:
    assert INDEX.find("earbuds", 1)[0].term == "earbuds"
    assert INDEX.find("오디오", 1)[0].term == ""


@pytest.mark.parametrize("text", ["", "   ", "!!!", "zzqqxx", "\n", "'; DROP TABLE category; --"])
def test_what_means_nothing_finds_nothing(text: str) -> None:
    assert found(text) == []
