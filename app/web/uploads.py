"""Files as they arrive: a route may say where each is streamed to, and nothing is buffered.

The form of an upload is read before the route runs (its CSRF token is in it), so the place for the
files is looked up by the route's endpoint while the body is parsed.
"""

from collections.abc import Callable
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, current_app

View = TypeVar("View", bound=Callable[..., Any])
Receiver = Callable[[], Any]


def streams_files(receiver: Receiver) -> Callable[[View], View]:
    """Each file sent to the view under this decorator is written to what *receiver* returns.

    That has `write`, `seek` and `close`; the view finds it as the file's `stream`.
    """

    def mark(view: View) -> View:
        view.__dict__["file_receiver"] = receiver
        return view

    return mark


def shown_name(name: str | None) -> str:
    """A sent file's name as people see it: no folders, no control characters, 200 at most."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable()).strip()[:200] or "?"


class StreamingRequest(Request):
    """A request whose files go where their route wants them."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        view = current_app.view_functions.get(self.endpoint or "")
        receiver: Receiver | None = getattr(view, "file_receiver", None)
        if receiver is None or not filename:
            return super()._get_file_stream(
                total_content_length, content_type, filename, content_length
            )
        return cast(IO[bytes], receiver())


def init_app(app: Flask) -> None:
    """Let routes of *app* stream."""
    app.request_class = StreamingRequest
