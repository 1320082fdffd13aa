"""Named retry policies. A next attempt is a time in a row, never a broker's countdown."""

import random
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class RetryPolicy:
    """Exponential steps from *first* seconds, at most *cap* seconds, parked after *attempts*."""

    name: str
    attempts: int
    first: float
    cap: float

    def delay(self, attempt: int) -> timedelta:
        """How long to wait after attempt number *attempt* (1 is the first) has failed."""
        step = min(self.cap, self.first * 2 ** (attempt - 1))
        return timedelta(seconds=step * random.uniform(0.8, 1.2))  # noqa: S311 - jitter

    def exhausted(self, attempt: int) -> bool:
        """Whether attempt number *attempt* was the last one."""
        return attempt >= self.attempts


# A neighbour that is down overnight is found working again in the morning: about a day in all.
DELIVERY = RetryPolicy("delivery", attempts=50, first=2, cap=1800)
# A picture that ends its child three times will end it a fourth time.
IMAGING = RetryPolicy("imaging", attempts=3, first=2, cap=60)
# A server elsewhere that is away for a minute; a seller looks at the page meanwhile.
ARRIVAL = RetryPolicy("arrival", attempts=3, first=5, cap=60)
# One that ends its worker so often will do so again: its first listing is set aside.
BATCH = RetryPolicy("batch", attempts=3, first=2, cap=60)
MAIL = RetryPolicy("mail", attempts=20, first=10, cap=3600)
# A verdict that cannot be applied is our own fault: it is tried until that is mended.
VERDICT = RetryPolicy("verdict", attempts=1000, first=10, cap=300)
