"""The application's own tables, in the schema `public`."""

from app import models as _models  # noqa: F401
from app.core.database import Base
from app.core.migration import run

run(Base.metadata)
