"""Each receiver tells its own contract: `/openapi.json`, and the JSON Schemas that it refers to."""

from flask import Blueprint, Response, send_file

from app.core import contracts
from app.core.errors import NotFound


def blueprint(name: str) -> Blueprint:
    """The receiver *name*'s: `docs/contracts/<name>.openapi.json`.

    The document refers to its schemas as files beside it; so they are beside it here as well.
    """
    found = Blueprint("contract", __name__)

    @found.get("/openapi.json")
    def document() -> Response:
        return _file(f"{name}.openapi.json")

    @found.get("/<schema>.schema.json")
    def schema(schema: str) -> Response:
        if schema not in contracts.names():
            raise NotFound()
        return _file(f"{schema}.schema.json")

    return found


def _file(name: str) -> Response:
    path = contracts.FOLDER / name
    if not path.is_file():
        raise NotFound()
    return send_file(path, mimetype="application/json", max_age=3600, etag=True)
