"""`GET /categories/<code>/schema.json`: what the form asks, for programs that write listings."""

import json

from flask import Blueprint, Response

from app.accounts.permissions import seller_only
from app.core.clock import today
from app.taxonomy import queries as taxonomy
from app.validation.form_schema import form_schema

blueprint = Blueprint("schemas", __name__)


@blueprint.get("/categories/<code>/schema.json")
@seller_only
def schema(code: str) -> Response:
    """The JSON Schema of a listing in the category, as of today."""
    found = form_schema(taxonomy.category(code.replace("\x00", "")), today())
    return Response(
        json.dumps(found, ensure_ascii=False, indent=1), mimetype="application/schema+json"
    )
