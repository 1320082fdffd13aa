"""The pages' common ground: rendering, errors, language, files, headers. Knows no station."""

from app.web.install import init_web
from app.web.page import go, page, wants_fragment, wants_whole
from app.web.security import accepts_upload, csrf

__all__ = ["accepts_upload", "csrf", "go", "init_web", "page", "wants_fragment", "wants_whole"]
