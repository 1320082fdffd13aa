"""GET /healthz and GET /readyz, in JSON, for anybody: they tell nothing about anybody.

GET /metrics tells how much waits, and in production only to who knows METRICS_TOKEN.
"""

import hmac
import logging
from typing import Any

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST

from app.core.database import db
from app.core.errors import NotFound
from app.settings import settings
from app.surfaces.health import metrics as gauges
from app.surfaces.health.probes import PROBES, NotReadyError

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """This process answers. Nothing else is asked."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Everything a listing needs on its way works; 503 and the reason if not."""
    checks = {name: _result(name) for name in PROBES}
    ready = all(check["ok"] for check in checks.values())
    return jsonify(status="ok" if ready else "not-ready", checks=checks), 200 if ready else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """For Prometheus. Without METRICS_TOKEN production has no such page."""
    token = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    closed = not token and settings().onshelf_env == "production"
    if closed or not hmac.compare_digest(given.encode() if token else b"", token.encode()):
        raise NotFound()
    return Response(gauges.text(), content_type=CONTENT_TYPE_LATEST)


def _result(name: str) -> dict[str, Any]:
    try:
        return {"ok": True, **PROBES[name]()}
    except Exception as error:
        # Whatever went wrong, the others are asked, too; only our own sentences go out.
        db.session.rollback()
        log.warning("readiness: %s: %s", name, error)
        reason = str(error) if isinstance(error, NotReadyError) else type(error).__name__
        return {"ok": False, "reason": reason}
