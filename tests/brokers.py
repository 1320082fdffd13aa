"""RabbitMQ and Redis of one's own: on a free port, in a folder, ended by whoever started them.

Debian's packages. Where they are missing they are installed (as root; no service of theirs starts)
or unpacked below the run's folder; where neither can be, the test skips and says so.
"""

import fcntl
import os
import random
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.postgres import launched
from tests.stack import wait_for

RUN_FOLDER = Path(os.environ["ONSHELF_TEST_FOLDER"])
UNPACKED = RUN_FOLDER / "unpacked"
INSTALL_SECONDS = 300
START_SECONDS = 120
# Unpacked, nothing fetches what a package needs besides: the part of it that these two use.
REDIS = ("redis-server", "redis-tools", "libjemalloc2", "liblzf1")
RABBITMQ = (
    "rabbitmq-server", "erlang-base", "erlang-asn1", "erlang-crypto", "erlang-eldap",
    "erlang-inets", "erlang-mnesia", "erlang-os-mon", "erlang-public-key",
    "erlang-runtime-tools", "erlang-ssl", "erlang-syntax-tools", "erlang-tools", "erlang-xmerl",
)  # fmt: skip
RABBITMQ_PROGRAMS = "usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"


class Broker:
    """One server: `url` is what BROKER_URL is set to."""

    def __init__(self, folder: Path, command: list[str], scheme: str, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = quiet_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}//"
        self.command = [part.format(port=self.port) for part in command]
        self.environment = environment
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, on the same port and folder as ever, and wait until it can be spoken to."""
        self.running = self.run(self.command)
        process = self.running
        wait_for(lambda: process.poll() is not None or self.answers(), START_SECONDS)
        assert process.poll() is None, (self.folder / "output").read_text()[-3000:]

    def run(self, command: list[str]) -> subprocess.Popen[bytes]:
        """A process of it, which ends when this one does."""
        with (self.folder / "output").open("ab") as output:
            return subprocess.Popen(
                launched(signal.SIGKILL, command),
                env=os.environ | self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Whether it says anything at all to who greets it."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.sendall(b"PING\r\n\r\n\r\n")
                return bool(line.recv(4))
        except OSError:
            return False

    def kill(self) -> None:
        """As kill -9 does, with all its children."""
        _kill(self.running)

    def hang(self) -> None:
        """From now on it takes connections and answers nothing, until `go_on`."""
        assert self.running is not None
        os.killpg(self.running.pid, signal.SIGSTOP)
        wait_for(lambda: not self.answers(), 60)

    def go_on(self) -> None:
        """Answer again."""
        assert self.running is not None
        os.killpg(self.running.pid, signal.SIGCONT)

    def end(self) -> None:
        """Nothing of it is left."""
        self.kill()


class Rabbit(Broker):
    """RabbitMQ, which brings a directory of its own (epmd) and a command to ask it by."""

    def __init__(self, folder: Path, program: Path) -> None:
        super().__init__(folder, [str(program)], "amqp")
        self.program = program
        self.directory_port = quiet_port()
        self.environment = self._environment()
        (folder / "plugins").write_text("[].")
        (folder / "settings.conf").write_text(f"listeners.tcp.default = 127.0.0.1:{self.port}\n")
        (folder / "env.conf").touch()
        # Else the first Erlang starts one that outlives us.
        self.directory = self.run(
            [_program("epmd"), "-port", str(self.directory_port), "-address", "127.0.0.1"]
        )
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def _environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.folder),
            "PATH": f"{UNPACKED / 'usr/bin'}:{os.environ['PATH']}",
            "ERL_EPMD_PORT": str(self.directory_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"onshelf-{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(quiet_port()),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "settings.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "env.conf"),
            # Schedulers that do not spin: the machine is the test run's, too.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none",
            "RABBITMQ_CTL_ERL_ARGS": "+S 1:1",
            # Becomes Erlang instead of waiting for it, so that its process is ours to end.
            "RUNNING_UNDER_SYSTEMD": "1",
        }

    def control(self, *arguments: str) -> str:
        """What `rabbitmqctl` prints."""
        done = subprocess.run(
            [str(self.program.with_name("rabbitmqctl")), "--quiet", *arguments],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def end(self) -> None:
        """Nothing of it is left."""
        super().end()
        _kill(self.directory)


def redis(folder: Path) -> Broker:
    """A started Redis that keeps what it is told, as our README asks of one; or the test skips."""
    program = _had("redis-server", lambda: _found("redis-server"), REDIS)
    command = [str(program), "--port", "{port}", "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
    libraries = [str(path.parent) for path in UNPACKED.glob("usr/lib/*/*.so*")]
    broker = Broker(folder, command, "redis", LD_LIBRARY_PATH=":".join(set(libraries)))
    broker.url = f"redis://127.0.0.1:{broker.port}/0"
    return _started(broker)


def rabbitmq(folder: Path) -> Rabbit:
    """A started RabbitMQ without plugins; or the test skips."""
    broker = Rabbit(folder, _had("rabbitmq-server", _rabbitmq_program, RABBITMQ))
    _started(broker)
    return broker


def quiet_port() -> int:
    """A port nobody listens on, below those that the kernel gives to clients.

    Among those a client that tries again and again to reach a server that is down may be given the
    very port it calls, and then speaks with itself.
    """
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) != 0:
                return port


def _started(broker: Broker) -> Broker:
    try:
        broker.start()
    except BaseException:
        broker.end()
        raise
    return broker


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _had(package: str, look: Callable[[], Path | None], parts: tuple[str, ...]) -> Path:
    """The program, installed or unpacked first where it is missing: one process of a run does."""
    RUN_FOLDER.mkdir(exist_ok=True)
    with (RUN_FOLDER / "packages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        tried = RUN_FOLDER / f"{package}.tried"
        if look() is None and not tried.exists():
            _installed(package) or _unpacked(parts)
            tried.touch()
    program = look()
    if program is None:
        pytest.skip(
            f"NO {package.upper()}: Debian's package {package} can neither be installed"
            " nor unpacked here; what our README says of this broker is not checked"
        )
    return program


def _installed(package: str) -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    install += ["-o", f"DPkg::Lock::Timeout={INSTALL_SECONDS}", package]
    # An old list of packages names files that are gone: fetched only when the first try fails.
    return _ran(install) or (_ran(["apt-get", "update"]) and _ran(install))


def _unpacked(packages: tuple[str, ...]) -> bool:
    folder = RUN_FOLDER / "packages"
    folder.mkdir(exist_ok=True)
    if shutil.which("dpkg") is None or not _ran(["apt-get", "download", *packages], folder):
        return False
    if not all(_ran(["dpkg", "-x", str(file), str(UNPACKED)]) for file in folder.glob("*.deb")):
        return False
    # Debian's start script knows the place where Erlang would have been installed.
    if (script := UNPACKED / "usr/lib/erlang/bin/erl").exists():
        script.write_text(script.read_text().replace("=/usr/lib", f"={UNPACKED}/usr/lib"))
    return True


def _ran(command: list[str], folder: Path = RUN_FOLDER) -> bool:
    # RUNLEVEL: the packages' own scripts would start the services.
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | quiet,
            capture_output=True,
            check=False,
            timeout=INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _found(name: str) -> Path | None:
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:{UNPACKED / 'usr/bin'}")
    return Path(path) if path else None


def _program(name: str) -> str:
    return str(_found(name) or name)


def _rabbitmq_program() -> Path | None:
    # Debian's own front insists on being root or rabbitmq, and on the machine's one node.
    places = [*Path("/").glob(RABBITMQ_PROGRAMS), *UNPACKED.glob(RABBITMQ_PROGRAMS)]
    return next(iter(places), None)
