"""Static files under names made of their content, compressed, cached for a year.

At start each file of `static/` is copied to `instance/static/` as `name.<hash>.ext` with its
brotli and gzip forms beside it; an unchanged file costs one hash. Stylesheets' own
`@import "./x.css"` lines are put in place, and scripts' `import ... from "./x.js"` get the hashed
name. Under `flask --debug` the folder is served as it stands.
"""

import contextlib
import gzip
import hashlib
import os
import re
import time
from pathlib import Path
from typing import Any, ClassVar
from wsgiref.headers import Headers

import brotli
from flask import Flask
from whitenoise import WhiteNoise

from app.settings import ROOT, Settings

SOURCE = ROOT / "static"
DAY = 24 * 60 * 60
UNUSED_SECONDS = 30 * DAY
COMPRESSED = {".css", ".js", ".svg", ".json", ".txt"}
STYLE_IMPORT = re.compile(r'@import "\./([\w./-]+)";')
SCRIPT_IMPORT = re.compile(r'((?:from|import) )"\./([\w./-]+)"')


class Assets:
    """The map from a file's own name to the name it is served under."""

    def __init__(self, source: Path, target: Path, compress: bool = True) -> None:
        self.source = source
        self.target = target
        self.compress = compress
        self.names: dict[str, str] = {}

    def build(self) -> None:
        """Write what is missing under *target*, drop what no start has asked for in a month.

        Safe to run in several processes at once, of this release and of the one before.
        """
        for path in sorted(self.source.rglob("*")):
            if path.is_file() and not path.name.startswith((".", "LICENSE")):
                self.name(path.relative_to(self.source).as_posix())
        _drop_unused(self.target)

    def name(self, name: str) -> str:
        """The served name of the file called *name*, written first if nobody has yet."""
        if name not in self.names:
            content = self._content(name)
            digest = hashlib.sha256(content).hexdigest()[:10]
            path = Path(name)
            hashed = path.with_name(f"{path.stem}.{digest}{path.suffix}").as_posix()
            self._write(self.target / hashed, content)
            self.names[name] = hashed
        return self.names[name]

    def _content(self, name: str) -> bytes:
        content = (self.source / name).read_bytes()
        if name.startswith("vendor/"):
            return content
        folder = Path(name).parent
        if name.endswith(".css"):
            return STYLE_IMPORT.sub(lambda m: self._style(folder, m[1]), content.decode()).encode()
        if name.endswith(".js"):
            return SCRIPT_IMPORT.sub(lambda m: self._script(folder, m), content.decode()).encode()
        return content

    def _style(self, folder: Path, name: str) -> str:
        return self._content((folder / name).as_posix()).decode()

    def _script(self, folder: Path, match: re.Match[str]) -> str:
        return f'{match[1]}"./{Path(self.name((folder / match[2]).as_posix())).name}"'

    def _write(self, path: Path, content: bytes) -> None:
        if path.exists():
            _note_use(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.compress and path.suffix in COMPRESSED:
            _replace(path.with_name(path.name + ".br"), brotli.compress(content))
            _replace(path.with_name(path.name + ".gz"), gzip.compress(content, mtime=0))
        _replace(path, content)


class YearlongFiles(WhiteNoise):
    """Serves the hashed files; a name never changes its content, so a year is safe."""

    FOREVER: ClassVar[int] = 365 * 24 * 60 * 60

    def immutable_file_test(self, path: str, url: str) -> bool:
        return True


def init(app: Flask, settings: Settings) -> None:
    """Serve the files before the application and give templates `asset()`."""
    target = settings.onshelf_instance / "static"
    assets = Assets(SOURCE, target, compress=settings.onshelf_env != "test")
    wrapped: Any = app.wsgi_app
    if app.debug:
        app.wsgi_app = WhiteNoise(wrapped, SOURCE, "static/", autorefresh=True)  # type: ignore[method-assign]
        app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
        return
    assets.build()
    app.wsgi_app = YearlongFiles(  # type: ignore[method-assign]
        wrapped, target, "static/", allow_all_origins=False, add_headers_function=_headers
    )
    app.jinja_env.globals["asset"] = lambda name: f"/static/{assets.names[name]}"
    app.extensions["assets"] = assets


def _headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _note_use(path: Path) -> None:
    # Once a day is enough for `_drop_unused`.
    if path.stat().st_mtime < time.time() - DAY:
        for held in path.parent.glob(f"{path.name}*"):
            held.touch()


def _drop_unused(folder: Path) -> None:
    before = time.time() - UNUSED_SECONDS
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink()


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
