"""What the tests of the desk share: a hold to undo in."""

from collections.abc import Iterator

import pytest

from app.settings import settings


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Verdicts are held for a minute."""
    monkeypatch.setenv("VERDICT_HOLD_SECONDS", "60")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()
