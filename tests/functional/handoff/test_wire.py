"""How long a target's answer is waited for, by real sockets."""

from collections.abc import Iterator

import pytest

from app.journey.handoff import wire
from tests.factories.elsewhere import Elsewhere
from tests.functional.handoff.conftest import impatient


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    played = Elsewhere()
    yield played
    played.stop()


# A body whose length is told, a head that does not end, a chunk whose length does not.
@pytest.mark.parametrize("path", ["/body", "/silent", "/lengths"])
def test_an_answer_that_drips_is_hung_up_on_long_before_its_end(
    elsewhere: Elsewhere, path: str
) -> None:
    elsewhere.pages[path] = None
    elsewhere.drops = 400
    with impatient(), pytest.raises(wire.NoAnswerError) as cut:
        wire.exchange("GET", elsewhere.url(path, "127.0.0.1"), {}, None)
    assert cut.value.code == "too-slow"
    assert 0 < elsewhere.dripped < elsewhere.drops, "it came slowly, and was not waited for"


def test_an_answer_that_drips_and_is_whole_in_time_is_taken(elsewhere: Elsewhere) -> None:
    elsewhere.pages["/body"] = None
    elsewhere.drops = 3
    for _ in range(2):
        answer = wire.exchange("GET", elsewhere.url("/body", "127.0.0.1"), {}, None)
        assert (answer.status, answer.body) == (200, b"xxx")
