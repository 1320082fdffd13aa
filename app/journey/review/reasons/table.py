"""The reasons, in the order of the picker: pictures, texts, facts, papers, goods.

Sources: the refusals that sellers of Korean marketplaces report most, and the law behind them
(전자상거래법 §13 with its notice, 전기생활용품안전법, 어린이제품법, 표시광고법).
"""

from app.core.words import Words
from app.journey.review.reasons.reason import Reason

REASONS: tuple[Reason, ...] = (
    Reason(
        "picture-text",
        Words("사진: 글자·로고", "Picture: text or logo"),
        Words(
            "사진에 글자, 로고 또는 워터마크가 있습니다.",
            "The picture carries text, a logo or a watermark.",
        ),
        Words(
            "상품만 보이는 사진으로 바꾸세요.", "Replace it with one that shows only the product."
        ),
        suits=("picture",),
        findings=("picture-text",),
    ),
    Reason(
        "picture-other-product",
        Words("사진: 다른 상품", "Picture: another product"),
        Words(
            "사진의 상품이 적은 내용과 다릅니다.",
            "The picture shows something other than what is described.",
        ),
        Words("이 상품의 사진을 올리세요.", "Upload a picture of this product."),
        suits=("picture", "whole"),
    ),
    Reason(
        "picture-unclear",
        Words("사진: 흐림·잘림", "Picture: blurred or cut"),
        Words(
            "사진이 흐리거나 상품이 잘려 알아보기 어렵습니다.",
            "The picture is blurred or cuts the product off.",
        ),
        Words(
            "초점이 맞고 상품 전체가 보이는 원본을 올리세요.",
            "Upload a sharp original that shows the whole product.",
        ),
        suits=("picture",),
        findings=("picture-blurred", "picture-brightness"),
    ),
    Reason(
        "picture-ground",
        Words("사진: 배경·여백", "Picture: background or room"),
        Words(
            "대표 사진의 배경이 흰색이 아니거나 상품이 너무 작게 보입니다.",
            "The representative picture is not on white, or shows the product too small.",
        ),
        Words(
            "흰 배경에 상품이 화면을 채우는 사진을 맨 앞에 두세요.",
            "Put one first that shows the product on white, filling the frame.",
        ),
        severity="limits",
        suits=("picture",),
        findings=("picture-ground", "picture-fill", "picture-frame", "picture-transparent"),
    ),
    Reason(
        "picture-repeated",
        Words("사진: 같은 사진", "Picture: repeated"),
        Words(
            "같거나 거의 같은 사진이 여러 장입니다.",
            "The same picture, or nearly the same, is there more than once.",
        ),
        Words(
            "한 장만 남기고 다른 면이나 쓰임을 보이는 사진으로 바꾸세요.",
            "Keep one, and show other sides or the product in use with the rest.",
        ),
        severity="advice",
        suits=("picture",),
        findings=("picture-alike",),
    ),
    Reason(
        "picture-language",
        Words("사진: 외국어 설명", "Picture: foreign-language text"),
        Words(
            "사진 속 설명이 한국어가 아니어서 구매자가 읽을 수 없습니다.",
            "The text in the picture is not in Korean, so shoppers cannot read it.",
        ),
        Words(
            "한국어로 된 사진으로 바꾸거나 그 내용을 설명에 한국어로 적으세요.",
            "Replace it with one in Korean, or say the same in Korean in the description.",
        ),
        suits=("picture",),
    ),
    Reason(
        "picture-rights",
        Words("사진: 권리 확인", "Picture: rights"),
        Words(
            "다른 사람의 사진이거나 유명인의 얼굴이 있습니다.",
            "The picture is somebody else's, or shows a celebrity.",
        ),
        Words(
            "직접 찍은 사진으로 바꾸거나 사용 허락을 메모에 적으세요.",
            "Use a picture of your own, or state the permission you hold.",
        ),
        suits=("picture",),
    ),
    Reason(
        "picture-option-missing",
        Words("사진: 옵션 사진 없음", "Picture: option not shown"),
        Words("이 옵션을 보여 주는 사진이 없습니다.", "No picture shows this option."),
        Words("옵션마다 사진을 한 장 이상 더하세요.", "Add at least one picture for each option."),
        severity="limits",
        suits=("picture", "item"),
        columns=("pictures",),
    ),
    Reason(
        "name-promotion",
        Words("상품명: 홍보 문구", "Name: promotional words"),
        Words(
            "상품명에 할인, 배송, 후기 같은 홍보 문구가 있습니다.",
            "The name carries promotional words such as discounts or delivery.",
        ),
        Words(
            "브랜드, 모델, 종류, 핵심 사양만 남기세요.",
            "Keep brand, model, kind and key facts only.",
        ),
        paths=("name",),
        findings=("name-promotion", "name-decoration", "name-word-repeated"),
    ),
    Reason(
        "text-translated",
        Words("글: 읽기 어려운 번역", "Text: unreadable translation"),
        Words(
            "기계 번역된 문장이라 뜻을 알기 어렵습니다.",
            "The text reads as an unchecked machine translation.",
        ),
        Words("자연스러운 문장으로 고쳐 쓰세요.", "Rewrite it in plain sentences."),
        paths=("name", "description", "attributes", "notice"),
        findings=("name-korean", "name-english", "description-korean"),
    ),
    Reason(
        "text-claim",
        Words("글: 근거 없는 효과", "Text: unproved claim"),
        Words(
            "근거를 확인할 수 없는 효능이나 최고·유일 표현이 있습니다.",
            "It claims an effect, or to be the best or only one, without proof.",
        ),
        Words(
            "표현을 지우거나 근거(시험 성적 등)를 함께 적으세요.",
            "Remove the claim, or state the proof, such as a test report.",
        ),
        paths=("name", "description", "attributes", "notice"),
        findings=("food-medical-claim", "cosmetics-medical-claim", "health-food-named"),
        link="https://www.law.go.kr/법령/표시ㆍ광고의공정화에관한법률/제3조",
    ),
    Reason(
        "text-unsafe-use",
        Words("글: 주의사항 없음", "Text: warnings missing"),
        Words(
            "쓸 때 알아야 할 주의사항이나 사용 연령이 빠져 있습니다.",
            "Warnings for use, or the age it is made for, are missing.",
        ),
        Words(
            "포장에 적힌 주의사항과 사용 연령을 그대로 적으세요.",
            "Copy the warnings and the age from the pack.",
        ),
        paths=("description", "notice", "attributes", "eu"),
        findings=("children-age", "food-allergens", "eu-warnings"),
    ),
    Reason(
        "text-unreadable",
        Words("글: 알아볼 수 없음", "Text: unreadable"),
        Words("글이 깨졌거나 뜻을 알 수 없습니다.", "The text is garbled or makes no sense."),
        Words("소리 내어 읽어 보고 다시 쓰세요.", "Read it aloud and write it again."),
    ),
    Reason(
        "text-outside-deal",
        Words("글: 연락처·외부 거래", "Text: contact or outside deal"),
        Words(
            "연락처, 외부 주소 또는 직거래를 권하는 말이 있습니다.",
            "It gives contacts, outside addresses or invites deals elsewhere.",
        ),
        Words("해당 내용을 지우세요.", "Remove them."),
        suits=("field", "picture"),
        findings=("description-contact",),
    ),
    Reason(
        "category-wrong",
        Words("카테고리 틀림", "Wrong category"),
        Words(
            "상품이 이 카테고리에 속하지 않습니다.", "The product does not belong to this category."
        ),
        Words("맞는 카테고리로 새로 등록하세요.", "Register it again under the right category."),
        suits=("whole",),
        findings=("isbn-elsewhere", "isbn-needed", "health-food-named"),
    ),
    Reason(
        "category-retired",
        Words("카테고리 종료", "Category retired"),
        Words(
            "이 카테고리에는 이제 등록할 수 없습니다.",
            "This category no longer takes registrations.",
        ),
        Words(
            "다른 카테고리를 고르거나 새로 등록하세요.",
            "Choose another category, or register again under one.",
        ),
        suits=("whole",),
    ),
    Reason(
        "brand-unproved",
        Words("브랜드 확인 안 됨", "Brand not proved"),
        Words("브랜드가 틀렸거나 등록되지 않았습니다.", "The brand is wrong or not registered."),
        Words(
            "포장에 적힌 브랜드를 그대로 적거나, 브랜드가 없으면 비워 두세요.",
            "Write the brand as on the pack, or leave it empty if there is none.",
        ),
        paths=("brand", "name", "manufacturer"),
        findings=("brand-placeholder",),
    ),
    Reason(
        "attribute-wrong",
        Words("사실과 다른 값", "Value does not fit"),
        Words(
            "적은 값이 사진이나 다른 칸의 내용과 맞지 않습니다.",
            "The value contradicts the pictures or another field.",
        ),
        Words(
            "포장이나 설명서와 비교해 고치세요.", "Compare with the pack or manual and correct it."
        ),
        suits=("field", "item"),
        findings=("excel-date",),
    ),
    Reason(
        "options-mixed",
        Words("옵션: 다른 상품이 섞임", "Options: different products"),
        Words(
            "서로 다른 상품이 한 상품의 옵션으로 묶여 있습니다.",
            "Different products are listed as options of one.",
        ),
        Words(
            "같은 상품의 색상·크기만 옵션으로 두고, 나머지는 따로 등록하세요.",
            "Keep colours and sizes of one product here; register the others by themselves.",
        ),
        suits=("item", "whole"),
        columns=("options",),
    ),
    Reason(
        "listing-repeated",
        Words("중복 등록", "Registered twice"),
        Words("같은 상품이 이미 등록되어 있습니다.", "The same product is registered already."),
        Words(
            "먼저 등록한 상품을 고치고 이 상품은 보관하세요.",
            "Edit the one registered first, and put this one away.",
        ),
        suits=("whole",),
        findings=("twin-name", "twin-gtin"),
    ),
    Reason(
        "value-missing",
        Words("내용 부족", "Too little said"),
        Words("구매자가 알아야 할 내용이 빠져 있습니다.", "What shoppers need to know is missing."),
        Words("이 칸을 구체적으로 채우세요.", "Fill this in with specifics."),
        suits=("field", "item", "whole"),
        findings=(
            "attribute-placeholder",
            "name-short",
            "description-short",
            "eu-english",
            "eu-identified",
        ),
    ),
    Reason(
        "gtin-mismatch",
        Words("바코드 불일치", "GTIN of another product"),
        Words(
            "바코드가 다른 상품의 것이거나 옵션과 맞지 않습니다.",
            "The GTIN belongs to another product or option.",
        ),
        Words("포장의 숫자와 비교하세요.", "Compare with the pack."),
        suits=("item",),
        columns=("gtin", "gtin_reason"),
        findings=("twin-gtin", "isbn-elsewhere", "isbn-needed"),
    ),
    Reason(
        "price-implausible",
        Words("가격 확인", "Price implausible"),
        Words(
            "가격이나 정가가 시중 가격과 크게 다릅니다.",
            "The price or list price is far from the usual.",
        ),
        Words("단위와 자릿수를 확인하세요.", "Check the unit and the number of digits."),
        severity="limits",
        suits=("item", "whole"),
        columns=("price", "list_price"),
        findings=("list-price-far", "price-slip"),
    ),
    Reason(
        "notice-incomplete",
        Words("고시: 내용 부족", "Notice: incomplete"),
        Words(
            "상품정보제공고시를 “상세 설명 참조”처럼 비워 두었습니다.",
            "The legal product notice only refers elsewhere or is empty.",
        ),
        Words(
            "항목마다 실제 값을 적으세요(전자상거래법 제13조).",
            "Give the actual value for each entry (E-Commerce Act, article 13).",
        ),
        paths=("notice",),
        findings=(
            "notice-see-page",
            "notice-placeholder",
            "chemical-number",
            "cosmetics-dates",
            "cosmetics-functional",
            "cosmetics-ingredients",
            "food-dates",
            "food-import-statement",
            "food-use-by",
            "medical-permit",
        ),
        link="https://www.law.go.kr/법령/전자상거래등에서의소비자보호에관한법률/제13조",
    ),
    Reason(
        "importer-missing",
        Words("수입자·제조자 정보", "Importer or maker"),
        Words(
            "수입자나 제조자의 이름, 주소 또는 연락처가 확인되지 않습니다.",
            "The importer's or maker's name, address or contact cannot be confirmed.",
        ),
        Words(
            "포장에 적힌 수입자와 제조자를 그대로 적으세요.",
            "State the importer and the maker as on the pack.",
        ),
        paths=("notice", "manufacturer", "origin", "eu"),
        findings=(
            "manufacturer-placeholder",
            "cosmetics-seller",
            "eu-person-place",
            "origin-importer",
        ),
    ),
    Reason(
        "certification-invalid",
        Words("인증: 확인 안 됨", "Certification: not found"),
        Words(
            "인증번호가 조회되지 않거나 다른 상품의 것입니다.",
            "The certificate number is unknown or belongs to another product.",
        ),
        Words(
            "safetykorea.kr에서 조회되는 번호를 적으세요.",
            "Give a number that safetykorea.kr knows.",
        ),
        paths=("certifications",),
        findings=("certification-advised",),
        link="https://www.safetykorea.kr",
    ),
    Reason(
        "document-unfit",
        Words("서류: 확인 안 됨", "Document: not accepted"),
        Words(
            "서류가 이 상품의 것이 아니거나, 기한이 지났거나, 읽을 수 없습니다.",
            "The document is of another product, has expired or cannot be read.",
        ),
        Words(
            "이 상품의 유효한 서류를 읽을 수 있게 올리세요.",
            "Upload a valid, readable document of this product.",
        ),
        paths=("documents",),
        findings=("document-advised",),
    ),
    Reason(
        "origin-unproved",
        Words("원산지 확인", "Origin not clear"),
        Words(
            "원산지가 고시나 사진의 표시와 다릅니다.",
            "The origin contradicts the notice or the label in the pictures.",
        ),
        Words("포장의 원산지 표시를 그대로 적으세요.", "State the origin as on the label."),
        paths=("origin", "notice"),
        findings=(
            "origin-contradicted",
            "origin-detail",
            "origin-notice",
            "food-ingredient-origin",
        ),
        link="https://www.law.go.kr/법령/농수산물의원산지표시등에관한법률/제5조",
    ),
    Reason(
        "shipping-unfair",
        Words("배송·반품 조건", "Shipping or returns"),
        Words(
            "배송비나 반품 조건이 법이나 기준에 맞지 않습니다.",
            "The shipping fee or return terms break the law or our terms.",
        ),
        Words(
            "7일 안의 청약철회를 막지 않도록 고치세요.",
            "Do not hinder returns within seven days.",
        ),
        paths=("shipping",),
        findings=("return-fee-high", "return-address-vague"),
        link="https://www.law.go.kr/법령/전자상거래등에서의소비자보호에관한법률/제17조",
    ),
    Reason(
        "goods-prohibited",
        Words("판매 금지 상품", "Prohibited goods"),
        Words(
            "법으로 온라인 판매가 금지된 상품입니다.", "The law forbids selling these goods online."
        ),
        Words("이 상품은 등록할 수 없습니다.", "This product cannot be registered."),
        suits=("whole", "item"),
        findings=("goods-restricted",),
        columns=("off",),
        link="https://www.law.go.kr/법령/전자상거래등에서의소비자보호에관한법률",
    ),
    Reason(
        "goods-used",
        Words("중고·재포장", "Used or repacked"),
        Words(
            "새 상품만 파는 카테고리에 중고나 재포장 상품입니다.",
            "The goods are used or repacked, and this category takes new goods only.",
        ),
        Words("새 상품만 등록하세요.", "Register new goods only."),
        suits=("whole", "picture", "field"),
    ),
    Reason(
        "goods-unavailable",
        Words("실제 재고 없음", "No real stock"),
        Words(
            "실제로 보낼 수 있는 상품인지 확인되지 않습니다.",
            "It cannot be confirmed that the product can be sent.",
        ),
        Words(
            "재고와 출고 기간을 사실대로 고치고 근거를 메모에 적으세요.",
            "Correct stock and lead time, and say in a note how it is supplied.",
        ),
        suits=("item", "whole"),
        columns=("stock",),
        findings=("lead-days-long",),
    ),
    Reason(
        "goods-route",
        Words("유통 경로 확인", "Distribution route not proved"),
        Words(
            "정품 유통 경로를 확인하지 못했습니다.",
            "We could not confirm where the goods come from.",
        ),
        Words(
            "세금계산서나 수입신고필증을 준비해 메모에 적고 다시 제출하세요.",
            "Have an invoice or import declaration ready, say so, and submit again.",
        ),
        suits=("whole",),
    ),
)
