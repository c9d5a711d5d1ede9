"""Workers: one for each core of this machine, or those of a Dask cluster."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from scheduler.cohorts.expanding import Done, Task, expand_part

AGAIN = 3
"""How often a part is tried again whose worker was lost."""


def on_cluster(tasks: Sequence[Task], address: str | None = None, workers: int | None = None) -> Iterator[Done]:
    """Does the tasks on the cluster at that address; without one, on a process for each core of this machine.

    A worker that is killed is replaced, and its part tried again. The workers of a cluster need the same program, and the same
    place for what is written. What one process can do, and one part alone, is done in this one.
    """
    number = min(workers or os.cpu_count() or 1, len(tasks))
    if address is None and number <= 1:
        yield from map(expand_part, tasks)
        return
    with ExitStack() as stack:
        client = _client(stack, address, number)
        yield from _done(client, tasks)


def _client(stack: ExitStack, address: str | None, workers: int) -> Any:
    from distributed import Client, LocalCluster

    if address is not None:
        return stack.enter_context(_untyped(Client)(address, timeout=30))
    cluster = _untyped(LocalCluster)(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        scheduler_port=0,
        dashboard_address=None,
        local_directory=stack.enter_context(tempfile.TemporaryDirectory(prefix="cohort-")),
        silence_logs=logging.CRITICAL,
    )
    stack.enter_context(cluster)
    return stack.enter_context(_untyped(Client)(cluster))


def _done(client: Any, tasks: Sequence[Task]) -> Iterator[Done]:
    from distributed import as_completed

    ahead = iter(tasks)
    total = sum(client.nthreads().values()) or 1
    waiting = _untyped(as_completed)([_asked(client, task) for _, task in zip(range(2 * total), ahead, strict=False)])
    for future in waiting:
        done: Done = future.result()
        future.release()
        # A task has its texts and its patients with it: only as many are on their way as somebody works on.
        for task in ahead:
            waiting.add(_asked(client, task))
            break
        yield done


def _asked(client: Any, task: Task) -> object:
    return client.submit(expand_part, task, key=f"{task.part}-{task.engine}", pure=False, retries=AGAIN)


def _untyped(made: Any) -> Any:
    """dask says nothing of its types."""
    return made
