"""What servers and workers load: `granian wsgi:app`, `celery -A wsgi:celery worker`."""

import gc

# Nothing that loading makes is garbage: `garbage.loaded` turns collection on again.
gc.disable()

from app import create_app  # noqa: E402
from app.core.celery import celery  # noqa: E402
from app.core.garbage import loaded  # noqa: E402

app = create_app()
loaded()
__all__ = ["app", "celery"]
