"""Accounts on an application: sessions in our database, Flask-Security for people and passwords.

Flask-Security's own pages are not registered: ours commit in units of work, answer 422, send mail
as due rows and speak Korean. Kept of it: users by uniquifier, argon2id, signing in and out.
"""

from flask import Flask, Response, request
from flask_security import Security, SQLAlchemyUserDatastore
from flask_wtf.csrf import CSRFError

from app.accounts.current import signed_in
from app.accounts.models import Person, Role
from app.accounts.permissions import ask_to_sign_in, may
from app.accounts.sessions import DatabaseSessions, must_be_read
from app.core.database import db
from app.settings import Settings
from app.web import errors

PERMANENT = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # No pepper from the secret key: changing that key must not change every password.
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
    # A proxy's changing address must not end a session; the id is random, rotated and hashed.
    "SESSION_PROTECTION": None,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
}


def init_app(app: Flask, settings: Settings) -> None:
    """Install sessions and sign-in on *app*."""
    https = settings.public_url.startswith("https://")
    app.config.update(PERMANENT)
    app.config["SESSION_COOKIE_SECURE"] = https
    if settings.onshelf_env == "test":
        # The least that argon2 takes: tests hash by the hundred.
        app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
            "argon2__rounds": 1,
            "argon2__memory_cost": 8,
            "argon2__parallelism": 1,
        }
    # The prefix makes browsers refuse one set by a neighbouring host; it needs HTTPS.
    app.config["SESSION_COOKIE_NAME"] = "__Host-session" if https else "onshelf-session"
    app.session_interface = DatabaseSessions(app)
    # Ahead of the tokens of forms, which are the session's.
    app.before_request_funcs.setdefault(None, []).insert(0, must_be_read)
    datastore = SQLAlchemyUserDatastore(db, Person, Role)
    security = Security(app, datastore, register_blueprint=False)
    # No tokens in headers or addresses: the session is the only way in.
    security.login_manager.request_loader(lambda request: None)
    app.jinja_env.globals["may"] = may
    app.register_error_handler(CSRFError, stale_form)


def stale_form(error: CSRFError) -> Response:
    """A form's token is not this session's. Script learns that the session is over, if it is.

    The token is checked before any permission: without this nobody who types would be told.
    """
    if request.headers.get("HX-Request") == "true" and not signed_in():
        return ask_to_sign_in()
    return errors.stale_form(error)
