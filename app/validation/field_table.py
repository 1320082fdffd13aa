"""The fields that every listing has, whatever its category. Limits name the platforms' own.

Sources: names at most 100 characters (Coupang displayProductName, Naver name), GTIN or a reason of
at most 100 (Coupang emptyBarcode), stock at most 99,999 (Coupang maximumBuyCount). A picture's text
is a sentence or two, which is read out in one go (W3C, Images Tutorial).
"""

from app.core.words import Words
from app.taxonomy.attribute_types.yes_no import NO, YES
from app.taxonomy.definitions import Choice
from app.validation.countries import countries
from app.validation.field import Field
from app.validation.markets import EU, KOREA

NAME_LENGTH = 100
# At the end of a copied listing's names, until it has names of its own.
COPY_MARKS = {"ko": "(복사)", "en": "(copy)"}
DESCRIPTION_LENGTH = 5_000
DESCRIPTION_ADVISED = 50
NOTICE_LENGTH = 500
SKU_LENGTH = 50
STOCK_MOST = 99_999
PICTURE_TEXT_LENGTH = 200
OPTIONS_MOST = 3
ITEMS_MOST = 200
PRICE_LEAST, PRICE_MOST = 10, 999_999_990

WON = Words("원", "won")
YES_NO = (Choice("yes", YES), Choice("no", NO))
HELD = (
    Choice("yes", Words("인증 받음", "Certified")),
    Choice("exempt", Words("대상 아님", "Not required for it")),
)

BASICS = (
    Field(
        "name.ko", Words("상품명 (한국어)", "Product name (Korean)"), "text",
        hint=Words("상품이 무엇인지만 쓰세요. 할인 문구나 기호는 넣지 않습니다.",
                   "Say what it is: no promotion, no symbols."),
        max_length=NAME_LENGTH, lang="ko",
    ),
    Field(
        "name.en", Words("상품명 (영어)", "Product name (English)"), "text",
        hint=Words("비워 두면 영어 화면에도 한국어 이름이 보입니다.",
                   "If empty, English pages show the Korean name."),
        required=False, max_length=NAME_LENGTH, lang="en",
    ),
    Field(
        "brand", Words("브랜드", "Brand"), "text",
        hint=Words("상품에 적힌 이름 그대로 쓰세요.", "As it is written on the product."),
        max_length=50,
    ),
    Field("manufacturer", Words("제조사", "Manufacturer"), "text", max_length=100),
    Field(
        "origin.kind", Words("원산지", "Origin"), "radios",
        choices=(
            Choice("domestic", Words("국산", "Made in Korea")),
            Choice("imported", Words("수입산", "Imported")),
            Choice("other", Words("기타 (여러 나라 등)", "Other (several countries)")),
        ),
    ),
    Field(
        "origin.country", Words("원산지 국가", "Country of origin"), "select",
        hint=Words("수입산이면 고르세요.", "Choose one for imported goods."),
        required=False, choices=countries(),
    ),
    Field(
        "origin.importer", Words("수입자", "Importer"), "text",
        hint=Words("수입산이면 수입한 회사를 쓰세요.",
                   "For imported goods, the company that imports them."),
        required=False, max_length=100,
    ),
    Field(
        "origin.detail", Words("원산지 설명", "Origin in words"), "text",
        hint=Words("여러 나라이면 모두 쓰세요.", "If from several countries, name them all."),
        required=False, max_length=100,
        example=Words("원두(브라질, 콜롬비아)", "Beans (Brazil, Colombia)"),
    ),
)  # fmt: skip

ITEM = (
    Field("items.*.sku", Words("판매자 상품코드(SKU)", "Seller SKU"), "text",
          hint=Words("재고를 관리하는 나만의 코드입니다.", "Your own code for this item."),
          max_length=SKU_LENGTH),
    Field("items.*.price", Words("판매가", "Price"), "money",
          hint=Words("10원 단위로 쓰세요.", "In steps of 10 won."), unit=WON, inputmode="numeric"),
    Field("items.*.list_price", Words("정가", "List price"), "money",
          hint=Words("할인 전 가격입니다.", "Before any discount."),
          required=False, unit=WON, inputmode="numeric"),
    Field("items.*.stock", Words("재고", "Stock"), "count",
          unit=Words("개", "pcs"), inputmode="numeric"),
    Field("items.*.gtin", Words("바코드(GTIN)", "Barcode (GTIN)"), "text",
          hint=Words("포장의 바코드 아래 숫자 8, 12, 13, 14자리입니다.",
                     "The 8, 12, 13 or 14 digits under the barcode."),
          required=False, max_length=14, inputmode="numeric"),
    Field("items.*.gtin_reason", Words("바코드가 없는 이유", "Why there is no barcode"), "text",
          hint=Words("바코드가 없을 때만 쓰세요.", "Only if there is no barcode."),
          required=False, max_length=100,
          example=Words("직접 만든 상품", "Made by ourselves")),
    Field("items.*.pictures", Words("품목 사진", "Item pictures"), "names",
          hint=Words("위 사진의 파일 이름을 쉼표로 나누어 쓰세요. 비우면 모든 사진을 보입니다.",
                     "File names of pictures above, parted by commas; none shows them all."),
          required=False),
)  # fmt: skip

PICTURES = Field(
    "pictures", Words("사진", "Pictures"), "pictures",
    hint=Words("첫 사진이 대표 사진입니다. 대표 사진은 정사각형이어야 합니다.",
               "The first picture represents the product and must be square."),
)  # fmt: skip

# Of each picture: the star is its id.
PICTURE_TEXTS = (
    Field("picture_texts.*.ko", Words("대체 텍스트 (한국어)", "Alternative text (Korean)"), "area",
          required=False, max_length=PICTURE_TEXT_LENGTH, lang="ko"),
    Field("picture_texts.*.en", Words("대체 텍스트 (영어)", "Alternative text (English)"), "area",
          required=False, max_length=PICTURE_TEXT_LENGTH, lang="en"),
)  # fmt: skip

DESCRIPTION = (
    Field("description.ko", Words("상세 설명 (한국어)", "Description (Korean)"), "area",
          hint=Words("HTML 없이 글로 쓰세요. 줄바꿈은 그대로 보입니다.",
                     "Plain text, no HTML. Line breaks are kept."),
          max_length=DESCRIPTION_LENGTH, lang="ko"),
    Field("description.en", Words("상세 설명 (영어)", "Description (English)"), "area",
          required=False, max_length=DESCRIPTION_LENGTH, lang="en"),
)  # fmt: skip

NOTICE_CLASS = Field(
    "notice.class", Words("상품군", "Class of goods"), "select",
    hint=Words("법이 정한 상품군입니다. 고르면 그에 맞는 칸이 나옵니다.",
               "Set by law; the lines below follow your choice."),
)  # fmt: skip

SHIPPING = (
    Field("shipping.method", Words("배송 방법", "Shipping method"), "select", choices=(
        Choice("parcel", Words("택배", "Parcel")),
        Choice("freight", Words("화물", "Freight")),
        Choice("direct", Words("직접 배송", "By the seller")),
    )),
    Field("shipping.fee", Words("배송비", "Shipping fee"), "money",
          hint=Words("무료 배송이면 0을 쓰세요.", "0 if shipping is free."),
          unit=WON, inputmode="numeric"),
    Field("shipping.free_over", Words("무료 배송 기준 금액", "Free shipping from"), "money",
          hint=Words("이 금액부터 배송비를 받지 않습니다.", "Orders from this amount ship free."),
          required=False, unit=WON, inputmode="numeric"),
    Field("shipping.lead_days", Words("출고까지 걸리는 날", "Days until dispatch"), "count",
          unit=Words("일", "days"), inputmode="numeric"),
    Field("shipping.return_fee", Words("반품 배송비 (편도)", "Return fee (one way)"), "money",
          unit=WON, inputmode="numeric"),
    Field("shipping.return_address", Words("반품 주소", "Return address"), "text",
          max_length=150),
    Field("shipping.return_phone", Words("반품 연락처", "Return telephone"), "phone",
          hint=Words("보기: 02-1234-5678", "For example 02-1234-5678"),
          max_length=20, inputmode="tel"),
)  # fmt: skip

SOLD_IN = Field(
    "sold_in", Words("파는 곳", "Sold in"), "checks",
    hint=Words("고르지 않으면 한국에서만 팝니다.", "If none is ticked, in Korea alone."),
    required=False,
    choices=(
        Choice(KOREA, Words("한국", "Korea")),
        Choice(EU, Words("유럽연합(EU)", "European Union")),
    ),
)  # fmt: skip

# What the EU's General Product Safety Regulation (2023/988, article 19) wants on an offer.
EU_SALES = (
    Field("eu.maker_address", Words("제조사 이름과 주소 (영어)", "Manufacturer, name and address"),
          "text",
          hint=Words("우편물이 닿는 주소를 영어로 쓰세요.", "A postal address, in English."),
          max_length=200, lang="en"),
    Field("eu.maker_email", Words("제조사 전자우편", "Manufacturer's e-mail"), "text",
          max_length=100, inputmode="email"),
    Field("eu.maker_inside", Words("제조사가 EU 안에 있습니까?", "Is the manufacturer in the EU?"),
          "radios", required=False, choices=YES_NO),
    Field("eu.person", Words("EU 책임자 이름과 주소", "Responsible person in the EU"), "text",
          hint=Words("제조사가 EU 밖이면 쓰세요. 이름, 주소, 나라 순서입니다.",
                     "If the manufacturer is outside the EU: name, address, country."),
          required=False, max_length=200, lang="en"),
    Field("eu.person_email", Words("EU 책임자 전자우편", "Responsible person's e-mail"), "text",
          required=False, max_length=100, inputmode="email"),
    Field("eu.warnings", Words("경고와 안전 정보 (영어)", "Warnings and safety information"),
          "area", hint=Words("없으면 No warnings needed라고 쓰세요.",
                             "If there are none, write: No warnings needed."),
          max_length=2_000, lang="en"),
)  # fmt: skip
