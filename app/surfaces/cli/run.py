"""`make run`: prepare everything, start every process, say where it is, end it all on Ctrl-C."""

import argparse
import ctypes
import os
import signal
import socket
import sys
from pathlib import Path

from app.core.garbage import loaded
from app.core.launch import PR_SET_PDEATHSIG
from app.core.postgres import Cluster, PostgresError
from app.settings import ROOT, postgres_address
from app.surfaces.cli import processes, starting
from app.surfaces.cli.instance import MARK, Instance
from app.surfaces.cli.problem import CannotStartError
from app.surfaces.cli.supervisor import Supervisor

READY_SECONDS = 120.0


class Run:
    """One start of the whole."""

    def __init__(self, port: int, folder: Path) -> None:
        self.ports = {"web": port, "catalogue": port + 1, "orders": port + 2}
        self.instance = Instance(folder)
        self.supervisor = Supervisor(ROOT, self.instance.log)
        self.cluster: Cluster | None = None
        self.environment: dict[str, str] = {}

    def main(self) -> None:
        """Until asked to stop. Raises CannotStartError or PostgresError with one sentence."""
        loaded()
        self.instance.lock(self.address("web"))
        self.instance.end_leftovers()
        # Receivers of somebody else's are not started: their ports do not matter.
        self.own = [name for name in self.ports if f"{name.upper()}_URL" not in os.environ]
        self.own = ["web", *(name for name in self.own if name != "web")]
        for name in self.own:
            _must_be_free(self.ports[name])
        self.instance.clear_for_start()
        self.supervisor.listen()
        try:
            if self._start():
                self._announce()
                self.supervisor.run(lambda line: print(line, flush=True))
        finally:
            self.supervisor.end()

    def address(self, name: str) -> str:
        """Where *name* is reached from this machine."""
        return f"http://{processes.HOST}:{self.ports[name]}"

    def _start(self) -> bool:
        database_url = self._start_database()
        if self.supervisor.stopping.is_set():
            return False
        self.environment = self._environment(database_url)
        # This process is an installation like its children: it loads the starter data.
        os.environ.update(self.environment)
        starting.migrate(database_url)
        self._fill()
        self._start_others()
        return self.supervisor.wait_until_ready(READY_SECONDS)

    def _start_database(self) -> str:
        given = os.environ.get("DATABASE_URL")
        if given:
            return postgres_address(given)
        self.cluster = Cluster.under(self.instance.folder / "postgres")
        self.supervisor.start(processes.database(self.cluster))
        self.supervisor.wait_until_ready(READY_SECONDS)
        self.cluster.ensure_database("onshelf")
        return self.cluster.url("onshelf")

    def _environment(self, database_url: str) -> dict[str, str]:
        ours = {
            **self.instance.secrets(),
            "ONSHELF_ENV": "demo",
            "PUBLIC_URL": self.address("web"),
            "CATALOGUE_URL": self.address("catalogue"),
            "ORDERS_URL": self.address("orders"),
            # Messages of the filesystem transport pass through it: never the shared one.
            "TMPDIR": str(self.instance.folder / "tmp"),
        }
        given = {name: os.environ.get(name) or value for name, value in ours.items()}
        return given | {
            "DATABASE_URL": database_url,
            "ONSHELF_INSTANCE": str(self.instance.folder),
            "PYTHONUNBUFFERED": "1",
        }

    def _fill(self) -> None:
        from app import create_app
        from app.settings import settings

        app = create_app(settings())
        starting.fill(app, demo=settings().onshelf_env == "demo")
        from app.core.database import db

        with app.app_context():
            db.engine.dispose()

    def _start_others(self) -> None:
        environment = self.environment | {MARK: str(self.instance.folder)}
        for name in self.own:
            port = self.ports[name]
            start = processes.web(port, environment) if name == "web" else None
            self.supervisor.start(start or processes.receiver(name, port, environment))
        self.supervisor.start(processes.worker(environment))
        self.supervisor.start(processes.beat(self.ports["web"], environment))

    def _announce(self) -> None:
        from app.settings import settings

        lines = ["", f"ready {self.address('web')}"]
        lines += [
            f"  catalogue     {settings().catalogue_url}",
            f"  orders        {settings().orders_url}",
        ]
        if settings().onshelf_env == "demo":
            lines += [
                f"  {role:<13} {mail}  {word}" for role, mail, word in starting.demo_accounts()
            ]
        lines += [f"  logs          {self.instance.folder / 'log'}", "  stop with Ctrl-C", ""]
        print("\n".join(lines), flush=True)


def _must_be_free(port: int) -> None:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((processes.HOST, port))
        except OSError:
            raise CannotStartError(
                f"Port {port} is in use by another program: choose another, as in"
                f" 'make run PORT={port + 1000 if port < 60000 else 8000}'"
                " (the two ports after it are needed, too)."
            ) from None


def main(arguments: list[str] | None = None) -> int:
    """0 when asked to stop, 1 when it could not start (the reason is one line on stderr)."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--end-with-parent", action="store_true", help="as make's child")
    options = parser.parse_args(arguments)
    if options.end_with_parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if not 1 <= options.port <= 65533:
        print(f"cannot start: {options.port} is no port (1 to 65533).", file=sys.stderr)
        return 1
    folder = Path(os.environ.get("ONSHELF_INSTANCE") or ROOT / "instance")
    try:
        Run(options.port, folder).main()
    except (CannotStartError, PostgresError) as error:
        print(f"cannot start: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
