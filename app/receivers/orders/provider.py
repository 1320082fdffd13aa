"""A stand-in for a payment provider: each method says beforehand how it will answer.

A real one takes its place by having the same table of methods, answers asked for by key, and
`answer` called with what its late notice says.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    """`at_once` is the answer to the request (`waiting`: none at all), `later` what it ends as."""

    at_once: str
    later: str


METHODS = {
    "stand-in-approved": Method("approved", "approved"),
    "stand-in-declined": Method("declined", "declined"),
    # The request times out: whether money moved is unknown until the provider tells.
    "stand-in-approved-late": Method("waiting", "approved"),
    "stand-in-declined-late": Method("waiting", "declined"),
}
