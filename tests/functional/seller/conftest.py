"""A seller signed in."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Seller
from tests.factories import people


@pytest.fixture
def seller(session: Any) -> Seller:
    return people.seller()


@pytest.fixture
def client(app: Flask, session: Any, seller: Seller) -> FlaskClient:
    """The seller's owner, signed in, reading English."""
    signed = people.signed_in(app.test_client(), people.owner_of(seller))
    signed.set_cookie("language", "en")
    return signed
