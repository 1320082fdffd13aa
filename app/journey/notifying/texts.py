"""Everything people are told, in both languages: one row a code.

`title` is the line under the bell and the subject of the mail; `body` is the mail's first
paragraph and stands under the title; `act` names the link.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.words import NOTHING, Words


@dataclass(frozen=True)
class Text:
    """One thing that people may be told."""

    title: Words
    body: Words
    act: Words
    # Mail alone: nothing under the bell.
    mail_only: bool = False
    # It may come by the hundred: what comes together is told in one mail (`sending.py`).
    gathered: bool = False


SEE_LISTING = Words("상품 보기", "See the listing")
SEE_REASONS = Words("고칠 것 보기", "See what to fix")
SEE_HANDOFF = Words("전달 상태 보기", "See the handoff")

TEXTS: dict[str, Text] = {
    "version-approved": Text(
        Words("승인: {name}", "Approved: {name}"),
        Words(
            "상품이 승인되어 카탈로그와 주문 시스템에 전달하고 있습니다.",
            "The product is approved and is being handed to the catalogue and the order system.",
        ),
        SEE_LISTING,
        gathered=True,
    ),
    "version-approved-in-part": Text(
        Words("부분 승인: {name}", "Partly approved: {name}"),
        Words(
            "일부 품목이 승인되어 전달하고 있습니다. 나머지 품목에는 고칠 것이 있습니다.",
            "Some items are approved and being handed over. The others need changes.",
        ),
        SEE_REASONS,
        gathered=True,
    ),
    "version-rejected": Text(
        Words("반려: {name}", "Rejected: {name}"),
        Words(
            "심사에서 반려되었습니다. 이유가 해당 칸 옆에 있습니다. 고쳐서 다시 제출하세요.",
            "The review rejected it. The reasons stand beside the fields. Fix them and resubmit.",
        ),
        SEE_REASONS,
        gathered=True,
    ),
    "version-changes-requested": Text(
        Words("수정 요청: {name}", "Changes requested: {name}"),
        Words(
            "심사자가 수정을 요청했습니다. 해당 칸 옆에 내용이 있습니다. 고쳐서 다시 제출하세요.",
            "The reviewer asks for changes. They stand beside the fields. Fix them and resubmit.",
        ),
        SEE_REASONS,
        gathered=True,
    ),
    "appeal-granted": Text(
        Words("이의 신청 결과, 승인: {name}", "Appeal granted: {name}"),
        Words(
            "다른 심사자가 이의를 받아들여 상품이 승인되었습니다. 카탈로그와 주문 시스템에 전달하고"
            " 있습니다.",
            "Another reviewer granted your appeal: the product is approved and is being handed"
            " over.",
        ),
        SEE_LISTING,
        gathered=True,
    ),
    "appeal-granted-in-part": Text(
        Words("이의 신청 결과, 부분 승인: {name}", "Appeal granted in part: {name}"),
        Words(
            "다른 심사자가 이의를 일부 받아들였습니다. 승인된 품목은 전달하고 있고, 나머지에는 고칠"
            " 것이 있습니다.",
            "Another reviewer granted your appeal in part. Some items are approved and being handed"
            " over; the others need changes.",
        ),
        SEE_REASONS,
        gathered=True,
    ),
    "appeal-eased": Text(
        Words("이의 신청 결과, 수정 요청: {name}", "Changes requested on appeal: {name}"),
        Words(
            "반려가 수정 요청으로 바뀌었습니다. 새 사유를 보고 고쳐서 다시 제출하세요.",
            "The rejection became a request for changes. Fix what is now asked for and resubmit.",
        ),
        SEE_REASONS,
        gathered=True,
    ),
    "appeal-upheld": Text(
        Words("이의 신청 결과, 반려 유지: {name}", "Rejection upheld: {name}"),
        Words(
            "다른 심사자도 반려로 결정했습니다. 사유를 보고 고쳐서 다시 제출할 수 있습니다."
            " 이 반려에 다시 이의를 신청할 수는 없습니다.",
            "Another reviewer decided the same. You can fix what is said and resubmit; this"
            " rejection cannot be appealed again.",
        ),
        SEE_REASONS,
        gathered=True,
    ),
    "picture-refused": Text(
        Words("사용할 수 없는 사진: {name}", "Picture refused: {name}"),
        Words(
            "{files}: 사용할 수 없는 사진입니다. 사진마다 이유가 적혀 있습니다.",
            "{files}: not usable. The reason stands with each picture.",
        ),
        Words("사진 보기", "See the pictures"),
    ),
    "delivery-refused": Text(
        Words("전달 거절: {name}", "Refused by the {target} system: {name}"),
        Words(
            "{target} 시스템이 상품을 받지 않았습니다. 이유는 상품 페이지에 있습니다.",
            "The {target} system did not take it. The reason stands on the listing's page.",
        ),
        SEE_LISTING,
        gathered=True,
    ),
    "delivery-parked": Text(
        Words("전달 멈춤: {name}", "Handoff stopped: {name}"),
        Words(
            "{target} 시스템에 전달하지 못해 멈췄습니다. 운영자가 확인합니다. 승인은 유효합니다.",
            "Handing over to the {target} system has stopped. An operator looks into it; the"
            " approval stands.",
        ),
        SEE_LISTING,
        gathered=True,
    ),
    "delivery-refused-operator": Text(
        Words("전달 거절: {name} ({target})", "Delivery refused: {name} ({target})"),
        Words(
            "{target} 시스템이 전달 {delivery}번을 거절했습니다.",
            "The {target} system refused delivery {delivery}.",
        ),
        SEE_HANDOFF,
        gathered=True,
    ),
    "delivery-parked-operator": Text(
        Words("전달 멈춤: {name} ({target})", "Delivery parked: {name} ({target})"),
        Words(
            "전달 {delivery}번이 여러 번 실패해 멈췄습니다. 다시 보낼지 정하세요.",
            "Delivery {delivery} failed too often and is parked. Decide whether to send it again.",
        ),
        SEE_HANDOFF,
        gathered=True,
    ),
    "company-suspended": Text(
        Words("판매 정지: {company}", "Suspended: {company}"),
        Words(
            "회사의 판매를 정지했습니다. 사유: {reason}. {remedy}{note} 판매 중이던 품목"
            " {count}개를 철회했고, 심사를 기다리던 상품은 정지가 풀릴 때까지 기다립니다. 작성은"
            " 계속할 수 있습니다.",
            "We suspended your company. Reason: {reason}. {remedy}{note} Recalled: {count} items"
            " that were on sale. What waits for review goes on waiting until this is lifted. You"
            " can still write drafts.",
        ),
        Words("회사 정보 보기", "See your company"),
    ),
    "suspension-lifted": Text(
        Words("판매 정지 해제: {company}", "Suspension lifted: {company}"),
        Words(
            "회사의 판매 정지를 풀었습니다.{note} 그때 철회한 품목 {count}개가 다시 판매되고,"
            " 심사를 기다리던 상품은 제자리에서 이어집니다.",
            "Your company may sell again.{note} Back on sale: {count} items. What waited for review"
            " goes on from the place that it had.",
        ),
        Words("상품 보기", "See your listings"),
    ),
    "welcome": Text(
        Words("Onshelf 가입을 마쳤습니다", "Welcome to Onshelf"),
        Words(
            "{company}: 가입을 마쳤습니다. 이제 상품을 등록할 수 있습니다.",
            "{company} is signed up. You can register products now.",
        ),
        Words("시작하기", "Start"),
        mail_only=True,
    ),
    "sign-up-repeated": Text(
        Words("이미 Onshelf 계정이 있습니다", "You have an Onshelf account already"),
        Words(
            "이 주소로 다시 가입하려는 요청이 있었지만 아무것도 바뀌지 않았습니다."
            " 본인이라면 로그인하거나 비밀번호를 새로 정하세요.",
            "Somebody asked to sign up with this address. Nothing was changed. If it was you,"
            " sign in or choose a new password.",
        ),
        Words("로그인", "Sign in"),
        mail_only=True,
    ),
    "recovery": Text(
        Words("새 비밀번호 정하기", "Choose a new password"),
        Words(
            "아래 링크에서 새 비밀번호를 정하세요. 한 시간 안에 한 번 쓸 수 있습니다."
            " 요청하지 않았다면 이 메일은 지워도 됩니다.",
            "Choose a new password at the link below. It works once, within an hour. If you did"
            " not ask for it, delete this mail.",
        ),
        Words("새 비밀번호 정하기", "Choose a new password"),
        mail_only=True,
    ),
    "password-changed": Text(
        Words("비밀번호가 바뀌었습니다", "Your password was changed"),
        Words(
            "다른 기기에서는 모두 로그아웃되었습니다. 직접 바꾸지 않았다면 지금 새로 정하세요.",
            "Everywhere else you are signed out. If it was not you, choose a new one now.",
        ),
        Words("비밀번호 찾기", "Forgotten password"),
        mail_only=True,
    ),
    "invitation": Text(
        Words("{company} 합류 초대", "Join {company} on Onshelf"),
        Words(
            "{company} 구성원으로 초대받았습니다. 아래 링크에서 합류하세요.",
            "You are asked to join {company}. Follow the link below.",
        ),
        Words("합류하기", "Join"),
        mail_only=True,
    ),
}

# Under the body, where a verdict came with a note.
NOTE = Words("심사자의 메모: {reviewer_note}", "Note from the reviewer: {reviewer_note}")

GATHERED = frozenset(code for code, text in TEXTS.items() if text.gathered)

# Of a mail that tells several.
SEVERAL = Words("알림 {count}건", "{count} notices")
SEE_ALL = Words("알림 모두 보기", "See all notices")

TARGETS: dict[str, Words] = {
    "catalogue": Words("카탈로그", "catalogue"),
    "orders": Words("주문", "order"),
}


def note_of(params: Mapping[str, Any]) -> Words:
    """What the reviewer wrote with the verdict that a notice tells of, if anything."""
    return NOTE.filled(**params) if params.get("reviewer_note") else NOTHING
