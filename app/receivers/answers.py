"""How a receiver's API says no: every refusal is JSON of one shape (contract `refusal`)."""

import logging
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.core.errors import Refusal
from app.core.words import Words

log = logging.getLogger(__name__)

UNAVAILABLE = Words(
    "지금은 답할 수 없습니다. 잠시 뒤 다시 보내세요.",
    "No answer is possible now. Send it again later.",
)
TEXTS = {
    400: ("unreadable", Words("요청을 읽을 수 없습니다.", "The request cannot be read.")),
    401: ("bad-signature", Words("서명이 맞지 않습니다.", "The signature does not fit.")),
    404: ("not-found", Words("찾는 것이 없습니다.", "There is nothing here.")),
    405: ("wrong-method", Words("이 방법으로는 부를 수 없습니다.", "This method is not for here.")),
    413: ("too-large", Words("요청이 너무 큽니다.", "The request is too large.")),
    415: ("not-json", Words("JSON으로 보내세요.", "Send JSON.")),
}


def answer(status: int, code: str, words: Words, **more: Any) -> Response:
    """One refusal as JSON."""
    response = jsonify({"code": code, "message": words.as_dict(), **more})
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = "2"
    return response


def install(app: Flask) -> None:
    """Answer refusals and a database that does not answer; `pages` has the rest.

    Whatever else the database says of a statement is a fault of ours: 500, and logged.
    """
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(DataError, _unstorable)
    for kind in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(kind, _database)


def for_machines() -> bool:
    """Whether the request is a program's rather than a person's."""
    return request.path.startswith("/v1/") or request.path.endswith(".json")


def http(error: HTTPException) -> Response | HTTPException:
    """Any other error of the API as JSON; redirects stay what they are."""
    status = error.code or 500
    if status < 400:
        return error
    code, words = TEXTS.get(status, ("failed", UNAVAILABLE))
    return answer(status, code, words)


def _refused(error: Refusal) -> Any:
    if not for_machines():
        return render_template("receivers/error.html", status=error.status), error.status
    return answer(error.status, error.code, error.said, **error.params)


def _unstorable(error: Exception) -> Any:
    """A value that no column holds: asking again would not help."""
    log.warning("unstorable value at %r: %s", request.path, error)
    if not for_machines():
        return render_template("receivers/error.html", status=400), 400
    return answer(400, *TEXTS[400])


def _database(error: Exception) -> Any:
    """Locks waited for in vain, a server that restarts: nothing was done, ask again."""
    log.warning("the database did not do it: %s", error)
    if not for_machines():
        return render_template("receivers/error.html", status=503), 503
    return answer(503, "unavailable", UNAVAILABLE)
