"""The responsible person sits in a country of the EU, and the address says in which."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.eu import complete, of_eu_sales
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

# The 27 member states as they are mostly written on addresses, and by their codes before a
# postcode.
_COUNTRY = re.compile(
    r"austria|belgium|bulgaria|croatia|cyprus|czech|denmark|estonia|finland|france|germany|greece|hungary|ireland"
    r"|italy|latvia|lithuania|luxembourg|malta|netherlands|poland|portugal|romania|slovakia|slovenia|spain|sweden"
    r"|österreich|deutschland|españa|italia|nederland|polska|sverige|danmark|suomi|belgi[eë]|belgique"
    r"|독일|프랑스|이탈리아|스페인|네덜란드|폴란드|벨기에|오스트리아|스웨덴|아일랜드|포르투갈|체코|그리스|핀란드|덴마크|헝가리"
    r"|\b(AT|BE|BG|HR|CY|CZ|DK|EE|FI|FR|DE|GR|HU|IE|IT|LV|LT|LU|MT|NL|PL|PT|RO|SK|SI|ES|SE)-?\d{4}",
    re.IGNORECASE,
)


@of_eu_sales
def check(subject: Subject) -> Iterator[Hit]:
    address = subject.text("eu.person")
    if address and not _COUNTRY.search(address):
        yield Hit("eu.person", {"value": shorten(address, 40)})


RULE = Rule(
    code="eu-person-place",
    severity="limits",
    weight=8,
    message=Words("{value}: EU 국가가 보이지 않습니다.", "{value} names no country of the EU."),
    remedy=Words(
        "주소 끝에 나라 이름을 영어로 쓰세요. 보기: Germany.",
        "End the address with the country in English, such as Germany.",
    ),
    source="GPSR (EU) 2023/988 art. 16",
    reads=("sold_in", "eu.person"),
    check=check,
    passes=(
        complete(),
        Example({"sold_in": ["eu"], "eu.person": "EU Rep, 독일 베를린 링 1"}),
    ),
    fails=(Example({"sold_in": ["eu"], "eu.person": "한빛상사, 서울 중구 세종대로 110"}),),
)
