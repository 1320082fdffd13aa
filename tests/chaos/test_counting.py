"""The count sees what it is there for: each kind of harm, and none where there is none."""

from typing import Any

from tests.chaos.counting import FIGURES, Asked, Opened, Receiver, figures

SUBJECTS = ("product", "offer", "sale", "stock")
PRODUCT = Opened("product:7:1", "delivered")
PRICE = Opened("offer:1:2", "superseded", 900)
NEWER = Opened("offer:1:3", "delivered", 950)
AMOUNT = Opened("stock:1:1", "delivered", 5)
POISON = Opened("stock:2:1", "refused", 3)
ALL = (PRODUCT, PRICE, NEWER, AMOUNT, POISON)


def asked(**more: Any) -> Asked:
    maybe = {one.key: one.value for one in ALL}
    return Asked(maybe, set(maybe), {one.about for one in ALL})


def receiver(**given: Any) -> Receiver:
    effects = {"product:7:1": "applied", "offer:1:3": "applied", "stock:1:1": "applied"}
    has = {"product:7": (1, None), "offer:1": (3, 950)}
    return Receiver(**{"effects": effects, "has": has, "stock": {1: (15, 2), 2: (10, 1)}, **given})


def found(
    opened: Any = ALL, at: Receiver | None = None, wire: Any = (), asking: Asked | None = None
) -> set[str]:
    counted = figures(
        opened, at or receiver(), wire, asking or asked(), {POISON.key}, {1: 10, 2: 10}, SUBJECTS
    )
    return {name for name in FIGURES if counted[name]}


def test_superseded_by_something_newer_and_planned_poison_are_not_lost() -> None:
    assert found() == set()


def test_lost_is_what_was_opened_and_never_arrived() -> None:
    assert found(at=receiver(effects={"offer:1:3": "applied", "product:7:1": "applied"},
                             stock={1: (10, 1)})) == {"lost"}  # fmt: skip


def test_lost_is_what_was_acknowledged_and_is_not_in_the_outbox() -> None:
    assert found(asking=Asked({"sale:1:2": "on"}, {"sale:1:2"}, set())) == {"lost"}


def test_superseded_by_nothing_is_lost() -> None:
    gone = receiver(has={"product:7": (1, None), "offer:1": (1, 800)},
                    effects={"product:7:1": "applied", "stock:1:1": "applied"})  # fmt: skip
    assert found(opened=(PRODUCT, PRICE, AMOUNT, POISON), at=gone,
                 asking=Asked(asked().maybe, (), set())) == {"lost", "stale"}  # fmt: skip


def test_doubled_is_an_amount_that_counted_twice() -> None:
    assert found(at=receiver(stock={1: (20, 3)})) == {"doubled"}


def test_doubled_is_a_key_that_was_said_to_be_applied_twice() -> None:
    twice = [{"outcomes": [["stock:1:1", "applied"]]}] * 2
    assert found(wire=twice) == {"doubled"}


def test_phantom_is_an_effect_that_nobody_opened() -> None:
    effects = {**receiver().effects, "product:9:1": "applied"}
    assert found(at=receiver(effects=effects)) == {"phantom"}


def test_phantom_is_a_delivery_that_nobody_asked_for() -> None:
    maybe = {**asked().maybe, "offer:1:3": 999}
    assert found(asking=Asked(maybe, (), {"offer:1"})) == {"phantom"}


def test_stale_is_an_older_revision_or_another_value_last() -> None:
    older = {"product:7": (1, None), "offer:1": (2, 900)}
    assert found(at=receiver(has=older)) == {"stale"}
    other = {"product:7": (1, None), "offer:1": (3, 900)}
    assert found(at=receiver(has=other)) == {"stale"}


def test_undrained_is_what_still_waits() -> None:
    waits = Opened("stock:1:1", "due", 5)
    assert found(opened=(PRODUCT, PRICE, NEWER, waits, POISON)) == {"undrained"}
