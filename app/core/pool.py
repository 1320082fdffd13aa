"""Celery's pool of processes, such that the death of one does not stop the others.

Billiard's children take work and give answers inside locks that all of them share, and even wait
for work in one: a child that is killed there (by the kernel for want of memory, by an operator)
takes the lock with it, and no other ever gets work again. Here they wait outside, and the locks are
the kernel's own, which a death gives back. Brokers with an event loop (RabbitMQ, Redis) use a pool
that gives every child a pipe of its own, and do without this.
"""

import fcntl
import os
import tempfile
import threading
from pathlib import Path

from billiard.queues import SimpleQueue
from celery.concurrency import prefork


class Lock:
    """For processes that inherit it and their threads; a process that dies has let go of it."""

    def __init__(self) -> None:
        # Locks of this kind are of a process, not of the open file that its children share.
        self._file, name = tempfile.mkstemp()
        Path(name).unlink()
        self._renew()

    def _renew(self) -> None:
        # A child may have been born while some thread of its parent had this one.
        self._threads, self._of = threading.Lock(), os.getpid()

    def acquire(self) -> None:
        """Wait for it."""
        if self._of != os.getpid():
            self._renew()
        self._threads.acquire()
        fcntl.lockf(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let the next have it."""
        fcntl.lockf(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


class Queue(SimpleQueue):
    """One pipe of all children. What is written at once, up to 4 kB, is there whole or not."""

    def __init__(self, ctx: object) -> None:
        super().__init__(ctx=ctx)
        self._rlock, self._wlock = Lock(), Lock()

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
    """Billiard's pool with such queues."""

    def _setup_queues(self) -> None:
        super()._setup_queues()
        self._inqueue, self._outqueue = Queue(self._ctx), Queue(self._ctx)
        self._quick_put = self._inqueue._writer.send
        self._quick_get = self._outqueue._reader.recv


class TaskPool(prefork.TaskPool):
    """What `worker_pool` names."""

    BlockingPool = Pool
