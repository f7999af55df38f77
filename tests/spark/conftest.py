"""A Spark cluster of two executors on this machine, with a Connect server, and a packed snapshot."""

from __future__ import annotations

import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.screened import small_home

import environment
from limen.snapshot.packed_snapshot import pack, packed_name

#: A JVM that lives for seconds is not worth optimising; a failed task is not tried again.
_QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_SETTINGS = {
    "spark.driver.extraJavaOptions": _QUICK_JAVA,
    "spark.executor.extraJavaOptions": _QUICK_JAVA,
    "spark.executor.memory": "512m",
    "spark.log.level": "OFF",
    "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
    "spark.sql.shuffle.partitions": "2",
    "spark.task.maxFailures": "1",
    "spark.ui.enabled": "false",
}


def _absent() -> str:
    if find_spec("pyspark") is None:
        return "pyspark is not installed (`make spark`)"
    java = environment.java_version()
    return f"Java {java or 'none'}, and Spark needs 17" if java < 17 else ""


@pytest.fixture(scope="session")
def cluster():
    """A session of classic Spark on a cluster of two executors, each a process of its own."""
    absent = _absent()
    if absent:
        pytest.skip(f"SPARK ABSENT: {absent}, so DataFrames are NOT tested")
    from pyspark.sql import SparkSession

    before = dict(os.environ)
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.config("spark.connect.grpc.binding.port", str(_free_port())).getOrCreate()
    yield session
    session.stop()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def connected(cluster):
    """A session of Spark Connect on the same cluster."""
    from pyspark.sql.connect.session import SparkSession

    port = cluster.conf.get("spark.connect.grpc.binding.port")
    session = SparkSession.builder.remote(f"sc://localhost:{port}").create()
    yield session
    session.stop()


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def packed(engine, tmp_path_factory) -> Path:
    folder = engine.snapshot.folder
    file = tmp_path_factory.mktemp("packed") / packed_name(folder.name)
    pack(folder, file)
    return file


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
