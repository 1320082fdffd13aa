"""What both receivers' Flask applications are made of."""

from typing import Any

from flask import Flask
from flask.json.provider import JSONProvider

from app.core import jsons
from app.receivers import answers, contract, health, pages
from app.receivers.database import Store
from app.receivers.settings import ReceiverSettings


class Json(JSONProvider):
    """What requests and answers are read and written with."""

    def dumps(self, obj: Any, **_given: Any) -> str:
        """JSON text."""
        return jsons.dumps(obj)

    def loads(self, s: str | bytes, **_given: Any) -> Any:
        """What it says."""
        return jsons.loads(s)


def application(
    name: str, settings: ReceiverSettings, store: Store, image_sources: str = ""
) -> Flask:
    """An application with health, contract, errors, languages and headers.

    *name* is the receiver's module, `app.receivers.<receiver>.application`; routes are its own.
    """
    app = Flask(name, template_folder=str(pages.ROOT / "templates"), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.json = Json(app)
    app.extensions["store"] = store
    app.register_blueprint(health.blueprint(store))
    app.register_blueprint(contract.blueprint(name.split(".")[-2]))
    answers.install(app)
    pages.install(app, settings, image_sources)
    return app
