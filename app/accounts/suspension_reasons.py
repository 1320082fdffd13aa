"""Why a company may be suspended: a row a reason, with what its seller is told to do.

`source` is the rule that it goes back to; empty where it is the marketplace's own.
"""

from dataclasses import dataclass

from app.core.words import NOTHING, Words

COMMERCE_ACT = "전자상거래 등에서의 소비자보호에 관한 법률"


@dataclass(frozen=True)
class Reason:
    """One reason; `needs_note` where the label says too little by itself."""

    label: Words
    remedy: Words
    source: Words = NOTHING
    needs_note: bool = False


def _commerce(article: str, of: str) -> Words:
    """An article of the act on consumer protection in electronic commerce."""
    return Words(f"{COMMERCE_ACT} {article}", f"E-Commerce Consumer Protection Act, article {of}")


REASONS: dict[str, Reason] = {
    "identity-not-confirmed": Reason(
        Words("회사 정보를 확인할 수 없음", "Company facts cannot be confirmed"),
        Words(
            "회사 정보를 지금 상태로 고치고 사업자등록증 사본을 보내 주세요.",
            "Bring your company's facts up to date and send us a copy of the registration.",
        ),
        _commerce("제20조 제2항", "20(2)"),
    ),
    "mail-order-report-missing": Reason(
        Words("통신판매업 신고가 확인되지 않음", "No mail-order report on record"),
        Words(
            "통신판매업을 신고하고 신고번호를 회사 정보에 적어 주세요.",
            "Report your mail-order business and enter its number in your company's facts.",
        ),
        _commerce("제12조", "12"),
    ),
    "orders-not-fulfilled": Reason(
        Words("주문한 상품을 보내지 않음", "Orders are not sent"),
        Words(
            "밀린 주문을 보내거나 취소하고 그 내역을 알려 주세요.",
            "Send or cancel the orders that are overdue, and tell us of each.",
        ),
        _commerce("제15조", "15"),
    ),
    "refunds-not-made": Reason(
        Words("환급을 하지 않음", "Refunds are not made"),
        Words(
            "반품과 취소의 대금을 환급하고 그 내역을 알려 주세요.",
            "Refund what was returned or cancelled, and tell us of each.",
        ),
        _commerce("제18조", "18"),
    ),
    "unsafe-goods": Reason(
        Words("안전하지 않은 상품", "Unsafe goods"),
        Words(
            "해당 상품의 시험 성적서나 인증서, 수거 계획을 보내 주세요.",
            "Send test reports or certificates for the goods, or your plan to take them back.",
        ),
        Words("제품안전기본법 제11조", "Framework Act on Product Safety, article 11"),
    ),
    "counterfeit": Reason(
        Words("상표권 침해가 의심되는 상품", "Goods that seem to infringe a trade mark"),
        Words(
            "정품임을 보이는 매입 증빙이나 상표 사용 허락을 보내 주세요.",
            "Send proof of purchase from the owner of the mark, or your licence to use it.",
        ),
        Words("상표법 제108조", "Trademark Act, article 108"),
    ),
    "authority-order": Reason(
        Words("행정기관의 명령", "An authority's order"),
        Words(
            "명령을 내린 기관과 먼저 협의하고 결과를 알려 주세요.",
            "Settle it with the authority that gave the order, and tell us how it ended.",
        ),
        _commerce("제32조, 제32조의2", "32 and 32-2"),
        needs_note=True,
    ),
    "account-at-risk": Reason(
        Words("다른 사람이 계정을 쓰는 것으로 의심됨", "Somebody else may be using the account"),
        Words(
            "모든 구성원의 비밀번호를 새로 정하고 저희에게 연락해 주세요.",
            "Have everybody of your team choose a new password, then contact us.",
        ),
    ),
    "other": Reason(
        Words("그 밖의 이유", "Another reason"),
        Words("아래 설명을 보고 연락해 주세요.", "See the note below and contact us."),
        needs_note=True,
    ),
}
