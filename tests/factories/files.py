"""Our own category files as a folder of a test's own, to be changed by it."""

import shutil
from pathlib import Path

from app.taxonomy.loader import FOLDER

CATEGORIES = ("building-blocks", "fruit-juice", "mugs", "plates", "t-shirts", "wireless-earphones")


def taxonomy_folder(at: Path) -> Path:
    """A copy under *at* of what categories share, and of a few of them."""
    for name in ("groups", "notices"):
        shutil.copytree(FOLDER / name, at / name)
    (at / "categories").mkdir()
    for code in CATEGORIES:
        shutil.copy(FOLDER / "categories" / f"{code}.yaml", at / "categories")
    for name in ("tree.yaml", "certifications.yaml"):
        shutil.copy(FOLDER / name, at / name)
    return at


def change(file: Path, old: str, new: str) -> int:
    """Put *new* in place of the first *old*; the line (from 1) where it stands."""
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1
