"""What a browser does with a form: take its token along; races; a storage of the test's own."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.storage import DirectoryStorage
from app.listings.store import store
from app.settings import settings

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[DirectoryStorage]:
    """The storage of this test: its root is set as `STORAGE_PATH` would."""
    before = settings().storage_path
    object.__setattr__(settings(), "storage_path", tmp_path / "storage")
    yield store()  # type: ignore[misc]
    object.__setattr__(settings(), "storage_path", before)


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


@pytest.fixture
def race(app: Flask) -> Callable[..., list[Any]]:
    """Runs all of *acts* at the same moment, each on a connection of its own.

    Answers their results in order; a refusal is a result.
    """

    def run(*acts: Callable[[], Any]) -> list[Any]:
        barrier = threading.Barrier(len(acts))
        results: list[Any] = [None] * len(acts)

        def take_part(place: int, act: Callable[[], Any]) -> None:
            with app.app_context():
                barrier.wait()
                try:
                    results[place] = act()
                except Exception as refused:
                    results[place] = refused

        threads = [threading.Thread(target=take_part, args=each) for each in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run
