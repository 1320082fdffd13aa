"""The worker's children: one that is killed while it waits must not stop the others."""

import os
import signal

from app.core.celery import celery
from app.core.pool import Pool


def test_the_worker_uses_it(app: object) -> None:
    assert celery.conf.worker_pool == "app.core.pool:TaskPool"


def test_an_idle_child_that_is_killed_does_not_stop_the_others() -> None:
    pool = Pool(processes=2, threads=True)
    try:
        # Both wait for work; in billiard's own pool one of them has the lock meanwhile.
        assert {pool.apply_async(os.getpid).get(20) for _ in range(4)}
        children = [child.pid for child in pool._pool]
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        answers = [pool.apply_async(os.getpid) for _ in range(4)]
        assert not {answer.get(20) for answer in answers} & set(children)
    finally:
        pool.terminate()
        pool.join()
