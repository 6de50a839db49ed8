"""Work that is done beside other work, by a process that knows what this one has read."""

import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from lantu.core.errors import Refused

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")


def beside(job: Callable[..., T], *arguments: Any) -> Callable[[], T]:
    """Begin a job; what is given back waits for its answer.

    Where processes cannot part, the job is done when its answer is asked for. Raises Refused, when
    asked, with what the job was refused for, or where its process was ended.
    """
    import multiprocessing

    if "fork" not in multiprocessing.get_all_start_methods():
        return partial(job, *arguments)
    from django.db import connections

    connections.close_all()  # a connection belongs to one process
    gc.collect()
    gc.freeze()  # what is there is shared as long as nobody touches it
    parting = multiprocessing.get_context("fork")
    here, there = parting.Pipe(duplex=False)
    process = parting.Process(target=_told, args=(there, job, arguments), daemon=True)
    process.start()
    there.close()

    def answer() -> T:
        try:
            found, refusal = here.recv()
        except EOFError:
            refusal = "A process that writes the copy was ended. Publish again."
        process.join()
        if refusal:
            raise Refused(refusal)
        return found

    return answer


def _told(there: "Connection", job: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        there.send((job(*arguments), ""))
    except Refused as error:
        there.send((None, str(error)))
