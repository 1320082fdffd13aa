"""The receivers' migrations make what their models say."""

import pytest
from sqlalchemy import create_engine, inspect

from app.core.migration import differences, upgrade
from tests.conftest import CLUSTER, WORKER


@pytest.mark.parametrize("branch", ["catalogue", "orders"])
def test_migrations_make_what_the_models_say(database, branch):
    name = f"migrated_{branch}_{WORKER}"
    CLUSTER.ensure_database(name)
    upgrade(branch, CLUSTER.url(name))
    upgrade(branch, CLUSTER.url(name))
    assert differences(branch, CLUSTER.url(name)) == ""
    engine = create_engine(CLUSTER.url(name))
    assert inspect(engine).get_table_names("public") == []
    engine.dispose()


def test_orders_from_before_payments_keep_their_keys_and_have_no_end(database):
    """What was placed may still be paid and is found by its key; what was cancelled stays so."""
    name = f"before_payments_{WORKER}"
    CLUSTER.ensure_database(name)
    upgrade("orders", CLUSTER.url(name), "0001")
    engine = create_engine(CLUSTER.url(name))
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
    upgrade("orders", CLUSTER.url(name))
    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            'SELECT o.no, key, asked, payment, pay_by, seller_id, cancelled FROM orders."order" o'
            " JOIN orders.order_line ON order_id = o.id ORDER BY o.id"
        ).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [
        ("A-1", "key-1", "digest", "open", None, 7, 0),
        ("A-2", "order:A-2", "", "cancelled", None, 7, 1),
    ]


BEFORE = (
    "INSERT INTO orders.listing VALUES (1, 1, false, 7, '{}', '{}')",
    "INSERT INTO orders.item (item_id, listing_id, practice, sku, option, version, price,"
    " offer_revision, sale, sale_revision, stock, stock_revision)"
    " VALUES (11, 1, false, '', '', 1, 100, 1, 'on', 1, 5, 1)",
    "INSERT INTO orders.\"order\" (no, practice) VALUES ('A-1', false), ('A-2', false)",
    "INSERT INTO orders.order_line (order_id, no, item_id, name, option, quantity, price,"
    " cancelled_at) SELECT id, 1, 11, '{}', '', 1, 100, CASE no WHEN 'A-2' THEN now() END"
    ' FROM orders."order"',
    "INSERT INTO orders.order_attempt (key, asked, answer)"
    " VALUES ('key-1', 'digest', '{\"no\": \"A-1\"}'), ('key-0', 'digest', NULL)",
)
