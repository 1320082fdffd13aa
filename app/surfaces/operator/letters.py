"""Reading the mailbox that takes the place of a mail server."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from app.core.errors import NotFound
from app.core.mail import mailbox

NEWEST = 200
NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}\.eml")


@dataclass(frozen=True)
class Letter:
    """A mail that was written; `text` is its plain part."""

    name: str
    to: str
    subject: str
    at: datetime
    text: str


def letters() -> list[Letter]:
    """The newest mails, newest first."""
    folder = mailbox()
    names = sorted((f.name for f in folder.glob("*.eml")), reverse=True) if folder.exists() else []
    return [_read(folder / name) for name in names[:NEWEST] if NAME.fullmatch(name)]


def letter(name: str) -> Letter:
    """One mail; NotFound for any other name."""
    path = mailbox() / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise NotFound()
    return _read(path)


def _read(path: Path) -> Letter:
    # It costs as much to load as a twentieth of the application, for one page of operators.
    from email import policy

    parsed = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    message = parsed if isinstance(parsed, EmailMessage) else EmailMessage()
    body = message.get_body(("plain",))
    return Letter(
        name=path.name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        at=parsedate_to_datetime(str(message["Date"])),
        text=str(body.get_content()) if body else "",
    )
