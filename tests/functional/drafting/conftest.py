"""A seller at their draft's page, and another seller who must not reach it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Seller
from tests.factories import people
from tests.factories.pages import fields_of

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def seller(session: Any) -> Seller:
    return people.seller()


@pytest.fixture
def client(app: Flask, session: Any, seller: Seller) -> FlaskClient:
    """The seller's owner, signed in, reading English."""
    signed = people.signed_in(app.test_client(), people.owner_of(seller))
    signed.set_cookie("language", "en")
    return signed


@pytest.fixture
def page(client: FlaskClient) -> Callable[[int], Any]:
    """The fields of a listing's draft page as it is now."""
    return lambda listing_id: fields_of(
        client.get(f"/listings/{listing_id}/draft").text, form_id="draft-form"
    )


@pytest.fixture
def autosave(client: FlaskClient) -> Callable[..., Any]:
    """Send fields as the page's script does."""
    return lambda listing_id, fields: client.post(
        f"/listings/{listing_id}/draft", data=fields, headers=PARTIAL
    )
