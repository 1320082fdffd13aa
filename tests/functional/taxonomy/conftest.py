from pathlib import Path

import pytest

from tests.factories.files import taxonomy_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our own files, to be changed by a test."""
    return taxonomy_folder(tmp_path)
