"""Notices written as mail: one by itself, or what is gathered of one person in one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import force_locale

from app.accounts.models import Person
from app.accounts.tokens import invitation_token, recovery_token
from app.core.database import db
from app.core.mail import Mail
from app.journey.notifying.models import Notification
from app.journey.notifying.texts import SEE_ALL, SEVERAL, TEXTS, note_of
from app.settings import settings

# Of what is gathered, so many are named.
NAMED = 50
# What needs nothing done stands last.
GOOD_NEWS = frozenset({"version-approved", "appeal-granted"})


@dataclass(frozen=True)
class Line:
    """One notice in a mail of several."""

    title: str
    note: str
    link: str


def write(rows: Sequence[Notification]) -> Mail | None:
    """The mail of these notices in their reader's language; None if nobody is to read it now."""
    first = rows[0]
    person = db.session.get(Person, first.person_id) if first.person_id else None
    if first.person_id and (person is None or not person.active):
        return None
    return _alone(first, person) if len(rows) == 1 else _together(rows, person)


def _alone(row: Notification, person: Person | None) -> Mail:
    language = _language(person)
    text = TEXTS[row.code]
    said = {
        "title": text.title.text(language, **row.params),
        "body": text.body.text(language, **row.params),
        "note": note_of(row.params).text(language),
        "act": text.act.text(language),
        "link": _link(row, person),
    }
    return _mail(f"notice-{row.id}", person, row.email, "notice", said)


def _together(rows: Sequence[Notification], person: Person | None) -> Mail:
    language = _language(person)
    ordered = sorted(rows, key=lambda row: (row.code in GOOD_NEWS, row.id))
    said = {
        "title": SEVERAL.text(language, count=len(rows)),
        "lines": [_line(row, person) for row in ordered[:NAMED]],
        "more": max(len(rows) - NAMED, 0),
        "act": SEE_ALL.text(language),
        "link": _address("/notifications"),
    }
    # The same name only where it says the same: a mail server drops what it has had.
    key = f"notices-{rows[0].id}-{rows[-1].id}-{len(rows)}"
    return _mail(key, person, "", "notices", said)


def _line(row: Notification, person: Person | None) -> Line:
    language = _language(person)
    title = TEXTS[row.code].title.text(language, **row.params)
    return Line(title, note_of(row.params).text(language), _link(row, person))


def _mail(
    key: str, person: Person | None, address: str, template: str, said: Mapping[str, Any]
) -> Mail:
    language = _language(person)
    told = {"language_code": language, "name": person.name if person else "", **said}
    with force_locale(language):
        return Mail(
            key=key,
            to=person.email if person else address,
            subject=str(said["title"]),
            text=render_template(f"emails/{template}.txt", **told),
            html=render_template(f"emails/{template}.html", **told),
            language=language,
        )


def _language(person: Person | None) -> str:
    return person.language if person else settings().default_language


def _link(row: Notification, person: Person | None) -> str:
    make = LINKS.get(row.code)
    return _address(make(row, person) if make else row.url)


def _address(path: str) -> str:
    return settings().public_url.rstrip("/") + path if path else ""


def _recovery_link(row: Notification, person: Person | None) -> str:
    return f"/recovery/{recovery_token(person.fs_uniquifier)}" if person else ""


def _invitation_link(row: Notification, person: Person | None) -> str:
    return f"/invitations/{invitation_token(int(row.params['invitation']))}"


# Links with a token are made here, so that no table ever holds one.
LINKS: dict[str, Callable[[Notification, Person | None], str]] = {
    "recovery": _recovery_link,
    "invitation": _invitation_link,
}
