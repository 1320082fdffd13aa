"""A document given, refused, taken out and had back; with script and without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW
from tests.browser.steps import look, new_draft, put, saved
from tests.factories.documents import PDF

NAME = "name.en"


def _choose(page: Page, file: Path) -> None:
    page.locator("#f-documents-msds-file").set_input_files(file)
    if not page.script:  # type: ignore[attr-defined]
        page.locator("#f-documents-msds .pictures-submit").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_document_from_refusal_to_removal(
    sign_in: Callable[..., Page], tmp_path: Path, script: bool
) -> None:
    wrong, right = tmp_path / "sheet.pdf", tmp_path / "msds.pdf"
    wrong.write_bytes(b"<!doctype html><script>alert(1)</script>")
    right.write_bytes(PDF)
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
    assert Path(got.value.path()).read_bytes() == PDF

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
