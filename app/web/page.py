"""Pages and their blocks: the same template answers a browser and htmx."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page it already shows (not for a whole page)."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") == "partial"


def page(template: str, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """Answer with *template*, or with its block of that name alone.

    The view decides by permission what data it passes, never which block shows.
    """
    if block:
        body = render_block(template, block, **context)
    else:
        body = render_template(template, **context)
    response = make_response(body, status)
    response.vary.update(("HX-Request", "HX-Request-Type", "Cookie", "Accept-Language"))
    return response


def wants_whole() -> bool:
    """Whether htmx asks for a whole page, to take into the one it shows what it needs of it."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-Request-Type") == "full"


def go(url: str) -> Response:
    """Send the visitor to *url* after a change: 303, or a full load if htmx asked."""
    if request.headers.get("HX-Request") == "true":
        response = make_response("", 200)
        response.headers["HX-Redirect"] = url
        return response
    return make_response(redirect(url, 303))
