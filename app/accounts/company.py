"""The verbs of a company's own facts: each change is kept with who made it and when."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounts import business_number
from app.accounts.actions import NUMBER_TAKEN
from app.accounts.models import AcceptedNumber, CompanyChange, Seller
from app.accounts.queries import newest_change
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.words import Words

FACTS = (
    "name",
    "business_number",
    "representative",
    "address",
    "mail_order_number",
    "mail_order_exempt",
    "contact_name",
    "contact_email",
    "contact_phone",
)
CHANGED_MEANWHILE = Words(
    "이 화면을 연 뒤에 회사 정보가 바뀌었습니다. 입력은 남아 있습니다."
    " 아래 변경 기록을 보고 다시 저장하세요.",
    "The company was changed after you opened this page. Your input is here:"
    " look at the history below and save again.",
)
FITS_ANYWAY = Words(
    "{number}: 끝자리가 맞는 번호입니다. 따로 인정하지 않아도 됩니다.",
    "{number}: this number fits. It needs no acceptance.",
)


def change_company(
    seller_id: int,
    facts: Mapping[str, str],
    who: int,
    seen: int | None = None,
    by_staff: bool = False,
) -> None:
    """Put *facts*, by their names in FACTS, in place of what there is.

    `Conflict` when somebody changed the company after *seen*, the id of the newest change that
    the page knew; None asks nothing. `Invalid` at `business_number` when another has it.
    """
    stmt = select(Seller).where(Seller.id == seller_id)
    seller = db.session.scalar(
        stmt.with_for_update(of=Seller).execution_options(populate_existing=True)
    )
    if seller is None:
        raise NotFound()
    told = {field: facts[field] for field in FACTS if field in facts}
    changed = {field: new for field, new in told.items() if new != getattr(seller, field)}
    # A second click brings what the first one did.
    if not changed:
        return
    if seen is not None and newest_change(seller_id) > seen:
        raise Conflict("company-changed", CHANGED_MEANWHILE)
    _keep_numbers_apart(seller, facts)
    for field, new in changed.items():
        old = getattr(seller, field)
        setattr(seller, field, new)
        db.session.add(
            CompanyChange(
                seller_id=seller_id, field=field, old=old, new=new, who=who, by_staff=by_staff
            )
        )


def accept_number(number: str, reason: str, who: int) -> None:
    """Let ten digits pass as a registration number though their check fails.

    A second time changes nothing. `Invalid` at `business_number` when nothing is wrong with them.
    """
    if business_number.is_valid(number):
        shown = business_number.display(number)
        raise Invalid("number-fits", FITS_ANYWAY, path="business_number", number=shown)
    values = {"number": number, "reason": reason, "accepted_by": who}
    db.session.execute(insert(AcceptedNumber).values(values).on_conflict_do_nothing())


def _keep_numbers_apart(seller: Seller, facts: Mapping[str, str]) -> None:
    number = facts.get("business_number", seller.business_number)
    taken = select(Seller.id).where(Seller.business_number == number, Seller.id != seller.id)
    if db.session.scalar(taken):
        raise Invalid("business-number-taken", NUMBER_TAKEN, path="business_number")
