"""Pages as a browser without script holds them: the fields of a form, to change and to send."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict


def fields_of(page: str, form_id: str = "", action: str = "") -> MultiDict[str, str]:
    """What the form of that id (or action) would send if nothing was touched."""
    reader = _Reader(form_id, action)
    reader.feed(page)
    assert reader.found, f"no form {form_id or action} in the page"
    return reader.fields


class _Reader(HTMLParser):
    def __init__(self, form_id: str, action: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted = (form_id, action)
        self.inside = self.found = False
        self.fields: MultiDict[str, str] = MultiDict()
        self.area: str | None = None
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        form_id, action = self.wanted
        if tag == "form":
            same = given.get("id") == form_id if form_id else given.get("action") == action
            self.inside = same
            self.found = self.found or same
        elif not self._belongs(given):
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.area = given.get("name")
            self.fields.add(self.area or "", "")
        elif tag == "select":
            self.select, self.options = given.get("name"), []
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))

    def _belongs(self, given: dict[str, str]) -> bool:
        """Within the form, or said to be of it."""
        if self.select is not None:
            return True
        named = given.get("form")
        return named == self.wanted[0] if named else self.inside

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area is not None:
            # A browser drops the line break right after the tag.
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [
                self.options[0][0] if self.options else ""
            ]
            self.fields.add(self.select, chosen[0])
            self.select = None

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if not given.get("name") or kind in ("submit", "file", "button"):
            return
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        self.fields.add(given["name"], given.get("value", "on" if kind == "checkbox" else ""))


def pictures_in(page: str) -> list[dict[str, str]]:
    """The attributes of every picture of a product that the page shows."""
    reader = _Pictures()
    reader.feed(page)
    return reader.found


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img" and "/pictures/" in given.get("src", ""):
            self.found.append(given)


def offered_in(given: dict[str, str]) -> dict[str, int]:
    """The widths that a picture's `srcset` names, by address."""
    pairs = (each.split() for each in given.get("srcset", "").split(",") if each.strip())
    return {address: int(width.removesuffix("w")) for address, width in pairs}
