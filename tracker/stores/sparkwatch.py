"""Whether a Spark cluster is there and works: what Spark itself would wait for without an end."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from tracker.errors import Unreachable, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60.0
"""Seconds for which a cluster may be without a worker that takes our work."""
_PAUSE = 1.0
_SECONDS = 10.0
_PORTS = {"spark": 7077, "sc": 15002}
_RETRIES, _LONGEST = 6, 10_000
"""How often a server that does not answer is asked again, and the longest pause in milliseconds: 20 seconds in all."""


def reached(scheme: str, hosts: str, name: str) -> None:
    """Raise `Unreachable` unless one of the hosts answers; Spark itself would ask for a minute, or for ten."""
    reason = ""
    for host in hosts.split(","):
        place, _, port = host.rpartition(":") if re.search(r":\d+$", host) else (host, "", str(_PORTS[scheme]))
        try:
            with socket.create_connection((place.strip("[]"), int(port)), _SECONDS):
                return
        except (OSError, ValueError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
    raise Unreachable(say("{store} cannot be reached: {reason}", store=name, reason=reason))


def with_less_patience(session: Any) -> None:  # noqa: ANN401  pyspark is loaded only once it is used
    """Let a session over Spark Connect give up a server that has gone after some seconds."""
    from pyspark.sql.connect.client.retries import DefaultPolicy

    session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES, max_backoff=_LONGEST)])


@contextmanager
def watched(session: Any, name: str) -> Iterator[None]:  # noqa: ANN401  pyspark is loaded only once it is used
    """Stop the work of a cluster that has no worker for it for `PATIENCE` seconds, and raise `Unreachable`.

    Spark waits for workers as long as it takes; a command that nobody sits before would never end.
    """
    context = session.sparkContext
    ended, given_up = threading.Event(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(context, ended, given_up), daemon=True)
    watcher.start()
    try:
        yield
    except Exception as error:
        if not given_up.is_set():
            raise
        what = say("{store} has had no worker for {seconds} seconds", store=name, seconds=int(PATIENCE))
        raise Unreachable(what, say("the page of its master shows its workers")) from error
    finally:
        ended.set()
        watcher.join()


def _watch(context: Any, ended: threading.Event, given_up: threading.Event) -> None:  # noqa: ANN401
    without = 0.0
    workers: Callable[[], int] = lambda: context._jsc.sc().getExecutorMemoryStatus().size() - 1  # noqa: E731, SLF001  the driver counts itself
    while not ended.wait(_PAUSE):
        with suppress(Exception):  # a cluster that has gone is told by the work itself
            without = 0.0 if workers() > 0 else without + _PAUSE
            if without >= PATIENCE:
                given_up.set()
                context.cancelAllJobs()


def told(error: BaseException) -> str:
    """Return why Spark could not do something, in one line: what its own exception says first."""
    java = getattr(error, "java_exception", None)
    text = str(error)
    if java is not None:
        with suppress(Exception):
            text = str(java.getMessage() or java.toString())
    lines = [line for line in text.splitlines() if line.strip()]
    return " ".join((lines or [type(error).__name__])[0].split())


def may_be_stored(error: BaseException) -> bool:
    """Tell whether what was being written may be stored although an error came back: the line to Spark was cut."""
    names = {one.__name__ for one in type(error).__mro__}
    return bool(names & {"Py4JNetworkError", "SparkConnectGrpcException", "RpcError"})
