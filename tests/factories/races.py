"""Several who do something at the same moment."""

import threading


def at_once(*calls):
    """Run all of them at the same moment; their results, in no order."""
    results: list = []
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        results.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(calls)
    return results
