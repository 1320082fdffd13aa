"""What a backup is: a folder with a dump a branch, the files by their hashes, and a manifest.

    <time>/manifest.json      sums, schema revisions, the instant
    <time>/onshelf.dump       PostgreSQL's custom format; catalogue.dump and orders.dump likewise
    <time>/files.txt          the key of every file that the database refers to, a line each
    <time>/files/ab/<key>     the files; those that an earlier backup has are the same on the disk

The name of a folder that is not whole starts with a dot.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
MANIFEST, LIST, FILES = "manifest.json", "files.txt", "files"
# What is read at a time.
PIECE = 1 << 20


class BackupError(RuntimeError):
    """The text is one sentence for the person at the console."""


@dataclass(frozen=True)
class Manifest:
    """`dumps` and `revisions` by branch: the SHA-256 of the dump, the schema's revision.

    `listed` is the SHA-256 of the list of files; `missing` are keys that had no file when the
    backup was made.
    """

    made_at: str
    revisions: dict[str, str]
    dumps: dict[str, str]
    listed: str
    files: int
    bytes: int
    missing: list[str]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it into *folder*."""
        text = json.dumps(asdict(self), indent=2, sort_keys=True)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def manifest_of(folder: Path) -> Manifest:
    """The manifest of a backup. `BackupError` where there is none that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        found = Manifest(**told)
    except (OSError, ValueError, TypeError) as error:
        raise BackupError(f"{folder} is no backup that can be read: {error}") from error
    if found.format != FORMAT:
        raise BackupError(f"{folder} has the format {found.format}; this release reads {FORMAT}.")
    return found


def backups(folder: Path) -> list[Path]:
    """Every whole backup below *folder*, the oldest first."""
    return sorted(one.parent for one in folder.glob(f"[0-9]*/{MANIFEST}"))


def dump(folder: Path, branch: str) -> Path:
    """Where the dump of *branch* is."""
    return folder / f"{branch}.dump"


def file(folder: Path, key: str) -> Path:
    """Where the file of *key* is."""
    return folder / FILES / key[:2] / key


def keys(folder: Path) -> list[str]:
    """The key of every file that the backed up database refers to."""
    return (folder / LIST).read_text(encoding="ascii").split()


def sum_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def damages(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Whatever is not as it was when the backup was made, a sentence each."""
    told = [(dump(folder, branch), digest) for branch, digest in manifest.dumps.items()]
    for path, digest in [*told, (folder / LIST, manifest.listed)]:
        yield from _damage(path, digest)
    if (folder / LIST).is_file():
        for key in sorted(set(keys(folder)) - set(manifest.missing)):
            yield from _damage(file(folder, key), key)


def prune(folder: Path, kept: int) -> list[str]:
    """Delete all but the newest *kept* backups, and what was left half done; their names."""
    gone = [*backups(folder)[:-kept], *(one for one in folder.glob(".[0-9]*") if one.is_dir())]
    for one in gone:
        # First it is a backup no more, then it goes.
        (one / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(one)
    return [one.name for one in gone]


def first_damages(found: Iterable[str], most: int = 5) -> str:
    """The first few of *found* in one sentence, '' for none."""
    some = [sentence for sentence, _ in zip(found, range(most), strict=False)]
    return "; ".join(some)


def _damage(path: Path, digest: str) -> Iterator[str]:
    try:
        if sum_of(path) != digest:
            yield f"{path.name} has other bytes than it had"
    except OSError:
        yield f"{path.name} is not there"
