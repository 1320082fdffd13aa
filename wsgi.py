"""What servers and workers load: `granian wsgi:app`, `celery -A wsgi:celery worker`."""

from app import create_app
from app.core.celery import celery

app = create_app()
__all__ = ["app", "celery"]
