"""Puts uv into a folder: `fetch_uv.py VERSION FOLDER`. Runs before there is any environment.

By pip where there is one (it knows the mirrors this machine is set up for), else straight from
PyPI, checked against the digest that PyPI states. Standard library alone.
"""

import hashlib
import io
import json
import platform
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

LIBC = "musllinux" if platform.libc_ver()[0] == "" else "manylinux"


def main(version: str, folder: Path) -> int:
    """0 when `folder/bin/uv` is there."""
    if not (by_pip(version, folder) or by_download(version, folder)):
        print(f"uv {version} could not be fetched: is the network there?", file=sys.stderr)
        return 1
    return 0


def by_pip(version: str, folder: Path) -> bool:
    """Into a folder of its own, so that no distribution's rules about its Python are broken."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--target", str(folder), "--upgrade", f"uv=={version}"]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0 and (folder / "bin" / "uv").exists()


def by_download(version: str, folder: Path) -> bool:
    """The wheel for this machine, from PyPI."""
    address = f"https://pypi.org/pypi/uv/{version}/json"
    with urllib.request.urlopen(address, timeout=60) as answer:
        files = json.load(answer)["urls"]
    for file in files:
        if _fits(file["filename"]):
            return _unpack(_fetch(file), folder)
    return False


def _fits(name: str) -> bool:
    if not name.endswith(".whl") or platform.machine() not in name:
        return False
    return (LIBC if sys.platform == "linux" else "macosx") in name


def _fetch(file: dict) -> bytes:
    with urllib.request.urlopen(file["url"], timeout=300) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != file["digests"]["sha256"]:
        raise SystemExit(f"{file['filename']} is not what PyPI says it is")
    return content


def _unpack(content: bytes, folder: Path) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith("/scripts/uv"))
        target = folder / "bin" / "uv"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(wheel.read(name))
    target.chmod(0o755)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
