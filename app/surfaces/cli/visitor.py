"""A visitor with a browser's habits and nothing else: cookies, redirects, forms. No script."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3

SECONDS = 30.0
MOST_REDIRECTS = 8
TICKS = ("radio", "checkbox")
Fields = list[tuple[str, Any]]


class UnexpectedError(Exception):
    """What was seen instead of what should have been; told to the operator as it is."""


@dataclass
class Control:
    """One named control of a form; `choices` are the values that it offers."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    readonly: bool = False


@dataclass
class Form:
    """A form as the page wrote it; `buttons` are (name, value, own address)."""

    action: str
    method: str
    identity: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def fill(self, name: str, *values: str) -> None:
        """Type or tick; *name* must be there."""
        if name not in self.controls:
            raise UnexpectedError(f"the form has no field {name}")
        self.controls[name].values = list(values)

    def fields(self) -> Fields:
        """What a browser would send."""
        return [(c.name, value) for c in self.controls.values() for value in c.values]

    def pressing(self, part: str) -> "Form":
        """The form as sent by its button that leads to an address with *part* in it."""
        own = next((a for _, _, a in self.buttons if part in a), "")
        return Form(own or self.action, self.method, self.identity, self.controls, self.buttons)


@dataclass
class Page:
    """One answer: the address it came from in the end, its status, text, forms and links."""

    url: str
    status: int
    text: str
    forms: list[Form]
    links: list[tuple[str, str]]
    words: str

    def form(self, part: str) -> Form:
        """The first form that leads to an address with *part* in it."""
        for form in self.forms:
            if part in form.action:
                return form
        raise UnexpectedError(f"{self.url} ({self.status}) has no form to {part}: {self.said()}")

    def said(self) -> str:
        """The beginning of what the page says, for a report."""
        return " ".join(self.words.split())[:300]


class Visitor:
    """One person's browser."""

    def __init__(self, base: str, language: str = "en") -> None:
        self.base = base
        self._pool = urllib3.PoolManager(retries=False, timeout=SECONDS)
        self._cookies: dict[str, dict[str, str]] = {}
        self._language = language

    def get(self, url: str) -> Page:
        """Open an address, whole or from the base."""
        return self._go("GET", urljoin(self.base, url))

    def send(self, page: Page, form: Form, *more: tuple[str, Any]) -> Page:
        """Send a form of *page*, files and the pressed button among *more*."""
        fields = [*form.fields(), *more]
        url = urljoin(page.url, form.action or page.url)
        if any(isinstance(value, tuple) for _, value in fields):
            return self._go("POST", url, fields=fields)
        body = urlencode(fields)
        if form.method == "get":
            return self._go("GET", f"{url.partition('?')[0]}?{body}")
        kind = "application/x-www-form-urlencoded"
        return self._go("POST", url, body=body.encode(), headers={"Content-Type": kind})

    def _go(self, method: str, url: str, **given: Any) -> Page:
        for _ in range(MOST_REDIRECTS):
            response = self._request(method, url, **given)
            where = response.headers.get("Location")
            if response.status not in (301, 302, 303, 307) or not where:
                return _page(url, response.status, response.data.decode("utf-8", "replace"))
            method, url, given = "GET", urljoin(url, where), {}
        raise UnexpectedError(f"{url}: redirected without end")

    def _request(self, method: str, url: str, **given: Any) -> Any:
        host = urlsplit(url).netloc
        known = self._cookies.setdefault(host, {})
        headers = {"Accept-Language": self._language, "User-Agent": "onshelf-probe"}
        headers |= given.pop("headers", {})
        if known:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in known.items())
        try:
            response = self._pool.request(method, url, headers=headers, redirect=False, **given)
        except urllib3.exceptions.HTTPError as error:
            raise UnexpectedError(f"{url} does not answer: {error}") from error
        for line in response.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                known[name] = morsel.value
        return response


def _page(url: str, status: int, text: str) -> Page:
    reader = _Reader()
    reader.feed(text)
    if status >= 500:
        said = " ".join("".join(reader.words).split())[:200]
        raise UnexpectedError(f"{url} answered {status}: {said}")
    return Page(url, status, text, reader.forms, reader.links, " ".join(reader.words))


class _Reader(HTMLParser):
    """Forms, links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._area: Control | None = None
        self._select: Control | None = None
        self._href = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action, method = given.get("action", ""), given.get("method", "get").lower()
            self._form = Form(action, method, given.get("id", ""))
            self.forms.append(self._form)
        elif tag in ("script", "style", "template"):
            self._silent += 1
        elif tag == "a":
            self._href = given.get("href", "")
        elif tag in ("input", "textarea", "select", "button", "option"):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form = self._owner(given)
        if form is None or "disabled" in given:
            return
        if tag == "option":
            self._option(given)
        elif tag == "button":
            own = (given.get("name", ""), given.get("value", ""), given.get("formaction", ""))
            form.buttons.append(own)
        elif given.get("name"):
            self._named(form, tag, given)

    def _owner(self, given: dict[str, str]) -> Form | None:
        if "form" in given:
            return next((f for f in self.forms if f.identity == given["form"]), None)
        return self._form

    def _named(self, form: Form, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in ("submit", "image", "file", "button"):
            return
        control = form.controls.setdefault(given["name"], Control(given["name"], kind))
        control.readonly = "readonly" in given
        if given.get("inputmode") in ("decimal", "numeric"):
            control.kind = "number"
        if kind in TICKS:
            control.kind = kind
            control.choices.append(given.get("value", "on"))
            if "checked" in given:
                control.values.append(given.get("value", "on"))
        elif tag == "input":
            control.values.append(given.get("value", ""))
        self._area = control if tag == "textarea" else None
        self._select = control if tag == "select" else None

    def _option(self, given: dict[str, str]) -> None:
        if self._select is not None and "value" in given:
            self._select.choices.append(given["value"])
            if "selected" in given or not self._select.values:
                self._select.values = [given["value"]]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "a":
            self._href = ""
        elif tag == "textarea" and self._area is not None:
            self._area.values = ["".join(self._area.values).removeprefix("\n")]
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag in ("script", "style", "template"):
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.values.append(data)
        elif not self._silent and data.strip():
            self.words.append(data)
            if self._href:
                self.links.append((self._href, data.strip()))


def links_to(page: Page, part: str) -> Iterator[str]:
    """The addresses of the page's links that hold *part*."""
    return (href for href, _ in page.links if part in href)
