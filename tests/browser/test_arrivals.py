"""Pictures arrive by paste, by ZIP and over lines that break; one bad file stops no other."""

import io
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import goods, steps

SELLER = "owner@baum.example"
EN = {"language": "en"}
# What a browser hands over when a picture, or cells of a spreadsheet, were copied.
PASTE = """async ([width, text]) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = width;
    canvas.getContext("2d").fillRect(0, 0, width / 2, width);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], "image.png", { type: "image/png" }));
    if (text) clipboardData.items.add(text, "text/plain");
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.body.dispatchEvent(paste);
    return paste.defaultPrevented;
}"""


def packed(*files: FilePayload) -> FilePayload:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in files:
            archive.writestr(file["name"], file["buffer"])
    return {"name": "shop.zip", "mimeType": "application/zip", "buffer": buffer.getvalue()}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_zip_with_one_bad_file_among_them(sign_in: Callable[..., Page], script: bool) -> None:
    page = sign_in(SELLER, script=script, **EN)
    steps.new_draft(page)
    bad: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"not me"}
    sent = packed(goods.drawn("front.jpg", 700, 700), bad, goods.drawn("side.jpg", 710, 710))
    page.set_input_files("#pictures-file", [sent])
    if not script:
        page.click(".pictures-submit")
    steps.wait_for_tiles(page, ["front.jpg", "side.jpg"], script)
    arrival = page.locator(".arrival")
    expect(arrival).to_contain_text("2 of 3 files are pictures now")
    expect(arrival.locator(".arrival-group", has_text="notes.txt")).to_contain_text("JPEG, PNG")
    if script:
        steps.look(page, "zip-with-one-bad-file")
    arrival.get_by_role("button", name="Clear away").click()
    expect(arrival).to_have_count(0)
    expect(steps.tile(page, "front.jpg")).to_be_visible()


def test_a_pasted_picture_goes_up_and_pasted_cells_do_not(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    assert not page.evaluate(PASTE, [600, "1\t2"])
    assert page.evaluate(PASTE, [600, ""])
    steps.wait_for_tiles(page, ["pasted-1.png"], script=True)
    expect(page.locator(".tiles > .tile")).to_have_count(1)


def test_what_a_broken_line_lost_goes_again_and_what_was_cancelled_does_not(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    arriving = page.locator("#pictures-arriving .tile")
    page.context.set_offline(True)
    names = ["front.jpg", "back.jpg", "side.jpg"]
    page.set_input_files("#pictures-file", [goods.drawn(n, 700 + len(n), 700) for n in names])
    expect(arriving).to_have_count(3)
    back = arriving.filter(has_text="back.jpg")
    back.get_by_role("button", name="Cancel").click()
    expect(arriving).to_have_count(2)
    page.context.set_offline(False)
    steps.wait_for_tiles(page, ["front.jpg", "side.jpg"], script=True)
    expect(arriving).to_have_count(0)
    expect(page.locator(".tiles > .tile")).to_have_count(2)


def test_what_the_server_could_not_take_is_tried_again_by_hand(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    page.route("**/pictures", lambda route: route.fulfill(status=503, body=""), times=1)
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    tile = page.locator("#pictures-arriving .tile")
    expect(tile.get_by_role("alert")).to_contain_text("front.jpg: not taken in")
    tile.get_by_role("button", name="Try again").click()
    steps.wait_for_tiles(page, ["front.jpg"], script=True)
    expect(tile).to_have_count(0)
