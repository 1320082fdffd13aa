"""`make bench-web`: our web server's command line against gunicorn's threads, same pages, one run.

Both serve the whole application on one private PostgreSQL; each round measures both, the other
one first in every second round. The client runs on the same cores and takes its share of them:
read the ratios, not the rates. The last line is JSON.
"""

import argparse
import http.client
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

from app.core.postgres import Cluster, Server
from app.settings import ROOT
from app.surfaces.cli import processes
from app.surfaces.cli.walk import Walk
from tests.stack import free_port, wait_for

GUNICORN = "gunicorn==23.0.0"
START_SECONDS = 60.0
OURS, THEIRS = "granian", "gunicorn"
# Requests a second, and each request's milliseconds, of one measurement.
Measured = tuple[float, list[float]]


def main() -> int:
    """Measure and print; 0 also when there is no gunicorn to compare with, which is said."""
    asked = argparse.ArgumentParser(prog="make bench-web", description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    asked.add_argument("--connections", type=int, default=16)
    options = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onshelf-bench-")))
        cluster = Cluster.under(folder / "postgres")
        stack.enter_context(Server(cluster))
        environment = _installed(cluster, folder)
        ports = {
            name: stack.enter_context(serving(command, environment, folder / f"{name}.log"))
            for name, command in _commands(environment).items()
        }
        found = _rounds(options, ports, _pages(ports[OURS], environment))
    _report(found, options)
    return 0


def _installed(cluster: Cluster, folder: Path) -> dict[str, str]:
    """Tables, categories and a practice seller; the environment that the servers take."""
    cluster.ensure_database("bench")
    environment = os.environ | {
        "ONSHELF_ENV": "production",
        "ONSHELF_INSTANCE": str(folder / "instance"),
        "DATABASE_URL": cluster.url("bench"),
        "BROKER_URL": "memory://",
        "PUBLIC_URL": f"http://{processes.HOST}",
        "PROBE_PASSWORD": secrets.token_urlsafe(24),
        "SECRET_KEY": secrets.token_hex(32),
        "CATALOGUE_SECRET": secrets.token_hex(32),
        "ORDERS_SECRET": secrets.token_hex(32),
    }
    (folder / "instance").mkdir()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "install"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return environment


def _commands(environment: dict[str, str]) -> dict[str, tuple[int, list[str]]]:
    port = free_port()
    commands = {OURS: (port, processes.web(port, environment).command)}
    uv = shutil.which(str(ROOT / ".tools/bin/uv")) or shutil.which("uv")
    brought = [uv or "", "run", "--quiet", "--no-sync", "--with", GUNICORN]
    check = [*brought, "python", "-c", "import gunicorn"]
    if uv is None or subprocess.run(check, cwd=ROOT, check=False).returncode:
        print(f"SKIPPED: no {GUNICORN} to be had (it takes uv and a package index): ours alone")
        return commands
    port = free_port()
    options = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--keep-alive", "5"]
    theirs = [*brought, "gunicorn", *options, "--bind", f"{processes.HOST}:{port}", "wsgi:app"]
    return commands | {THEIRS: (port, theirs)}


@contextmanager
def serving(start: tuple[int, list[str]], environment: dict[str, str], log: Path) -> Iterator[int]:
    port, command = start
    with log.open("wb") as out:
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        answers = processes.answers(port, "/healthz")
        wait_for(lambda: answers() or running.poll() is not None, START_SECONDS)
        assert running.poll() is None, log.read_text()
        yield port
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(30)


def _pages(port: int, environment: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Address and cookies of each page: one for a stranger, one for a seller in a draft."""
    os.environ["PROBE_PASSWORD"] = environment["PROBE_PASSWORD"]
    stranger = Walk(f"http://{processes.HOST}:{port}")
    stranger.seller.get("/sign-in")
    walk = Walk(stranger.base)
    walk.seller_signs_in()
    walk.start()
    return {
        "sign-in form": ("/sign-in", _cookies(stranger)),
        "draft, signed in": (f"{walk.listing_path}/draft", _cookies(walk)),
    }


def _cookies(walk: Walk) -> str:
    (known,) = walk.seller._cookies.values()
    return "; ".join(f"{name}={value}" for name, value in known.items())


def _rounds(
    options: argparse.Namespace, ports: dict[str, int], pages: dict[str, tuple[str, str]]
) -> dict[str, dict[str, list[Measured]]]:
    found: dict[str, dict[str, list[Measured]]] = {p: {s: [] for s in ports} for p in pages}
    for no in range(options.rounds + 1):
        servers = list(ports.items())[:: -1 if no % 2 else 1]
        for page, (path, cookies) in pages.items():
            for server, port in servers:
                seconds = options.seconds if no else 1.0
                measured = _measure(port, path, cookies, options.connections, seconds)
                # The first round only warms up.
                if no:
                    found[page][server].append(measured)
    return found


def _measure(port: int, path: str, cookies: str, connections: int, seconds: float) -> Measured:
    taken: list[float] = []
    wrong: list[str] = []
    start = time.monotonic()

    def visit() -> None:
        connection = http.client.HTTPConnection(processes.HOST, port, timeout=30)
        try:
            while (begun := time.monotonic()) < start + seconds:
                connection.request("GET", path, headers={"Cookie": cookies})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, f"{path} answered {answer.status}"
                taken.append((time.monotonic() - begun) * 1000)
        except (OSError, http.client.HTTPException, AssertionError) as error:
            wrong.append(repr(error))
        finally:
            connection.close()

    visitors = [threading.Thread(target=visit) for _ in range(connections)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert not wrong, wrong
    return len(taken) / (time.monotonic() - start), taken


def _report(found: dict[str, dict[str, list[Measured]]], options: argparse.Namespace) -> None:
    summary = {page: _figures(servers) for page, servers in found.items()}
    print(f"{'page':<18}{'server':<10}{'requests/s':>12}{'median ms':>12}{'p99 ms':>10}")
    for page, figures in summary.items():
        for server in found[page]:
            rate, middle, late = (figures[f"{server}_{part}"] for part in ("rate", "ms", "p99_ms"))
            print(f"{page:<18}{server:<10}{rate:>12,.0f}{middle:>12,.1f}{late:>10,.1f}")
        if "ratio" in figures:
            times = "{ratio:.2f} times the requests ({least:.2f} to {most:.2f})".format(**figures)
            print(f"{'':<18}{OURS}/{THEIRS}: {times}, {figures['p99_ratio']:.2f} times the p99")
    print(json.dumps({"rounds": options.rounds, "pages": summary}))


def _figures(servers: dict[str, list[Measured]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for server, rounds in servers.items():
        figures[f"{server}_rate"] = median(rate for rate, _ in rounds)
        figures[f"{server}_ms"] = median(median(taken) for _, taken in rounds)
        figures[f"{server}_p99_ms"] = median(quantiles(taken, n=100)[98] for _, taken in rounds)
    if THEIRS in servers:
        pairs = zip(servers[OURS], servers[THEIRS], strict=True)
        ratios = [ours / theirs for (ours, _), (theirs, _) in pairs]
        figures |= {"ratio": median(ratios), "least": min(ratios), "most": max(ratios)}
        figures["p99_ratio"] = figures[f"{OURS}_p99_ms"] / figures[f"{THEIRS}_p99_ms"]
    return {name: round(value, 3) for name, value in figures.items()}


if __name__ == "__main__":
    sys.exit(main())
