"""A worker of RabbitMQ's with one task, which ends whoever does it: `celery -A` this module.

The queue is the installation's in all but its name.
"""

import os
import signal

from celery import Task
from celery.signals import worker_ready
from kombu import Queue

from app.core.celery import celery, configure
from app.settings import settings

configure(settings(), ())
work = next(queue for queue in celery.conf.task_queues if queue.name == "onshelf")
celery.conf.task_queues = [
    Queue("fatal", work.exchange, routing_key="fatal", queue_arguments=work.queue_arguments)
]
celery.conf.update(task_default_queue="fatal", task_default_routing_key="fatal")


@celery.task(name="fatal", base=Task)
def fatal() -> None:
    """As if memory had run out."""
    os.kill(os.getpid(), signal.SIGKILL)


@worker_ready.connect
def _begin(**_: object) -> None:
    fatal.delay()
