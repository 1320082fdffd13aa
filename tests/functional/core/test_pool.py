"""The worker's children: one that is killed must not stop the others."""

import os
import signal
from multiprocessing import get_context

from celery.bin.base import CLIContext
from celery.bin.worker import worker

from app.core.celery import celery
from app.core.pool import Lock, Pool
from app.surfaces.cli import processes


def test_the_worker_uses_it(app: object) -> None:
    assert celery.conf.worker_pool == "app.core.pool:TaskPool"


def test_a_worker_has_four_children_on_every_machine_however_it_is_started(app: object) -> None:
    ours = processes.worker({"DATABASE_URL": "postgresql://nobody@db/none"}).command
    for given in ([], ours[ours.index("worker") + 1 :]):
        told = worker.make_context(
            "worker", list(given), obj=CLIContext(celery, no_color=True, workdir="")
        )
        assert told.params["concurrency"] == 4, given


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


def test_who_dies_with_a_lock_has_let_go_of_it() -> None:
    lock = Lock()
    child = get_context("fork").Process(target=_die_with, args=(lock,))
    child.start()
    child.join(20)
    assert child.exitcode == -signal.SIGKILL
    with lock:
        waiting = get_context("fork").Process(target=lock.acquire)
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive(), "it excludes others while its holder lives"
    waiting.join(20)
    assert waiting.exitcode == 0


def _die_with(lock: Lock) -> None:
    lock.acquire()
    os.kill(os.getpid(), signal.SIGKILL)
