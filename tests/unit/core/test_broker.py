"""The broker's configuration, by the address that is given."""

from pathlib import Path

import pytest
from kombu import Connection, Queue

from app.core import broker
from app.settings import Settings


def settings(url: str, instance: Path) -> Settings:
    return Settings(
        secret_key="sixteen letters or more",
        database_url="postgres://x@localhost/x",
        catalogue_secret="sixteen letters or more",
        orders_secret="sixteen letters or more",
        broker_url=url,
        onshelf_instance=instance,
    )


def test_no_address_means_files_under_the_instance(tmp_path: Path) -> None:
    found = broker.configuration(settings("", tmp_path))
    assert found["broker_url"] == "filesystem://"
    options = found["broker_transport_options"]
    assert Path(options["data_folder_in"]).is_relative_to(tmp_path)
    assert options["data_folder_in"] == options["data_folder_out"]
    # With 1 this transport stalls.
    assert found["worker_prefetch_multiplier"] == 8


def test_rabbitmq_has_a_quorum_queue_and_confirms(tmp_path: Path) -> None:
    found = broker.configuration(settings("amqp://guest@localhost//", tmp_path))
    queue, of_beat = found["task_queues"]
    assert "x-dead-letter-exchange" not in of_beat.queue_arguments
    assert queue.queue_arguments["x-queue-type"] == "quorum"
    assert queue.queue_arguments["x-delivery-limit"] == 5
    assert found["broker_transport_options"]["confirm_publish"] is True


def test_redis_gives_a_message_back_later_than_any_task_may_take(tmp_path: Path) -> None:
    found = broker.configuration(settings("redis://localhost/0", tmp_path))
    assert found["broker_transport_options"]["visibility_timeout"] > 120


def test_another_kind_of_broker_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="BROKER_URL"):
        broker.configuration(settings("kafka://localhost", tmp_path))


def test_database_addresses_are_taken_however_written(tmp_path: Path) -> None:
    assert settings("", tmp_path).database_url == "postgresql+psycopg://x@localhost/x"


def test_a_message_among_files_is_never_seen_half_written(tmp_path: Path) -> None:
    found = broker.configuration(settings("", tmp_path))
    options = found["broker_transport_options"]
    with Connection(found["broker_url"], transport_options=options) as connection:
        channel = connection.default_channel
        queue = Queue("onshelf")(channel)
        queue.declare()
        (Path(options["data_folder_in"]) / ".1_half.onshelf.msg.part").touch()
        connection.Producer().publish({"rung": 1}, routing_key="onshelf")
        message = queue.get(no_ack=True)
        assert message is not None
        assert message.payload == {"rung": 1}
        assert queue.get() is None
