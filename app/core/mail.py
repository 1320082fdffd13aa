"""One mail out: by SMTP where SMTP_URL is set, else as a file under `instance/mailbox/`.

SMTP_URL: `smtp://user:password@host:587` (STARTTLS where the server offers it) or
`smtps://user:password@host:465`. Raises `MailRefusedError` when the server will never take it, and
OSError or SMTPException when trying again may help.
"""

import secrets
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.settings import settings

TIMEOUT_SECONDS = 15


class MailRefusedError(Exception):
    """The server says that this mail can never be delivered."""


@dataclass(frozen=True)
class Mail:
    """A mail in one language. `key` stays the same when it is sent again."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    language: str


def send(mail: Mail) -> None:
    """Hand *mail* over; when this returns, it is the server's, or lies in the mailbox."""
    message = _message(mail)
    if settings().smtp_url:
        _by_smtp(message)
    else:
        _into_mailbox(message)


def mailbox() -> Path:
    """The folder that takes the place of a mail server."""
    return settings().onshelf_instance / "mailbox"


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings().mail_from
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(datetime.now(UTC))
    host = urlsplit(settings().public_url).hostname or "localhost"
    message["Message-ID"] = f"<{mail.key}@{host}>"
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _by_smtp(message: EmailMessage) -> None:
    server = _server()
    try:
        server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        if _is_permanent(error):
            raise MailRefusedError(str(error)[:500]) from error
        raise
    finally:
        # The mail is accepted or refused by now, however badly the farewell goes.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _server() -> smtplib.SMTP:
    url = urlsplit(settings().smtp_url)
    host = url.hostname or "localhost"
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server


def _is_permanent(error: Exception) -> bool:
    """A 5xx answer about this mail. A refused login is about our settings, and may be mended."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _into_mailbox(message: EmailMessage) -> None:
    folder = mailbox()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"
    draft = folder / f".{name}"
    draft.write_bytes(bytes(message))
    # It appears whole or not at all.
    draft.replace(folder / name)
