"""What a browser does with a form: take its token along."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def submit(client: FlaskClient) -> Callable[..., Any]:
    """Open the page at *url* and send its form with *fields* to *url*, or to *to*."""

    def send(url: str, to: str = "", by: FlaskClient = client, **fields: str) -> Any:
        opened = by.get(url)
        assert opened.status_code == 200, opened.status
        found = TOKEN.search(opened.text)
        assert found, f"no form at {url}"
        return by.post(to or url, data={"csrf_token": found[1], **fields})

    return send
