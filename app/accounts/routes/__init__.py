"""The pages of accounts: thin edges over `actions.py`."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from app.accounts.routes import account, entry, invitation, recovery, team  # noqa: E402, F401
