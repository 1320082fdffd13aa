"""What carries the doorbells: RabbitMQ or Redis by BROKER_URL, else files under instance/.

Sources of the values: `docs/decisions/broker.md`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import Celery
from kombu import Exchange, Queue
from kombu.transport import TRANSPORT_ALIASES

from app.settings import Settings

Configuration = dict[str, Any]
# What beat rings for has a queue of its own: a backlog of doorbells must not silence the sweeps. At
# RabbitMQ it has no dead letters.
BEAT_QUEUE = "onshelf.beat"


def configuration(settings: Settings) -> Configuration:
    """Celery's configuration for the broker that *settings* names."""
    scheme = settings.broker_url.partition("://")[0].partition("+")[0]
    makers: dict[str, Callable[[Settings], Configuration]] = {
        "": _files,
        "amqp": _rabbit,
        "amqps": _rabbit,
        "pyamqp": _rabbit,
        "redis": _redis,
        "rediss": _redis,
        "memory": _memory,
    }
    if scheme not in makers:
        raise ValueError(f"BROKER_URL: {scheme!r} is not one of amqp, redis, or nothing at all")
    return makers[scheme](settings)


def folder(settings: Settings) -> Path:
    """Where the messages lie when there is no BROKER_URL."""
    return settings.onshelf_instance.resolve() / "broker"


def _files(settings: Settings) -> Configuration:
    messages, control = folder(settings) / "messages", folder(settings) / "control"
    for place in (messages, control):
        place.mkdir(parents=True, exist_ok=True)
    TRANSPORT_ALIASES["filesystem"] = "app.core.file_broker:Transport"
    return {
        "broker_url": "filesystem://",
        "task_queues": _two_queues(),
        # Its commands and their answers would lie about as files for ever.
        "worker_enable_remote_control": False,
        # With 1 this transport stalls: it looks for the next message once a poll.
        "worker_prefetch_multiplier": 8,
        "broker_transport_options": {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(control),
            "polling_interval": 0.1,
        },
    }


def _two_queues() -> list[Queue]:
    return [Queue(name, Exchange(name), routing_key=name) for name in ("onshelf", BEAT_QUEUE)]


def _rabbit(settings: Settings) -> Configuration:
    # A quorum queue survives a node; a message that ends its worker five times is set aside.
    arguments = {
        "x-queue-type": "quorum",
        "x-delivery-limit": 5,
        "x-overflow": "reject-publish",
        "x-dead-letter-exchange": "onshelf.dead",
        "x-dead-letter-strategy": "at-least-once",
    }
    # What beat rings for dies of age by design: kept with what ended its workers, it would bury it.
    fleeting = {k: v for k, v in arguments.items() if not k.startswith("x-dead-letter")}
    work = Exchange("onshelf", type="topic", durable=True)
    queues = (("onshelf", arguments), (BEAT_QUEUE, fleeting))
    return {
        "broker_url": settings.broker_url,
        "worker_prefetch_multiplier": 1,
        "task_default_exchange": "onshelf",
        "task_default_exchange_type": "topic",
        "task_default_routing_key": "onshelf",
        "task_queues": [
            Queue(name, work, routing_key=name, queue_arguments=given) for name, given in queues
        ],
        "worker_detect_quorum_queues": True,
        "broker_connection_timeout": 2,
        "broker_transport_options": {
            "confirm_publish": True,
            "read_timeout": 5,
            "write_timeout": 5,
        },
    }


def _redis(settings: Settings) -> Configuration:
    options = {
        # Much longer than any task may take: what is not answered by then is rung again.
        "visibility_timeout": 600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }
    return {
        "broker_url": settings.broker_url,
        "task_queues": _two_queues(),
        "worker_prefetch_multiplier": 1,
        "broker_transport_options": options,
        "visibility_timeout": 600,
    }


def _memory(settings: Settings) -> Configuration:
    # Inside one process, for tests.
    return {"broker_url": settings.broker_url, "worker_prefetch_multiplier": 1}


def prepare(celery: Celery) -> None:
    """Make what the broker needs beside the queues of work: RabbitMQ's place for dead letters."""
    with celery.connection_for_write() as connection:
        if connection.transport.driver_type != "amqp":
            return
        exchange = Exchange("onshelf.dead", type="fanout", durable=True)
        queue = Queue("onshelf.dead", exchange, queue_arguments={"x-queue-type": "quorum"})
        queue(connection.default_channel).declare()
