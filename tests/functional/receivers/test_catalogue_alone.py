"""Each receiver on a machine and a database of its own, as the README says, no Onshelf beside."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.contracts import check
from app.core.signing import signed_headers
from app.settings import ROOT
from tests.conftest import CLUSTER, WORKER
from tests.factories.deliveries import product
from tests.stack import START_SECONDS, free_port, wait_for

SECRET = "a secret for these two alone"
RECEIVERS = ("catalogue", "orders")
# Nothing of this process's own settings gets there: only what the README names.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


def settings_of(name: str, port: int, url: str) -> dict[str, str]:
    return {variable: os.environ[variable] for variable in KEPT if variable in os.environ} | {
        f"{name.upper()}_DATABASE_URL": url,
        "CATALOGUE_SECRET": SECRET,
        "ORDERS_SECRET": SECRET,
        "CATALOGUE_URL": f"http://127.0.0.1:{port}",
    }


def answer_of(address: str, data: bytes | None = None) -> tuple[int, bytes]:
    headers = signed_headers(SECRET, data) if data else {}
    try:
        asked = urllib.request.Request(address, data=data, headers=headers)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


@pytest.fixture(params=RECEIVERS)
def alone(request: pytest.FixtureRequest, database: None, tmp_path: Path) -> Iterator[str]:
    """The address of a receiver that was installed and started by its commands."""
    name, port = request.param, free_port()
    CLUSTER.ensure_database(f"alone_{name}_{WORKER}")
    environment = settings_of(name, port, CLUSTER.url(f"alone_{name}_{WORKER}"))
    installed = [sys.executable, "-m", "app.receivers.install", name]
    subprocess.run(installed, cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += [f"app.receivers.{name}.wsgi:app"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answer_of(f"{address}/readyz")[0] == 200, START_SECONDS)
        yield address
    finally:
        process.terminate()
        process.wait()


def test_a_receiver_takes_a_batch_on_its_own(alone: str) -> None:
    batch = json.dumps({"deliveries": [product()]}).encode()
    status, body = answer_of(f"{alone}/v1/deliveries", batch)
    assert status == 200, body
    answer = json.loads(body)
    check("delivery-answer", answer)
    assert [result["outcome"] for result in answer["results"]] == ["applied"]


@pytest.mark.parametrize("name", RECEIVERS)
def test_without_a_database_it_says_what_is_missing(name: str) -> None:
    command = [sys.executable, "-m", "app.receivers.install", name]
    bare = {variable: os.environ[variable] for variable in KEPT if variable in os.environ}
    said = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr.startswith(f"cannot install: {name.upper()}_DATABASE_URL")
    assert "Traceback" not in said.stderr
