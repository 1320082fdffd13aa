"""A practice listing's way from draft to recall, walked from outside, over plain HTTP.

Accounts are settings: PROBE_SELLER_EMAIL, PROBE_REVIEWER_EMAIL and PROBE_PASSWORD.
"""

import os
import re
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from app.settings import Settings
from app.surfaces.cli import practice_goods as goods
from app.surfaces.cli.visitor import Form, Page, UnexpectedError, Visitor, links_to

WAIT_SECONDS = 90.0
LOOK_EVERY = 0.25
T = TypeVar("T")


class Walk:
    """One walk through one installation."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.mark = goods.stamp()
        self.seller, self.reviewer, self.shopper = Visitor(base), Visitor(base), Visitor(base)
        self.listing = 0
        self.product_url = ""
        self.order: Page | None = None

    @property
    def listing_path(self) -> str:
        return f"/listings/{self.listing}"

    def stages(self) -> list[tuple[str, Callable[[], None]]]:
        """In the order of the journey."""
        return [
            ("seller signs in", self.seller_signs_in),
            ("category found, listing started", self.start),
            ("picture uploaded and processed", self.picture),
            ("every field filled in and saved", self.fill),
            ("submitted", self.submit),
            ("reviewer signs in", self.reviewer_signs_in),
            ("case claimed and approved", self.approve),
            ("handed over to both systems", self.handed_over),
            ("shopper opens the product page", self.open_product),
            ("order placed", self.place_order),
            ("order cancelled", self.cancel_order),
            ("stock given back", self.stock_back),
            ("item recalled", self.recall),
            ("recall seen at both systems", self.recalled_everywhere),
            ("listing put away", self.put_away),
        ]

    def seller_signs_in(self) -> None:
        _sign_in(self.seller, _account("probe_seller_email"))

    def start(self) -> None:
        found = self.seller.get(f"/listings/new?q={goods.CATEGORY_WORDS}")
        form = next((f for f in found.forms if ("category", goods.CATEGORY) in _buttons(f)), None)
        if form is None:
            raise UnexpectedError(f"{found.url} does not offer {goods.CATEGORY}: {found.said()}")
        draft = self.seller.send(found, form, ("category", goods.CATEGORY))
        number = re.search(r"/listings/(\d+)/draft", draft.url)
        if number is None:
            raise UnexpectedError(f"no draft opened: {draft.url} ({draft.status}) {draft.said()}")
        self.listing = int(number[1])

    def picture(self) -> None:
        draft = self.seller.get(f"{self.listing_path}/draft")
        file = ("practice-mug.jpg", goods.photograph(), "image/jpeg")
        _well(self.seller.send(draft, draft.form("/pictures"), ("pictures", file)))
        _until("the picture is ready", self._picture_ready)

    def _picture_ready(self) -> bool:
        page = self.seller.get(f"{self.listing_path}/pictures")
        if "#photo-off" in page.text:
            raise UnexpectedError(f"the picture was refused: {page.said()}")
        return "#photo-check" in page.text

    def fill(self) -> None:
        # The notice's class and the items' options decide which fields there are: twice, then.
        for _ in range(2):
            draft = self.seller.get(f"{self.listing_path}/draft")
            form = _draft_form(draft)
            goods.fill_in(form, self.mark)
            _well(self.seller.send(draft, form))

    def submit(self) -> None:
        draft = self.seller.get(f"{self.listing_path}/draft")
        done = self.seller.send(draft, _draft_form(draft).pressing("/submission"))
        if urlsplit(done.url).path != self.listing_path:
            raise UnexpectedError(f"not submitted ({done.status}): {done.said()}")

    def reviewer_signs_in(self) -> None:
        _sign_in(self.reviewer, _account("probe_reviewer_email"))

    def approve(self) -> None:
        case = _until("the case is in the queue", self._case)
        page = self.reviewer.get(case)
        page = self.reviewer.send(page, page.form("/claim"))
        form = page.form("/verdict")
        form.controls.pop("next", None)
        done = self.reviewer.send(page, form, ("verdict", "approve"))
        if done.status != 200:
            raise UnexpectedError(f"not approved ({done.status}): {done.said()}")

    def _case(self) -> str | None:
        page = self.reviewer.get("/review?state=waiting")
        for _ in range(20):
            for href, words in page.links:
                if "/review/cases/" in href and self.mark in words:
                    return href
            further = next(links_to(page, "after="), None)
            if further is None:
                return None
            page = self.reviewer.get(further)
        return None

    def handed_over(self) -> None:
        page = _until("both systems have it", lambda: self._delivered(2))
        outside = [h for h, words in page.links if h.startswith("http") and "/products/" in h]
        if not outside:
            raise UnexpectedError(f"no product page is linked: {page.said()}")
        self.product_url = outside[0]

    def _delivered(self, targets: int) -> Page | None:
        page = self.seller.get(self.listing_path)
        _no_trouble(page)
        moving = "#truck" in page.text or "#refresh" in page.text
        return page if page.text.count("#checks") >= targets and not moving else None

    def open_product(self) -> None:
        page = _until("the product page shows it", self._product)
        if f"{goods.PRICE:,}" not in page.words:
            raise UnexpectedError(f"the price is not shown: {page.said()}")

    def _product(self) -> Page | None:
        page = self.shopper.get(self.product_url)
        return page if page.status == 200 and self.mark in page.words else None

    def place_order(self) -> None:
        page = self.shopper.get(self.product_url)
        form = page.form("/orders")
        form.fill(_quantity(form), "2")
        placed = self.shopper.send(page, form)
        if "/orders/" not in placed.url or placed.status != 200:
            raise UnexpectedError(f"no order was made ({placed.status}): {placed.said()}")
        self.order = placed
        _until("the order is taken from stock", lambda: self._stock(goods.STOCK - 2))

    def cancel_order(self) -> None:
        if self.order is None:
            raise UnexpectedError("there is no order to cancel")
        done = self.shopper.send(self.order, self.order.form("/cancellation"))
        left = [form for form in done.forms if "/cancellation" in form.action]
        if done.status != 200 or left:
            raise UnexpectedError(f"not cancelled ({done.status}): {done.said()}")

    def stock_back(self) -> None:
        _until("the stock is whole again", lambda: self._stock(goods.STOCK))

    def _stock(self, count: int) -> bool:
        page = self.seller.get(self.listing_path)
        return re.search(rf'<td class="number"[^>]*>{count}</td>', page.text) is not None

    def recall(self) -> None:
        # The page that says what a recall touches, and asks for it.
        page = self.seller.get(f"{self.listing_path}/recall")
        form = next((f for f in page.forms if _asks(f, "recall")), None)
        if form is None:
            raise UnexpectedError(f"nothing to recall: {page.said()}")
        _well(self.seller.send(page, form))

    def recalled_everywhere(self) -> None:
        _until("both systems took the recall", lambda: self._delivered(2))
        _until("the product page cannot be ordered from", self._cannot_order)

    def _cannot_order(self) -> bool:
        page = self.shopper.get(self.product_url)
        open_fields = [f for form in page.forms for f in form.controls if "quantity-" in f]
        return not open_fields

    def put_away(self) -> None:
        page = self.seller.get(f"{self.listing_path}/retirement")
        _well(self.seller.send(page, page.form("/retirement")))

    def leave_nothing(self) -> None:
        """After a failure: take back whatever this walk may have put before anybody."""
        if not self.listing:
            return
        asked = {"/submission/withdrawal": "", "recall": "/recall", "/retirement": "/retirement"}
        for part, place in asked.items():
            page = self.seller.get(f"{self.listing_path}{place}")
            for form in page.forms:
                if part in form.action or _asks(form, part):
                    self.seller.send(page, form)
                    break


def _until(what: str, look: Callable[[], T | None]) -> T:
    deadline = time.monotonic() + WAIT_SECONDS
    while not (found := look()):
        if time.monotonic() > deadline:
            raise UnexpectedError(f"waited {WAIT_SECONDS:.0f} s in vain: {what}")
        time.sleep(LOOK_EVERY)
    return found


def _well(page: Page) -> Page:
    if page.status != 200:
        raise UnexpectedError(f"{page.url} answered {page.status}: {page.said()}")
    return page


def _no_trouble(page: Page) -> None:
    if "#ban" in page.text or "#flag" in page.text:
        raise UnexpectedError(f"a system refused it or it is parked: {page.said()}")


def _sign_in(visitor: Visitor, email: str) -> None:
    page = visitor.get("/sign-in")
    form = page.form("/sign-in")
    form.fill("email", email)
    form.fill("password", password())
    done = visitor.send(page, form)
    if done.status != 200 or "/sign-in" in done.url:
        raise UnexpectedError(f"{email} cannot sign in ({done.status}): {done.said()}")


def _draft_form(page: Page) -> Form:
    form = next((form for form in page.forms if form.identity == "draft-form"), None)
    if form is None:
        raise UnexpectedError(f"{page.url} ({page.status}) shows no draft: {page.said()}")
    return form


def _buttons(form: Form) -> list[tuple[str, str]]:
    return [(name, value) for name, value, _ in form.buttons]


def _asks(form: Form, action: str) -> bool:
    control = form.controls.get("action")
    return control is not None and control.values == [action]


def _quantity(form: Form) -> str:
    name = next((name for name in form.controls if name.startswith("quantity-")), None)
    if name is None:
        raise UnexpectedError("nothing on the product page can be ordered")
    return name


def _account(setting: str) -> str:
    return os.environ.get(setting.upper()) or str(Settings.model_fields[setting].default)


def password() -> str:
    """That of the accounts: the setting, or else the demo's."""
    given = os.environ.get("PROBE_PASSWORD")
    if given:
        return given
    from app.accounts.demo import PASSWORD

    return PASSWORD
