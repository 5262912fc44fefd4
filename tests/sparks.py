"""A real Spark cluster for the tests: a standalone master with two workers on loopback, and a Connect server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from engines import WAIT, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DEPLOY = "org.apache.spark.deploy"


class Spark(NamedTuple):
    """A cluster: the port of its master, the page that shows its workers, the processes of its workers."""

    folder: Path
    port: int
    page: int
    workers: list[subprocess.Popen[bytes]]

    def address(self, files: str) -> str:
        """Return the address of Parquet files on the cluster."""
        return f"spark://127.0.0.1:{self.port}/{self.folder / files}"

    def kill_worker(self, number: int) -> None:
        """Kill a worker and what it runs, as if its machine had gone off."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def wait_for_work(self) -> None:
        """Wait until a program has workers of the cluster."""
        until(lambda: _works(self.page), "nothing runs")


@contextmanager
def _java(folder: Path, name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [str(home / "bin" / "spark-class"), *arguments],
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(is_ready: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fail with what was waited for where it does not come."""
    deadline = time.monotonic() + WAIT
    while not is_ready():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def _shown(page: int) -> str:
    try:
        with urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
            text: str = answer.read().decode()
    except (URLError, OSError):
        return ""
    return text


def _works(page: int) -> bool:
    return any(one["cores"] >= 1 for one in json.loads(_shown(page) or "{}").get("activeapps", ()))


def _shows(page: int, count: int) -> bool:
    text = _shown(page)
    return text.count('"ALIVE"') >= count + 1  # the master is alive too


@contextmanager
def running_spark(parts: int = 2) -> Iterator[Spark]:
    """Yield a new cluster, which is stopped and removed in the end; a shuffle makes so many parts of its data.

    Tests have little data: 200 parts of it, as Spark begins, would only take time.
    """
    if shutil.which("java") is None:
        pytest.skip("no Java is installed; .ci/packages names its package")
    folder = Path(tempfile.mkdtemp(prefix="tracker-spark-"))
    port, page = free_port(), free_port()
    (folder / "spark-defaults.conf").write_text(f"spark.sql.shuffle.partitions {parts}\n", encoding="utf-8")
    os.environ["SPARK_CONF_DIR"] = str(folder)
    try:
        with ExitStack() as stack:
            where = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page)]
            stack.enter_context(_java(folder, "master", f"{DEPLOY}.master.Master", *where))
            until(lambda: _shows(page, 0), "the master does not answer")
            size = ["--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0"]
            workers = [
                stack.enter_context(
                    _java(folder, f"worker{number}", f"{DEPLOY}.worker.Worker", *size, f"spark://127.0.0.1:{port}")
                )
                for number in (1, 2)
            ]
            until(lambda: _shows(page, 2), "the workers do not come")
            yield Spark(folder, port, page, workers)
    finally:
        del os.environ["SPARK_CONF_DIR"]
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_connect(cluster: Spark) -> Iterator[str]:
    """Yield the address of a Spark Connect server that drives a cluster."""
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.port": str(port),
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
    }
    arguments = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    submit = ["--master", f"spark://127.0.0.1:{cluster.port}", *arguments]
    server = "org.apache.spark.sql.connect.service.SparkConnectServer"
    with _java(cluster.folder, "connect", f"{DEPLOY}.SparkSubmit", "--class", server, *submit, "spark-internal"):
        log = cluster.folder / "connect.log"
        until(lambda: "server started at" in log.read_text(errors="replace"), "Spark Connect does not start")
        yield f"sc://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def spark() -> Iterator[Spark]:
    """Return a Spark cluster."""
    with running_spark() as cluster:
        yield cluster
