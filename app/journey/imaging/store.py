"""The storage that pictures live in, originals and renditions alike."""

from app.core.storage import Storage, storage
from app.settings import settings


def store() -> Storage:
    """Where this installation keeps its pictures."""
    return storage(settings().storage_path or settings().onshelf_instance / "storage")
