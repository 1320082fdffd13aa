"""What a receiver says when its database does not answer, and when its own statement is wrong."""

import logging

from sqlalchemy import text

from app.receivers.orders.application import create_app
from app.receivers.orders.settings import OrdersSettings
from tests.functional.receivers.conftest import ORDERS_SECRET, Neighbour


def test_a_database_that_does_not_answer_is_asked_again_later():
    settings = OrdersSettings(
        database_url="postgresql+psycopg://nobody@127.0.0.1:9/none",
        orders_secret=ORDERS_SECRET,
        onshelf_env="test",
    )
    answer = Neighbour(create_app(settings), ORDERS_SECRET).call("GET", "/v1/stock?items=1")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"]


def test_a_statement_that_the_database_does_not_understand_is_our_fault(orders, caplog):
    engine = orders.app.extensions["store"].engine
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE orders.item RENAME COLUMN stock TO elsewhere"))
    try:
        with caplog.at_level(logging.ERROR):
            answer = orders.call("GET", "/v1/stock?items=1")
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE orders.item RENAME COLUMN elsewhere TO stock"))
    assert (answer.status_code, answer.json["code"]) == (500, "failed")
    assert "UndefinedColumn" in caplog.text
