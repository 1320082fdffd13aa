"""What the timeline says of each step, in both languages."""

from app.core.words import Words
from app.listings.models import TimelineEntry

STEPS: dict[str, Words] = {
    "started": Words("상품 등록을 시작했습니다", "Started the listing"),
    "copied": Words("복사해서 시작했습니다: {name}", "Started as a copy of {name}"),
    "category-changed": Words("카테고리를 바꿨습니다", "Changed the category"),
    "picture-refused": Words("사진을 쓸 수 없습니다: {file}", "A picture cannot be used: {file}"),
    "submitted": Words(
        "버전 {version}: 심사에 제출했습니다", "Version {version}: submitted for review"
    ),
    "withdrawn": Words("버전 {version}: 제출을 취소했습니다", "Version {version}: withdrawn"),
    "discarded": Words("버전 {version}: 수정본을 버렸습니다", "Version {version}: edit discarded"),
    "revised": Words("버전 {version}: 고치기 시작했습니다", "Version {version}: edit started"),
    "restored": Words(
        "버전 {version}: 이 내용을 되살렸습니다", "Version {version}: its content restored"
    ),
    "claimed": Words("심사자가 맡았습니다", "A reviewer took the case"),
    "released": Words("심사자가 내려놓았습니다", "The reviewer put the case back"),
    "taken-over": Words("책임 심사자가 이어받았습니다", "A lead reviewer took the case over"),
    "decided": Words("심사자가 결정했습니다", "The reviewer decided"),
    "undone": Words("심사자가 결정을 되돌렸습니다", "The reviewer undid the decision"),
    "approved": Words("버전 {version}: 승인되었습니다", "Version {version}: approved"),
    "approved-in-part": Words(
        "버전 {version}: 품목 {all}개 중 {count}개가 승인되었습니다",
        "Version {version}: {count} of {all} items approved",
    ),
    "rejected": Words("버전 {version}: 반려되었습니다", "Version {version}: rejected"),
    "changes-requested": Words(
        "버전 {version}: 수정 요청을 받았습니다", "Version {version}: changes requested"
    ),
    "appealed": Words(
        "버전 {version}: 반려에 이의를 신청했습니다",
        "Version {version}: the rejection was appealed",
    ),
    "appeal-closed": Words(
        "버전 {version}: 버전 {newer} 제출로 이의 신청이 끝났습니다",
        "Version {version}: appeal closed, since version {newer} was submitted",
    ),
    "appeal-put-away": Words(
        "버전 {version}: 상품 보관으로 이의 신청이 끝났습니다",
        "Version {version}: appeal closed, since the listing was put away",
    ),
    "appeal-granted": Words(
        "버전 {version}: 이의가 받아들여져 승인되었습니다",
        "Version {version}: approved on appeal",
    ),
    "appeal-granted-in-part": Words(
        "버전 {version}: 이의가 받아들여져 부분 승인되었습니다",
        "Version {version}: partly approved on appeal",
    ),
    "appeal-eased": Words(
        "버전 {version}: 이의 심사 결과 수정 요청으로 바뀌었습니다",
        "Version {version}: on appeal, changes requested instead",
    ),
    "appeal-upheld": Words(
        "버전 {version}: 이의 심사 결과 반려가 유지되었습니다",
        "Version {version}: rejection upheld on appeal",
    ),
    "price-applied": Words("{sku}: 가격 {old}원 → {new}원", "{sku}: price ₩{old} → ₩{new}"),
    "stock-applied": Words("{sku}: 재고 변경 {amount}", "{sku}: stock change {amount}"),
    "item-pause": Words("{sku}: 판매를 일시중지했습니다", "{sku}: paused"),
    "item-resume": Words("{sku}: 판매를 다시 시작했습니다", "{sku}: back on sale"),
    "item-recall": Words("{sku}: 판매를 철회했습니다", "{sku}: recalled"),
    "suspension-recall": Words(
        "회사의 판매 정지로 판매 중이던 품목을 철회했습니다",
        "Recalled what was on sale: the company is suspended",
    ),
    "suspension-resume": Words(
        "판매 정지가 풀려 철회한 품목을 다시 팝니다",
        "Back on sale: the suspension of the company was lifted",
    ),
    "item-retire": Words("{sku}: 판매를 끝냈습니다", "{sku}: sale ended"),
    "retired": Words("상품을 보관했습니다", "Put the listing away"),
    "delivered": Words("{target}: 전달을 마쳤습니다", "{target}: delivered"),
    "delivery-refused": Words("{target}: 전달이 거절되었습니다", "{target}: refused the delivery"),
    "delivery-replayed": Words("{target}: 운영자가 다시 보냅니다", "{target}: sent again by staff"),
    "delivery-parked": Words("{target}: 전달이 멈췄습니다", "{target}: delivery parked"),
}


def told(entry: TimelineEntry) -> Words:
    """The sentence of a step; where it cannot be filled in, its bare words rather than nothing."""
    words = STEPS.get(entry.event, Words(entry.event, entry.event))
    try:
        return words.filled(**entry.detail)
    except KeyError:
        return words
