"""The whole story in Korean, with JavaScript: from signing up to a recalled item."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import goods, steps
from tests.stack import Stack

PASSWORD = "네 낱말로 된 비밀번호 2026"
NOTE = "사진과 소재만 고치면 됩니다."


def test_a_product_goes_from_sign_up_to_recall(
    visit: Callable[..., Page], sign_in: Callable[..., Page], stack: Stack
) -> None:
    tee = goods.t_shirt(goods.mark())
    name = str(tee.answers["name.ko"])
    seller = visit("/")
    listing = _write_the_draft(seller, tee)

    reviewer = sign_in("reviewer@onshelf.example")
    _ask_for_changes(reviewer, name)
    _mend(seller, listing)
    _approve(reviewer, name)

    product = _handed_over(seller, listing)
    shopper = visit(product)
    _order_and_cancel(shopper, seller, listing)
    _change_the_offer(seller, listing, shopper)
    _recall(seller, listing, shopper)
    _timeline(seller, listing)
    _nobody_elses(sign_in("owner@baum.example"), listing)


def _write_the_draft(page: Page, tee: goods.Goods) -> str:
    steps.sign_up(
        page, f"{goods.mark()}@haru.example", "하루상점", goods.business_number(), PASSWORD
    )
    steps.start_listing(page, tee, script=True)
    steps.look(page, "draft-empty")
    draft = page.url
    expect(page.get_by_role("button", name="저장", exact=True)).to_have_count(0)
    steps.fill_in(page, tee, "size", script=True)
    photographs = goods.photographs(tee.samples)
    page.set_input_files("#pictures-file", [*photographs, goods.too_small()])
    names = [each["name"] for each in photographs]
    steps.wait_for_tiles(page, [*names, "too-small.jpg"], script=True)
    expect(steps.tile(page, "too-small.jpg")).to_contain_text("320px")
    expect(steps.tile(page, names[0])).to_contain_text("사용 가능")
    steps.answers_stand(page, tee.answers)
    expect(steps.missing(page)).to_have_text("1")
    steps.look(page, "draft")
    steps.tile(page, "too-small.jpg").get_by_role("button", name="빼기").click()
    expect(steps.tile(page, "too-small.jpg")).to_have_count(0)
    expect(steps.missing(page)).to_have_text("0")
    page.get_by_role("link", name="미리 보기").click()
    steps.look(page, "preview")
    page.goto(draft)
    steps.submit(page)
    expect(page.locator("h1")).to_have_text(str(tee.answers["name.ko"]))
    expect(page.locator(".pagebar")).to_contain_text("심사 대기")
    steps.look(page, "listing-submitted")
    return page.url


def _ask_for_changes(page: Page, name: str) -> None:
    page.goto("/review")
    steps.look(page, "queue")
    steps.claim(page, name)
    picture = page.locator("[data-shot]").last.get_attribute("data-path") or ""
    steps.pin(page, "attributes.material", "attribute-wrong", "혼용률을 확인하세요")
    steps.pin(page, picture, "picture-text")
    page.fill("#note", NOTE)
    steps.look(page, "case")
    steps.decide(page, "request-changes")
    expect(page.locator("[data-held]")).to_contain_text("수정 요청")


def _mend(page: Page, listing: str) -> None:
    again = page.locator("form[action$='/revision'] button")
    page.goto(listing)
    steps.until(page, again)
    expect(page.locator(".summary")).to_contain_text(NOTE)
    expect(page.locator(".summary")).to_contain_text("소재")
    steps.look(page, "listing-returned")
    again.click()
    page.wait_for_url("**/draft")
    beside = page.locator('[data-path="attributes.material"] .remark')
    expect(beside).to_contain_text("혼용률을 확인하세요")
    steps.look(page, "draft-returned")
    steps.put(page, "attributes.material", "면 95%, 폴리우레탄 5%")
    expect(beside).to_contain_text("고침")
    page.locator(".tile").last.get_by_role("button", name="빼기").click()
    expect(page.locator("#remarks .icon-check, #remarks [href*='#check']")).to_have_count(2)
    steps.saved(page)
    steps.submit(page)


def _approve(page: Page, name: str) -> None:
    steps.claim(page, name)
    expect(page.locator("#changes")).to_contain_text("폴리우레탄")
    steps.look(page, "case-second")
    steps.decide(page, "approve", to_undo=True)
    steps.undo(page)
    steps.decide(page, "approve")
    steps.look(page, "queue-held")


def _handed_over(page: Page, listing: str) -> str:
    page.goto(listing)
    steps.until(page, steps.delivered(page))
    expect(page.locator(".pagebar")).to_contain_text("판매 중")
    expect(page.locator("#items tbody time")).to_have_count(4)
    steps.look(page, "listing-live")
    return page.locator("#items tbody a[href*='/products/']").first.get_attribute("href") or ""


def _order_and_cancel(page: Page, seller: Page, listing: str) -> None:
    product = page.url
    expect(page.locator("h1")).to_contain_text("워시드 코튼 티셔츠")
    steps.look(page, "product")
    steps.order(page, "2")
    steps.look(page, "order")
    placed = page.url
    first = page.locator("table.items tbody tr").first
    # A page is at most a second behind, and the other size has nine from the start.
    page.goto(product)
    steps.until(page, first.get_by_text("7개 남음"))
    seller.goto(listing)
    steps.until(seller, seller.locator("#items tbody tr").first.get_by_text("7", exact=True))
    page.goto(placed)
    page.locator("form[action$='/cancellation'] button.plain").click()
    expect(page.locator("h1")).to_have_text("주문이 취소되었습니다")
    page.goto(product)
    steps.until(page, first.get_by_text("9개 남음"))
    seller.goto(listing)
    steps.until(seller, seller.locator("#items tbody tr").first.get_by_text("9", exact=True))


def _change_the_offer(page: Page, listing: str, shopper: Page) -> None:
    page.goto(listing)
    rows = page.locator("#staged tbody tr").first
    rows.locator("input[name$='.price']").fill("12,500원")
    rows.locator("input[name$='.stock_change']").fill("+5")
    page.get_by_role("button", name=re.compile("바뀔")).click()
    staged = page.locator(".staged-panel")
    expect(staged.locator("del").first).to_have_text("12,900원")
    expect(staged.locator("ins").first).to_have_text("12,500원")
    expect(staged.locator("ins").last).to_have_text("14")
    steps.look(page, "listing-staged")
    staged.locator("button").first.click()
    expect(page.locator(".staged-panel")).to_have_count(0)
    steps.until(shopper, shopper.get_by_text("12,500원"))
    steps.until(page, page.locator("#items tbody tr").first.get_by_text("14", exact=True))


def _recall(page: Page, listing: str, shopper: Page) -> None:
    page.goto(listing)
    page.locator("#items tbody tr").first.get_by_role("link", name="판매 철회").click()
    expect(page.locator("main")).to_contain_text("열린 주문")
    steps.look(page, "listing-recall")
    page.get_by_role("button", name="품목 1개 철회").click()
    expect(page.locator("#items tbody tr.is-off")).to_have_count(1)
    steps.until(shopper, shopper.locator("tr.recalled"))
    steps.look(shopper, "product-recalled")


def _timeline(page: Page, listing: str) -> None:
    page.goto(listing)
    said = page.locator(".record")
    for step in (
        "상품 등록을 시작했습니다", "사진을 쓸 수 없습니다: too-small.jpg",
        "버전 1: 심사에 제출했습니다", "심사자가 맡았습니다", "버전 1: 수정 요청을 받았습니다",
        "버전 2: 고치기 시작했습니다", "버전 2: 심사에 제출했습니다",
        "심사자가 결정을 되돌렸습니다",
        "버전 2: 승인되었습니다", "카탈로그: 전달을 마쳤습니다", "가격 12,900원 → 12,500원",
        "재고 변경 +5", "판매를 철회했습니다",
    ):  # fmt: skip
        expect(said).to_contain_text(step)
    expect(said).to_contain_text("정다은")


def _nobody_elses(page: Page, listing: str) -> None:
    for address in (listing, f"{listing}/draft", f"{listing}/preview", f"{listing}/pictures"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
    steps.look(page, "not-found")
