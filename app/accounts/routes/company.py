"""A company's own page: its people read it, its owners write it."""

from flask import Response, request, url_for

from app.accounts import business_number, mail_order, queries
from app.accounts import company as verbs
from app.accounts.company_forms import CompanyForm, shown
from app.accounts.current import current_person, current_seller_id
from app.accounts.models import Seller
from app.accounts.permissions import owner_only, seller_only
from app.accounts.routes import blueprint
from app.core.errors import Conflict, Invalid
from app.core.unit_of_work import unit_of_work
from app.web import go, page
from app.web.language import current_language


@blueprint.get("/company")
@seller_only
def company() -> Response:
    """What the company says of itself, and who changed what."""
    return _page(CompanyForm(data=_facts_of(_seller())), 200)


@blueprint.post("/company")
@owner_only
def change_company() -> Response:
    """Put what was typed in place, unless somebody was faster: then both are shown."""
    form = CompanyForm()
    if not form.validate():
        return _page(form, 422)
    seen = request.form.get("seen", 0, type=int)
    try:
        with unit_of_work():
            verbs.change_company(_seller().id, form.facts(), current_person().id, seen)
    except Invalid as refused:
        form.refuse(refused.path, refused.text(current_language()))
        return _page(form, 422)
    except Conflict as refused:
        return _page(form, 409, refused)
    return go(url_for("accounts.company", said="saved"))


def _facts_of(seller: Seller) -> dict[str, str]:
    """The company's facts by the names of the form's fields."""
    facts = {name: getattr(seller, name) for name in verbs.FACTS}
    return facts | {"business_number": business_number.display(seller.business_number)}


def _seller() -> Seller:
    return queries.seller_of(current_seller_id() or 0)


def _page(form: CompanyForm, status: int, refused: Conflict | None = None) -> Response:
    seller = _seller()
    return page(
        "accounts/company.html",
        status=status,
        form=form,
        seller=seller,
        accepted=queries.acceptance_of(seller.business_number),
        fields=verbs.FACTS,
        history=queries.company_history(seller.id),
        seen=queries.newest_change(seller.id),
        exemptions=list(mail_order.EXEMPTIONS.items()),
        shown=shown,
        refused=refused,
        said=request.args.get("said"),
    )
