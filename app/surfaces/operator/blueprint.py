"""The operators' pages, under one address."""

from flask import Blueprint

blueprint = Blueprint("operator", __name__, url_prefix="/operator")
