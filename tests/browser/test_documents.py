"""A document given, refused, taken out and had back; with script and without."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW
from tests.browser.steps import look, new_draft, put, saved
from tests.factories import pdfs

NAME = "name.en"


def _choose(page: Page, file: Path) -> None:
    page.locator("#f-documents-msds-file").set_input_files(file)
    if not page.script:  # type: ignore[attr-defined]
        page.locator("#f-documents-msds .pictures-submit").click()


def _read(page: Page, document: Locator) -> None:
    """The seller sees the pages as a reviewer will: in place, or without script on a page."""
    here, script = page.url, page.script  # type: ignore[attr-defined]
    document.get_by_role("link", name="View pages").click()
    place = page.locator("#zoom" if script else "main")
    expect(place.get_by_role("img", name="msds.pdf: Page 1 of 2")).to_be_visible()
    look(page, "document-read")
    place.get_by_role("link", name="Next").click()
    expect(place.get_by_role("img", name="msds.pdf: Page 2 of 2")).to_be_visible()
    if script:
        page.keyboard.press("Escape")
        expect(document.get_by_role("link", name="View pages")).to_be_focused()
    else:
        page.locator(".bar-back").click()
    expect(page).to_have_url(re.compile(re.escape(here.partition("#")[0])))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_document_from_refusal_to_removal(
    sign_in: Callable[..., Page], tmp_path: Path, script: bool
) -> None:
    wrong, right = tmp_path / "sheet.pdf", tmp_path / "msds.pdf"
    wrong.write_bytes(b"<!doctype html><script>alert(1)</script>")
    right.write_bytes(pdfs.pages(2))
    page = sign_in("owner@baum.example", language="en", script=script)
    new_draft(page, "butane", "butane-canisters")
    document = page.locator("#f-documents-msds")
    undone = page.locator("#todo a[href='#f-documents-msds']")
    expect(undone).to_be_visible()
    if script:
        put(page, NAME, "Canister 220 g")
        saved(page)

    _choose(page, wrong)
    refusal = document.locator("[data-code=document-type]")
    expect(refusal).to_contain_text("sheet.pdf: what is in it is HTML.")
    expect(page.locator("#f-documents-msds-file")).to_have_attribute("aria-invalid", "true")
    if script:
        expect(page.locator(f'[name="{NAME}"]')).to_have_value("Canister 220 g")
        look(page, "document-refused")

    _choose(page, right)
    expect(document).to_contain_text("msds.pdf")
    expect(refusal).to_have_count(0)
    expect(undone).to_have_count(0)
    look(page, "document-given")
    with page.expect_download() as got:
        document.get_by_role("link", name="Open").click()
    assert got.value.suggested_filename == "msds.pdf"
    assert Path(got.value.path()).read_bytes() == pdfs.pages(2)

    _read(page, document)

    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    remove = document.get_by_role("button", name="Remove")
    remove.focus()
    page.keyboard.press("Enter")
    expect(document).not_to_contain_text("msds.pdf")
    expect(undone).to_have_count(1)
    if script:
        expect(page.locator("#f-documents-msds-file")).to_be_focused()
    page.locator(".pagebar button[formaction$='/draft/undo']").click()
    expect(document).to_contain_text("msds.pdf")
