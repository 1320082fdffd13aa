"""Whether every text of the interface has its Korean, and every template keeps the house rules."""

import atexit
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from flask import Flask
from jinja2 import TemplateSyntaxError

from app.settings import ROOT
from app.web.language import RECEIVERS, catalogue_files, read_catalogue

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "_l": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Folders = dict[Path, list[tuple[str, str]]]
TEMPLATES = [("**.html", "jinja2"), ("**.txt", "jinja2")]
OURS: Folders = {
    ROOT / "app": [("receivers/**", "ignore"), ("**.py", "python")],
    ROOT / "templates": [("receivers/**", "ignore"), *TEMPLATES],
}
THEIRS: Folders = {
    ROOT / "app" / RECEIVERS: [("**.py", "python")],
    ROOT / "templates" / RECEIVERS: list(TEMPLATES),
}
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# A msgid in a context, its singular being the key of a plural.
Key = tuple[str | None, str]


def problems() -> list[str]:
    """Every sentence that breaks a rule, one line each; none is the wanted answer."""
    mine = [path for path in catalogue_files("ko") if path.stem != RECEIVERS]
    theirs = [path for path in catalogue_files("ko") if path.stem == RECEIVERS]
    return [
        *untranslated(sources(OURS), mine),
        *untranslated(sources(THEIRS), theirs),
        *broken_templates(),
    ]


def untranslated(wanted: dict[Key, str], catalogues: list[Path]) -> Iterator[str]:
    """Missing, empty, stale, contradicting and misplaced translations."""
    known: dict[Key, Message] = {}
    for path in catalogues:
        for message in read_catalogue(path, "ko"):
            if message.id:
                yield from _judge(path, message, wanted, known)
    for key, place in wanted.items():
        if key not in known:
            yield f"{place}: no Korean for {key[1]!r}"


def sources(folders: Folders) -> dict[Key, str]:
    """Every text of code and templates, with the first place that says it."""
    found: dict[Key, str] = {}
    options = {"**.html": {"trim_blocks": "true", "newstyle_gettext": "true"}}
    for folder, methods in folders.items():
        for name, line, text, _comments, context in extract_from_dir(
            folder, methods, options_map=options, keywords=KEYWORDS
        ):
            first = text[0] if isinstance(text, tuple) else text
            if first:
                place = f"{(folder / name).relative_to(ROOT)}:{line}"
                found.setdefault((context, first), place)
    return found


def _judge(
    path: Path, message: Message, wanted: dict[Key, str], known: dict[Key, Message]
) -> Iterator[str]:
    place = f"{path.relative_to(ROOT)}: {_first(message.id)!r}"
    key = (message.context, _first(message.id))
    earlier = known.setdefault(key, message)
    if earlier.string != message.string:
        yield f"{place} is said in two ways: {earlier.string!r}, {message.string!r}"
    if "%(num)d" in key[1]:
        yield f"{place}: a count is %(num)s, of which thousands stand apart"
    if message.fuzzy:
        yield f"{place} is marked fuzzy"
    if key not in wanted:
        yield f"{place} is said nowhere any more"
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    for text in texts:
        if not text:
            yield f"{place} has no Korean"
        elif not _places(text) <= _places(*_all(message.id)):
            yield f"{place}: places differ in {text!r}"
        elif not _places(_first(message.id)) - {"%(num)s"} <= _places(text):
            yield f"{place}: a place is lost in {text!r}"


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _all(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _places(*texts: str) -> set[str]:
    return {place for text in texts for place in PLACES.findall(text)}


COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
NEEDS_TOKEN = re.compile(r'method="post"', re.IGNORECASE)
INLINE = (
    (re.compile(r"<style\b", re.IGNORECASE), "a <style> block"),
    (re.compile(r"<[^>]*\sstyle=", re.IGNORECASE), "a style attribute"),
    (re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE), "a script in the page"),
    (re.compile(r"<[^>]*\son[a-z]+=", re.IGNORECASE), "an on… attribute"),
    (re.compile(r"\shx-on[:-]|\shx-vals=[\"']js:", re.IGNORECASE), "htmx code in an attribute"),
    (re.compile(r"\shx-trigger=\"[^\"]*\["), "an htmx trigger filter"),
)
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
SAID = re.compile(r"[가-힣]+|[A-Za-z]{2,}")
# Proper names, units and codes that no language changes.
SAME_EVERYWHERE = {
    *("onshelf", "Onshelf", "English", "Excel"),
    *("SKU", "GTIN", "JSON", "CSV", "XLSX", "px", "ml", "KB", "MB"),
}
# Both languages stand side by side in these.
OWN_WORDS = ("patterns/", "receivers/")
# What is no speech: class blocks, code, runs marked as another language, attributes in macros.
SILENT = re.compile(
    r"{%\s*block \w+_class\s*%}.*?{%\s*endblock[^%]*%}"
    r"|<(code|pre|script)\b.*?</\1>"
    r"|<\w+[^<>]*\slang=\"\w+\"[^<>]*>(?:(?!</(?:button|a|span)>).)*</\w+>"
    r"|\s[a-z-]+=\"[^\"<>]*\"(?=[^<>]*$)|&\w+;",
    re.DOTALL | re.MULTILINE,
)


def broken_templates() -> Iterator[str]:
    """Templates that do not compile, break the policy, lack a token or speak untranslated."""
    folder = ROOT / "templates"
    environment = _application().jinja_env
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        source = path.read_text(encoding="utf-8")
        try:
            if not name.startswith(RECEIVERS):
                environment.compile(source, name)
        except TemplateSyntaxError as error:
            yield f"templates/{name}:{error.lineno}: {error.message}"
        for line, what in _faults(name, COMMENT.sub(_blank, source)):
            yield f"templates/{name}:{line}: {what}"


def _application() -> Flask:
    """The application with every filter and macro function; it reaches no database."""
    unused = "not used by any check"
    needed = {
        "ONSHELF_ENV": "test",
        "ONSHELF_INSTANCE": os.environ.get("ONSHELF_INSTANCE") or _passing_folder(),
        "SECRET_KEY": unused,
        "DATABASE_URL": "postgresql+psycopg://",
        "BROKER_URL": "memory://",
        "CATALOGUE_SECRET": unused,
        "ORDERS_SECRET": unused,
    }
    for name, value in needed.items():
        # A process that has settings keeps them.
        os.environ.setdefault(name, value)
    # Some modules read the settings as they are loaded.
    from app import create_app

    return create_app()


def _passing_folder() -> str:
    """A folder that goes with the process."""
    made = tempfile.mkdtemp(prefix="onshelf-check-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _faults(name: str, source: str) -> Iterator[tuple[int, str]]:
    bare = EXPRESSION.sub(_blank, TAG.sub(_blank, source))
    for pattern, what in INLINE:
        for match in pattern.finditer(bare):
            yield _line(bare, match.start()), f"{what} is barred by the content policy"
    # The receivers know no signed-in person whose form another site could send.
    forms = () if name.startswith(RECEIVERS) else FORM.finditer(source)
    for match in forms:
        if NEEDS_TOKEN.search(match[0]) and "csrf()" not in match[0]:
            yield _line(source, match.start()), "a form without {{ csrf() }}"
    if name.startswith(OWN_WORDS):
        return
    quiet = EXPRESSION.sub(_blank, SILENT.sub(_blank, source))
    spoken = MARKUP.sub(_blank, TAG.sub(_blank, quiet))
    for match in SAID.finditer(spoken):
        if match[0] not in SAME_EVERYWHERE:
            yield _line(spoken, match.start()), f"{match[0]!r} is not translated"


def _blank(match: re.Match[str]) -> str:
    """As many lines as there were, so that places stay true."""
    return "\n" * match[0].count("\n") or " "


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def check() -> int:
    """Print every problem; answer the exit status."""
    found = problems()
    for each in found:
        print(each)
    print(f"{len(found)} problems" if found else "translations and templates: nothing to mend")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(check())
