"""Files that people gave, handed to those who may have them: to be kept, never shown by a page."""

from pathlib import Path

from flask import Response, send_file

from app.core.errors import NotFound

# Kinds of files that are handed out, with the ends of names that open them as such.
_ENDS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}


def attachment(path: Path, name: str, kind: str) -> Response:
    """The file at *path* under *name*, its end made that of its *kind* (a MIME type)."""
    ends = _ENDS[kind]
    # The name is the sender's: `form.html` would be opened as a page where it is kept.
    called = name if name.lower().endswith(ends) else f"{name}{ends[0]}"
    try:
        response = send_file(path, mimetype=kind, as_attachment=True, download_name=called)
    except FileNotFoundError:
        raise NotFound() from None
    return for_them_alone(response)


def for_them_alone(response: Response) -> Response:
    """*response* is what people gave: it runs nothing, and no shared cache keeps it."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
