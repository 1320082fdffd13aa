"""Choosing a category, and moving a draft to another one with open eyes."""

from tests.factories import listings as made
from tests.factories.pages import fields_of


def test_a_suggestion_says_how_sure_and_why(client, session) -> None:
    made.categories()
    page = client.get("/listings/new?q=Harbour wireless earphones, white").text
    assert "Wireless earphones" in page
    assert "% sure" in page
    assert "“earphones”, “wireless” names this category" in page


def test_a_name_that_says_nothing_sure_is_said_to(client, session) -> None:
    made.categories()
    page = client.get("/listings/new?q=juice shirt").text
    assert "Not sure from this name" in page
    assert "% sure" not in page


def test_a_category_called_by_its_name_needs_no_suggestion(client, session) -> None:
    made.categories()
    page = client.get("/listings/new?q=mugs").text
    assert "% sure" not in page
    assert page.count('name="category"') >= 1


def test_before_a_move_it_is_told_what_fits(client, session, seller) -> None:
    listing = made.draft(seller, category="mugs")
    where = f"/listings/{listing.id}/category"
    move = client.get(f"{where}?to=fruit-juice")
    assert move.status_code == 200
    kept, dropped, asked = _groups(move.text)
    assert "Volume" in kept
    assert "Material" in dropped
    assert "Fruit" in asked
    assert listing.category_code == "mugs"
    answer = client.post(where, data=fields_of(move.text, action=where))
    assert answer.status_code == 303
    assert listing.category_code == "fruit-juice"


def _groups(page: str) -> list[str]:
    """The page's text between its headings: kept, not asked for there, to be answered."""
    main = page[page.index("<main") :]
    cuts = [main.index(">" + head) for head in ("Kept ", "Not asked for", "To be answered")]
    return [main[a:b] for a, b in zip(cuts, [*cuts[1:], len(main)], strict=True)]


def test_a_move_to_nowhere_is_not_found(client, session, seller) -> None:
    listing = made.draft(seller, category="mugs")
    assert client.get(f"/listings/{listing.id}/category?to=no-such").status_code == 404
    assert client.get(f"/listings/{listing.id}/category?to=%00").status_code == 200
