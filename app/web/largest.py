"""What a file given by people looks like at its own size, encoded anew: never the file itself.

`web` decodes nothing: whoever can hands over one function.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, current_app

from app.web.downloads import for_them_alone

# (storage key, recipe) -> a JPEG, or None where it cannot be had now.
Enlarge = Callable[[str, Sequence[dict[str, Any]]], bytes | None]


def enlarge_by(app: Flask, enlarge: Enlarge) -> None:
    """Let *enlarge* make the pictures."""
    app.extensions["enlarge"] = enlarge


def largest(key: str, edits: Sequence[dict[str, Any]] = ()) -> Response | None:
    """The stored file *key* as a picture that no shared cache keeps; None if there is none now."""
    made = current_app.extensions["enlarge"](key, edits)
    if made is None:
        return None
    response = Response(made, mimetype="image/jpeg")
    return for_them_alone(response)
