"""The pages of accounts: thin edges over `actions.py` and `company.py`."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from app.accounts.routes import (  # noqa: E402
    account,  # noqa: F401
    company,  # noqa: F401
    entry,  # noqa: F401
    invitation,  # noqa: F401
    recovery,  # noqa: F401
    team,  # noqa: F401
)
