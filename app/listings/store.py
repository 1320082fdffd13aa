"""The storage that the files of listings live in: pictures, their renditions, documents."""

from app.core.storage import Storage, storage
from app.settings import settings


def store() -> Storage:
    """Where this installation keeps its files."""
    return storage(settings().storage_path or settings().onshelf_instance / "storage")
