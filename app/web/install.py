"""One call that gives an application its web side."""

from flask import Flask

from app.core.words import Words
from app.settings import Settings
from app.web import (
    assets,
    compression,
    errors,
    fields,
    formatting,
    language,
    navigation,
    numbers,
    patterns,
    preferences,
    security,
    vocabulary,
)


def init_web(app: Flask, settings: Settings) -> None:
    """Install everything of this package on *app*, before the blueprints of the stations."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    numbers.init(app)
    language.init(app, settings)
    formatting.init(app, settings)
    vocabulary.init(app)
    fields.init(app)
    assets.init(app, settings)
    navigation.init(app)
    compression.init(app)
    security.init(app, settings)
    errors.init(app)
    app.register_blueprint(preferences.blueprint)
    if settings.onshelf_env != "production":
        app.register_blueprint(patterns.blueprint)
    app.jinja_env.globals["Words"] = Words
