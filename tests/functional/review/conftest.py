"""What the tests of the desk share: a hold to undo in, and races of two."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.settings import settings


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Verdicts are held for a minute."""
    monkeypatch.setenv("VERDICT_HOLD_SECONDS", "60")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


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
