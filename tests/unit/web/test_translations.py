"""The check of translations and templates finds what it is there to find."""

from pathlib import Path

import pytest

from app.settings import ROOT
from app.surfaces.cli import translations


def faults(source: str, name: str = "pages/page.html") -> list[str]:
    return [what for _line, what in translations._faults(name, source)]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p style='color: red'>{{ x }}</p>", "a style attribute"),
        ("<script>alert(1)</script>", "a script in the page"),
        ('<a onclick="go()">{{ x }}</a>', "an on… attribute"),
        ('<a hx-on:click="go()">{{ x }}</a>', "htmx code"),
        ('<a hx-trigger="click[ctrlKey]">{{ x }}</a>', "a trigger filter"),
        ('<form method="post">{{ x }}</form>', "without {{ csrf() }}"),
        ("<p>저장</p>", "'저장' is not translated"),
        ("<p>Save</p>", "'Save' is not translated"),
    ],
)
def test_what_a_template_may_not_hold(source: str, fault: str) -> None:
    assert any(fault.rsplit(" ", maxsplit=1)[-1] in each for each in faults(source)), faults(source)


@pytest.mark.parametrize(
    "source",
    [
        '<form method="post">{{ csrf() }}<button>{{ _("Save") }}</button></form>',
        '<form method="get"><input name="q"></form>',
        '<script type="module" src="{{ asset("js/x.js") }}"></script>',
        '<button lang="en">English</button> <code>kebab-case</code> &nbsp; px',
        "{% block body_class %}wide{% endblock %}",
    ],
)
def test_what_a_template_may_hold(source: str) -> None:
    assert faults(source) == []


def catalogue(folder: Path, body: str) -> list[Path]:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path = folder / "area.po"
    path.write_text(head + body, encoding="utf-8")
    return [path]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("", "no Korean for"),
        ('msgid "Save %(name)s"\nmsgstr ""\n', "has no Korean"),
        ('msgid "Save %(name)s"\nmsgstr "저장"\n', "a place is lost"),
        ('msgid "Save %(name)s"\nmsgstr "%(name)s %(who)s"\n', "places differ"),
        ('msgid "Save %(num)d"\nmsgstr "%(num)d건 저장"\n', "a count is %(num)s"),
        ('msgid "Save %(name)s"\nmsgstr "%(name)s 저장"\n', ""),
    ],
)
def test_what_a_catalogue_must_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str, complaint: str
) -> None:
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    asked = "Save %(num)d" if "num" in body else "Save %(name)s"
    wanted = {(None, asked): "page.html:1"}
    found = list(translations.untranslated(wanted, catalogue(tmp_path, body)))
    assert (complaint in found[0]) if complaint else (found == [])


def test_the_web_sides_own_texts_are_complete() -> None:
    own = [each for each in translations.problems() if "web.po" in each or "layouts/" in each]
    assert own == []
    assert (ROOT / "app" / "translations" / "ko" / "web.po").exists()
