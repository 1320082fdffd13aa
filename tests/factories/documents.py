"""Document files, and how a test sends them."""

import io
from typing import Any

from flask.testing import FlaskClient

from app.listings.models import Listing
from tests.factories import pictures

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
JPEG, PNG = pictures.jpeg(60, 80), pictures.saved(pictures.quarters(60, 80), "PNG")
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def give(
    client: FlaskClient,
    to: Listing,
    code: str,
    data: bytes = PDF,
    name: str = "paper.pdf",
    script: bool = False,
) -> Any:
    """Post a file as the document's form does, or as its input does with script."""
    return client.post(
        f"/listings/{to.id}/documents/{code}",
        data={"document": (io.BytesIO(data), name)},
        headers=PARTIAL if script else {},
    )
