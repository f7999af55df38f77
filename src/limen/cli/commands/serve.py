"""``limen serve``: the HTTP API and the pages."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from limen.cli.options import debug_option
from limen.model import InputError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="The port to answer on; 0 for any free one.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that share one mapped snapshot.",
)
@click.option(
    "--allow-stale",
    multiple=True,
    metavar="LIST",
    help="Accept in every answer that this list is stale or incomplete; it is stamped.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A host name that browsers may call the server by.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0),
    default=100.0,
    show_default=True,
    help="Requests a second for one API key; 0 for any number.",
)
@click.option(
    "--keep-days",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    help="How long questions of the pages, and uploads, are stored.",
)
@click.option(
    "--updates-from",
    default="",
    metavar="FOLDER|URL|publishers",
    help="Let POST /updatez take new list versions from there.",
)
@click.option(
    "--payment-policy",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The channels of payments; the shipped policy.",
)
@click.option(
    "--trust-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy, or a range of them, that signs people in and names them in --user-header.",
)
@click.option(
    "--user-header",
    default="",
    metavar="NAME",
    help="The header in which that proxy names the person: X-Auth-Request-Preferred-Username.",
)
@click.option(
    "--audit",
    is_flag=True,
    help="Write each request that screened into the log of the case store, without names.",
)
@click.option("--log/--no-log", default=True, help="One line a request, without names.")
@debug_option
def serve(
    *,
    host: str,
    port: int,
    workers: int,
    allow_stale: tuple[str, ...],
    hosts: tuple[str, ...],
    rate: float,
    keep_days: int,
    updates_from: str,
    payment_policy: Path | None,
    proxies: tuple[str, ...],
    user_header: str,
    audit: bool,
    log: bool,
) -> int:
    """Serve the API and the pages, until Ctrl-C.

    A snapshot that is activated meanwhile is swapped in. On any other address than
    loopback every request needs an API key (`limen keys add NAME`), or a person who
    signed in (`limen cases users add NAME`).
    """  # fmt: skip
    from limen.snapshot import home_folder

    if sys.platform == "win32":
        raise InputError(
            "the server does not run on Windows",
            where="limen serve",
            why="its processes share files by locks that Windows does not have",
            hint="run it in WSL or in a container; every other command runs on Windows",
        )
    try:
        from limen.server.settings import Settings, network
        from limen.server.workers import serve as run
    except ModuleNotFoundError as error:
        raise InputError(
            f"the server needs {error.name}", where="limen serve",
            hint="pip install 'limen[server]'",
        ) from error  # fmt: skip
    if bool(proxies) != bool(user_header):
        raise click.UsageError("--trust-proxy and --user-header go together: give both")
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    logging.getLogger("limen.access").setLevel(logging.INFO if log else logging.WARNING)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    return run(
        Settings(
            home=home_folder(),
            host=host,
            port=port,
            workers=workers,
            hosts=hosts,
            allow_stale=allow_stale,
            rate=rate,
            keep_days=keep_days,
            updates_from=updates_from,
            payment_policy=payment_policy,
            proxies=tuple(map(network, proxies)),
            user_header=user_header,
            audit=audit,
        )
    )
