"""The review queues by name: `queues.yaml` beside this file is their one list."""

from functools import lru_cache
from pathlib import Path

import yaml

from app.core.words import Words

FILE = Path(__file__).with_name("queues.yaml")


@lru_cache
def queues() -> dict[str, Words]:
    """Every queue's name by its code, in the order in which pages show them."""
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {code: Words.of(name) for code, name in listed.items()}


def queue_name(code: str) -> Words:
    """The queue's name; a queue that is no longer listed reads as its code."""
    return queues().get(code) or Words(code, code)
