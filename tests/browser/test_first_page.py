"""The installation answers a browser, in both languages, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_first_page_speaks_the_browsers_language(
    visit: Callable[..., Page], language: str, script: bool
) -> None:
    page = visit("/", language=language, script=script)
    assert page.locator("html").get_attribute("lang") == language
    assert page.faults == []  # type: ignore[attr-defined]
