"""The signed tokens of mailed links. None is stored; each is made when its mail is sent.

A recovery token names the person's `fs_uniquifier`, which a new password replaces, and an
invitation token names a row that accepting deletes: both work once.
"""

from itsdangerous import BadData, URLSafeTimedSerializer

from app.settings import settings

RECOVERY_SECONDS = 60 * 60


def recovery_token(uniquifier: str) -> str:
    """A token with which the person may choose a new password within the hour."""
    return str(_serializer("recovery").dumps(uniquifier))


def recovery_subject(token: str) -> str | None:
    """The `fs_uniquifier` a recovery token was made for; None if it is forged or over."""
    return _read("recovery", token, RECOVERY_SECONDS)


def invitation_token(invitation_id: int) -> str:
    """A token with which the invited person may join."""
    return str(_serializer("invitation").dumps(str(invitation_id)))


def invitation_subject(token: str) -> int | None:
    """The invitation a token was made for; None if it is forged or over."""
    subject = _read("invitation", token, settings().invitation_days * 24 * 60 * 60)
    return int(subject) if subject else None


def _read(purpose: str, token: str, seconds: int) -> str | None:
    try:
        return str(_serializer(purpose).loads(token, max_age=seconds))
    except BadData:
        return None


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt=f"onshelf-{purpose}")
