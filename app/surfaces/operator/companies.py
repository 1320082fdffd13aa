"""Companies: what each says of itself, and registration numbers that fail their check.

Sign-up and a company's own page refuse such a number. An operator who has seen the certificate
accepts it, for a company that is here or for one about to sign up.
"""

import logging

from flask import Response, request, url_for

from app.accounts import business_number, company, queries
from app.accounts.company_forms import AcceptanceForm, shown
from app.accounts.current import current_person
from app.accounts.permissions import operator_only
from app.accounts.suspending import running_suspension, suspensions_of
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from app.surfaces.operator.blueprint import blueprint
from app.web import go, page
from app.web.language import current_language

log = logging.getLogger(__name__)


@blueprint.get("/companies")
@operator_only
def companies() -> Response:
    """Every company, newest first, by the words in the address; below, the accepted numbers."""
    return _list(AcceptanceForm(), 200)


@blueprint.post("/companies/numbers")
@operator_only
def accept_number() -> Response:
    """Accept the number of a company that is about to sign up."""
    form = AcceptanceForm()
    if not form.validate():
        return _list(form, 422)
    try:
        with unit_of_work():
            company.accept_number(form.digits, form.reason.data, current_person().id)
    except Invalid as refused:
        form.refuse(refused.path, refused.text(current_language()))
        return _list(form, 422)
    log.info("operator %d: accepted number %s", current_person().id, form.digits)
    return go(url_for(".companies", said="accepted", _anchor="numbers"))


@blueprint.get("/companies/<int:seller_id>")
@operator_only
def one_company(seller_id: int) -> Response:
    """One company: its facts, its team, its history."""
    seller = queries.seller_of(seller_id)
    number = business_number.display(seller.business_number)
    return _one(seller_id, AcceptanceForm(data={"business_number": number}), 200)


@blueprint.post("/companies/<int:seller_id>/number")
@operator_only
def change_number(seller_id: int) -> Response:
    """Give the company a number, or its present one, though its check fails."""
    queries.seller_of(seller_id)
    form = AcceptanceForm()
    if not form.validate():
        return _one(seller_id, form, 422)
    who = current_person().id
    try:
        with unit_of_work():
            company.accept_number(form.digits, form.reason.data, who)
            facts = {"business_number": form.digits}
            company.change_company(seller_id, facts, who, by_staff=True)
    except Invalid as refused:
        form.refuse(refused.path, refused.text(current_language()))
        return _one(seller_id, form, 422)
    log.info("operator %d: number %s for company %d", who, form.digits, seller_id)
    return go(url_for(".one_company", seller_id=seller_id, said="accepted"))


def _list(form: AcceptanceForm, status: int) -> Response:
    words = request.args.get("q", "").replace("\x00", "").strip()[:100]
    found = queries.found_companies(words, before=request.args.get("before", type=int))
    rows = found[: queries.COMPANIES_PAGE]
    older = (
        url_for(".companies", q=words or None, before=rows[-1].id)
        if len(found) > len(rows)
        else None
    )
    return page(
        "operator/companies.html",
        status=status,
        form=form,
        companies=rows,
        words=words,
        older=older,
        accepted=queries.accepted_numbers(),
        display=business_number.display,
        said=request.args.get("said"),
    )


def _one(seller_id: int, form: AcceptanceForm, status: int) -> Response:
    seller = queries.seller_of(seller_id)
    return page(
        "operator/company.html",
        status=status,
        form=form,
        seller=seller,
        fields=company.FACTS,
        shown=shown,
        fits=business_number.is_valid(seller.business_number),
        accepted=queries.acceptance_of(seller.business_number),
        team=queries.team(seller_id),
        history=queries.company_history(seller_id),
        running=running_suspension(seller),
        suspensions=suspensions_of(seller_id),
        said=request.args.get("said"),
    )
