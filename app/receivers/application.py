"""What both receivers' Flask applications are made of."""

from flask import Flask

from app.receivers import answers, health, pages
from app.receivers.database import Store
from app.receivers.settings import ReceiverSettings


def application(
    name: str, settings: ReceiverSettings, store: Store, image_sources: str = ""
) -> Flask:
    """An application with health, errors, languages and headers; routes are the receiver's."""
    app = Flask(name, template_folder=str(pages.ROOT / "templates"), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["store"] = store
    app.register_blueprint(health.blueprint(store))
    answers.install(app)
    pages.install(app, settings, image_sources)
    return app
