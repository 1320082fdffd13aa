"""Onshelf: a listing travels; stations work on it; it carries its papers."""

from click import Command
from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core import connections, jsons
from app.settings import ROOT, Settings
from app.settings import settings as settings_of_process


def create_app(settings: Settings | None = None) -> Flask:
    """The application: settings, database, Celery, reactions, extensions, blueprints."""
    settings = settings or settings_of_process()
    app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        instance_path=str(settings.onshelf_instance.resolve()),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    app.config.from_mapping(_configuration(settings))
    _core(app, settings)
    _extensions(app, settings)
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    for command in _commands():
        app.cli.add_command(command)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            # What people typed stands in no log.
            "hide_parameters": True,
            "json_serializer": jsons.dumps,
            "json_deserializer": jsons.loads,
            "pool_recycle": connections.RECYCLE_SECONDS,
            "connect_args": {
                "connect_timeout": 5,
                "options": "-c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
                f" -c statement_timeout={settings.statement_timeout_seconds}s -c timezone=UTC",
            },
        },
        "TESTING": settings.onshelf_env == "test",
    }


def _core(app: Flask, settings: Settings) -> None:
    from app import models as _models  # noqa: F401 - so that every mapper is complete
    from app.core import celery, database, events
    from app.journey.reactions import REACTIONS
    from app.schedule import SCHEDULE

    database.db.init_app(app)
    with app.app_context():
        connections.watch(database.db.engine)
    celery.install(app, settings, SCHEDULE)
    events.install(REACTIONS)


def _extensions(app: Flask, settings: Settings) -> None:
    """What wraps every request: each area's own `init_app`, in the order it must happen."""
    from app.web import init_web, uploads

    init_web(app, settings)
    uploads.init_app(app)
    from app.accounts import setup as accounts

    accounts.init_app(app, settings)
    from app.journey.notifying.visitor import visitor
    from app.web.navigation import tell_visitor

    tell_visitor(app, visitor)
    from app.journey.imaging.enlarging import enlarged
    from app.journey.imaging.leafing import leaf
    from app.web.largest import enlarge_by
    from app.web.leaves import leaves_by

    enlarge_by(app, enlarged)
    leaves_by(app, leaf)


def _blueprints() -> list[Blueprint]:
    """Every area that answers requests. Import inside: nothing is loaded that is not listed."""
    from app.accounts.routes import blueprint as accounts
    from app.journey.drafting.document_routes import blueprint as documents
    from app.journey.drafting.history_routes import blueprint as history
    from app.journey.drafting.preset_routes import blueprint as presets
    from app.journey.drafting.routes import blueprint as drafting
    from app.journey.drafting.schema_routes import blueprint as schemas
    from app.journey.imaging.arrivals.routes import blueprint as arrivals
    from app.journey.imaging.mends.routes import blueprint as mends
    from app.journey.imaging.routes import blueprint as imaging
    from app.journey.notifying.routes import blueprint as notifying
    from app.journey.review.canned_routes import blueprint as canned
    from app.journey.review.routes import blueprint as review
    from app.surfaces.front.routes import blueprint as front
    from app.surfaces.health.routes import blueprint as health
    from app.surfaces.operator.routes import blueprint as operator
    from app.surfaces.seller.many.routes import blueprint as many
    from app.surfaces.seller.routes import blueprint as seller

    return [
        accounts,
        arrivals,
        canned,
        documents,
        drafting,
        front,
        health,
        history,
        imaging,
        many,
        mends,
        notifying,
        operator,
        presets,
        review,
        schemas,
        seller,
    ]


def _commands() -> list[Command]:
    """What `flask` can be asked besides its own commands."""
    from app.surfaces.cli.audit import audit
    from app.surfaces.cli.installing import install, staff
    from app.surfaces.cli.reconcile import reconcile
    from app.surfaces.cli.rules import rules
    from app.surfaces.cli.taxonomy import taxonomy

    return [audit, install, reconcile, rules, staff, taxonomy]
