"""Numbers of rows in addresses."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map


class RowNumber(IntegerConverter):
    """`<int:...>` as far as a row's number goes; a larger one is an address of nothing (404)."""

    # No digits of other scripts, and no more than Python is willing to read.
    regex = "[0-9]{1,19}"

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": 2**63 - 1, **options})


def init(app: Flask) -> None:
    """Make it every route's `int`."""
    app.url_map.converters["int"] = RowNumber
