"""What the story's sellers register: two products in words, and their photographs."""

import io
import random
import secrets
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

from app.accounts.business_number import is_valid
from tests.shared import shared_data

Answers = dict[str, str | list[str]]


@dataclass(frozen=True)
class Goods:
    """One product: the words that find its category, and every answer by field path.

    `items` are the answers of each item by what follows its number in the path.
    """

    words: str
    category: str
    answers: Answers
    items: tuple[Answers, Answers]
    samples: tuple[str, ...]

    @property
    def notice(self) -> Answers:
        """The answers that appear once the class of goods is chosen."""
        return {p: v for p, v in self.answers.items() if p.startswith("notice.fields.")}


def mark() -> str:
    """Tells what this run makes from what is there already."""
    return secrets.token_hex(3)


def business_number() -> str:
    """A number that a company could have, with its check digit."""
    return next(n for n in iter(lambda: str(random.randrange(10**9, 10**10)), "") if is_valid(n))


def _item(option: str, value: str, sku: str, price: str) -> Answers:
    return {
        f"options.{option}": value,
        "sku": sku,
        "price": price,
        "list_price": "20,000",
        "stock": "9",
        "gtin_reason": "직접 만든 상품",
    }


SHIPPING: Answers = {
    "shipping.method": "parcel",
    "shipping.fee": "3,000",
    "shipping.free_over": "30000",
    "shipping.lead_days": "2",
    "shipping.return_fee": "3000",
    "shipping.return_address": "서울특별시 중구 세종대로 110",
    "shipping.return_phone": "02-120-0000",
}


def t_shirt(mark: str) -> Goods:
    """A T-shirt in two sizes, found and described in Korean."""
    answers: Answers = {
        "name.ko": f"워시드 코튼 티셔츠 {mark}",
        "name.en": f"Washed cotton T-shirt {mark}",
        "brand": "하루상점",
        "manufacturer": "하루상점",
        "origin.kind": "domestic",
        "attributes.colour": "네이비",
        "attributes.colour-family": "blue",
        "attributes.material": "면 100%",
        "attributes.sleeve": "short",
        "attributes.season": ["spring", "summer"],
        "description.ko": (
            "가공을 한 번 더 거쳐 부드러운 반팔 티셔츠입니다.\n세탁해도 모양이 잘 변하지 않습니다."
        ),
        "notice.fields.material": "면 100%",
        "notice.fields.colour": "네이비",
        "notice.fields.size": "M (가슴둘레 96cm), L (가슴둘레 102cm)",
        "notice.fields.maker": "하루상점",
        "notice.fields.country": "대한민국",
        "notice.fields.care": "30도 이하 손세탁",
        "notice.fields.made": "2026년 3월",
        "notice.fields.warranty": "소비자분쟁해결기준에 따름",
        "notice.fields.after-service": "하루상점 02-120-0000",
    }
    items = (
        _item("size", "m", f"TEE-M-{mark}", "12,900"),
        _item("size", "l", f"TEE-L-{mark}", "13900원"),
    )
    samples = ("saleor-monospace-white-tee-back.png", "ms07-black_main.jpg")
    return Goods("반팔", "t-shirts", answers | SHIPPING, items, samples)


def mug(mark: str) -> Goods:
    """A mug in two colours, found and described in English."""
    answers: Answers = {
        "name.ko": f"마이티 머그컵 {mark}",
        "name.en": f"Mighty mug {mark}",
        "brand": "Harbour Works",
        "manufacturer": "Harbour Works",
        "origin.kind": "imported",
        "origin.country": "PT",
        "attributes.volume": "350",
        "attributes.material": "ceramic",
        "attributes.diameter": "8.5",
        "attributes.height": "9.5",
        "attributes.microwave": "yes",
        "description.ko": "두툼한 도자기 머그컵입니다. 전자레인지에 쓸 수 있고 손잡이가 넓습니다.",
        "description.en": "A thick ceramic mug with a wide handle. Safe in a microwave oven.",
        "notice.fields.name-and-model": "Mighty mug",
        "notice.fields.material": "Ceramic",
        "notice.fields.parts": "One mug",
        "notice.fields.size": "Diameter 8.5 cm, height 9.5 cm",
        "notice.fields.released": "March 2026",
        "notice.fields.maker": "Harbour Works, Porto (importer: Harbour Korea)",
        "notice.fields.country": "Portugal",
        "notice.fields.import-statement": "Declared under the food sanitation act",
        "notice.fields.warranty": "By the Korean consumer dispute resolution standards",
        "notice.fields.after-service": "Harbour Korea 02-120-0000",
    }
    items = (
        _item("colour", "White", f"MUG-W-{mark}", "12900"),
        _item("colour", "Black", f"MUG-B-{mark}", "13900"),
    )
    return Goods("coffee cup", "mugs", answers | SHIPPING, items, ("saleor-mighty-mug.png",))


def photographs(names: tuple[str, ...]) -> list[FilePayload]:
    """Square first: real photographs where the shared samples are, else drawn ones."""
    found = [folder / name for folder in _samples() for name in names]
    real = [_file(path.name, path.read_bytes()) for path in found if path.is_file()]
    return real or [drawn(f"{n}.jpg", 900 + n, 900 + n) for n in range(1, len(names) + 1)]


def drawn(name: str, width: int, height: int) -> FilePayload:
    """A JPEG of these sides."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).ellipse(
        (width // 4, height // 4, width * 3 // 4, height * 3 // 4), "teal"
    )
    made = io.BytesIO()
    image.save(made, "JPEG", quality=88)
    return _file(name, made.getvalue())


def too_small() -> FilePayload:
    """Sides of 320 pixels where 500 are asked for."""
    return drawn("too-small.jpg", 320, 320)


def page_named_picture() -> FilePayload:
    """An HTML page that calls itself a JPEG."""
    return _file("page.jpg", b"<!doctype html><title>x</title><script>alert(1)</script>" * 40)


def _file(name: str, data: bytes) -> FilePayload:
    kind = "image/png" if name.endswith(".png") else "image/jpeg"
    return {"name": name, "mimeType": kind, "buffer": data}


def _samples() -> list[Path]:
    folder = shared_data()
    return [folder / "images" / "product"] if folder else []
