"""Sessions live in our database; the browser has an id, we have its hash.

Flask-Session's base carries the protocol of opening and saving. Its own database store is not used
(docs/decisions/sessions.md): that one commits the request's transaction, brings a deleted session
back and unpickles what it reads. Every statement here runs in a transaction of its own.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Response, current_app, session
from flask_security import login_user, logout_user
from flask_session.base import ServerSideSession, ServerSideSessionInterface
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from app.accounts.models import Person, WebSession
from app.core.clock import database_now
from app.core.database import db
from app.settings import settings

# A session used again within this time is not written again.
_TOUCH = timedelta(seconds=60)


class StoredSession(ServerSideSession):
    """What the base knows, and when the row was last written."""

    # No row has this id yet, so it is inserted and never updated into being.
    unsaved = True
    written_at: datetime | None = None
    # Why it could not be read: nobody knows then whose it is, and it is never written.
    unread: SQLAlchemyError | None = None


class DatabaseSessions(ServerSideSessionInterface):
    """The sessions of `web_session`."""

    session_class = StoredSession

    def __init__(self, app: Flask) -> None:
        super().__init__(app, key_prefix="", permanent=False, serialization_format="json")

    def open_session(self, app: Flask, request: Any) -> StoredSession:
        """The session of the request's cookie, or an empty one under a new id."""
        sid = request.cookies.get(self.get_cookie_name(app))
        try:
            row = self._row(sid) if sid else None
        except (OperationalError, InterfaceError) as error:
            # Raised here it would pass by every handler, and none of them could draw a page.
            unread = StoredSession(sid=sid)
            unread.unread = error
            return unread
        if row is None:
            return StoredSession(sid=secrets.token_urlsafe(32))
        found = StoredSession(row.data, sid=sid)
        found.unsaved = False
        found.written_at = row.written_at
        return found

    def save_session(self, app: Flask, session: StoredSession, response: Response) -> None:
        """Row and cookie stay as they are where the session could not be read."""
        if session.unread is None:
            super().save_session(app, session, response)

    def should_set_storage(self, app: Flask, session: StoredSession) -> bool:
        """Written when changed, and once a minute while used."""
        idle_since = session.written_at
        stale = idle_since is not None and datetime.now(UTC) - idle_since > _TOUCH
        return bool(session.modified or stale)

    def regenerate(self, session: StoredSession) -> None:
        """The same content under a new id; the old id is dead."""
        self._delete_session(session.sid)
        session.sid = secrets.token_urlsafe(32)
        session.unsaved = True
        session.modified = True

    def _row(self, sid: str) -> Any:
        stmt = select(WebSession.data, WebSession.written_at).where(
            WebSession.key == _key(sid), WebSession.expires_at > database_now()
        )
        with db.engine.begin() as connection:
            return connection.execute(stmt).first()

    def _retrieve_session_data(self, store_id: str) -> dict[str, Any] | None:
        row = self._row(store_id)
        return dict(row.data) if row else None

    def _delete_session(self, store_id: str) -> None:
        with db.engine.begin() as connection:
            connection.execute(delete(WebSession).where(WebSession.key == _key(store_id)))

    def _upsert_session(self, lifetime: timedelta, session: StoredSession, store_id: str) -> None:
        values = {"data": dict(session), "person": session.get("_user_id")}
        idle = database_now() + _idle(session)
        whole = timedelta(hours=settings().session_hours)
        with db.engine.begin() as connection:
            if session.unsaved:
                connection.execute(
                    insert(WebSession).values(key=_key(store_id), expires_at=idle, **values)
                )
                return
            # Only a row that is still there: a session ended meanwhile stays ended.
            connection.execute(
                update(WebSession)
                .where(WebSession.key == _key(store_id))
                .values(
                    written_at=database_now(),
                    expires_at=func.least(WebSession.created_at + whole, idle),
                    **values,
                )
            )


def must_be_read() -> None:
    """Before anything else of a request: without its session, nobody can say what it may do."""
    if session.unread is not None:  # type: ignore[attr-defined]
        raise session.unread  # type: ignore[attr-defined]


def begin_session(person: Person) -> None:
    """Sign *person* in under a new session id; nothing of the anonymous session is kept."""
    session.clear()
    session["staff"] = bool(person.roles)
    current_app.session_interface.regenerate(session)  # type: ignore[attr-defined]
    login_user(person, remember=False, authn_via=["password"])


def signed_in_elsewhere(person: Person) -> bool:
    """Whether another session of theirs is open, in whatever browser."""
    theirs = select(WebSession.key).where(
        WebSession.person == person.fs_uniquifier, WebSession.expires_at > database_now()
    )
    here = _key(session.sid)  # type: ignore[attr-defined]
    return any(key != here for key in db.session.scalars(theirs))


def end_session() -> None:
    """Sign out: the row is deleted, so a copy of the cookie is worth nothing."""
    logout_user()
    session.clear()


def prune_sessions() -> None:
    """Delete the rows of sessions that are over."""
    db.session.execute(delete(WebSession).where(WebSession.expires_at < database_now()))


def _idle(session: StoredSession) -> timedelta:
    if "_user_id" not in session:
        return timedelta(minutes=settings().session_anonymous_minutes)
    if session.get("staff"):
        return timedelta(minutes=settings().session_idle_minutes_staff)
    return timedelta(minutes=settings().session_idle_minutes)


def _key(sid: str) -> str:
    return hashlib.sha256(sid.encode()).hexdigest()
