"""Celery's pool of processes, such that the death of an idle one does not stop the others.

Billiard's children wait for work inside a lock that all of them share: one that is killed while it
waits (by the kernel for want of memory, by an operator) takes the lock with it, and no child ever
gets work again. Here they wait outside. Brokers with an event loop (RabbitMQ, Redis) use a pool
that gives every child a pipe of its own, and do without this.
"""

from billiard.queues import SimpleQueue
from celery.concurrency import prefork


class Queue(SimpleQueue):
    """One pipe to all children."""

    def get_payload(self) -> bytes:
        """The next message; the lock is held only while there is one to be read."""
        while True:
            self._reader.poll(None)
            with self._rlock:
                # Another may have been quicker.
                if self._reader.poll(0):
                    message: bytes = self._reader.recv_bytes()
                    return message


class Pool(prefork.BlockingPool):
    """Billiard's pool with that queue."""

    def _setup_queues(self) -> None:
        super()._setup_queues()
        self._inqueue = Queue(ctx=self._ctx)
        self._quick_put = self._inqueue._writer.send


class TaskPool(prefork.TaskPool):
    """What `worker_pool` names."""

    BlockingPool = Pool
