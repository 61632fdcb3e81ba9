"""DBS Four-Step: a four-step plan for riders whose glutes have gone quiet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from dbsapp import access, backup, errors, headers
from dbsapp.config import ROOT, load_settings
from dbsapp.content import load_library
from dbsapp.distribute import distribute
from dbsapp.extensions import csrf, db, limiter, login_manager, migrate, tune_sqlite
from dbsapp.postgres import set_engine_options, tune_postgres
from dbsapp.pwa.front import PublishedFront


def create_app(test_config: Mapping[str, Any] | None = None) -> Flask:
    """Build the app from the environment, or from the environment changed by `test_config`.

    Raises:
        ConfigError: a setting cannot work.
        ContentError: a content file is wrong.
    """
    app = Flask(
        "dbsapp",
        root_path=str(ROOT / "dbsapp"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(ROOT / "instance"),
    )
    app.config.from_mapping(load_settings().flask(), STATIC_ROOT=str(ROOT / "static"))
    app.config.from_mapping(CONTENT_ROOT=str(ROOT / "dbsapp" / "content"))
    app.config.from_mapping(test_config or {})
    library = load_library(Path(app.config["CONTENT_ROOT"]))
    app.extensions.update(library=library, published={}, static_documents={})
    if app.config["PROXY_COUNT"]:
        hops = app.config["PROXY_COUNT"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    _bind_extensions(app)
    _register_blueprints(app)
    headers.set_headers(app)
    app.wsgi_app = PublishedFront(  # type: ignore[assignment, method-assign]
        app.wsgi_app, app.extensions["published"], headers.page_headers(app)
    )
    app.jinja_env.globals.update(import_map=headers.IMPORT_MAP, library=app.extensions["library"])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    return app


def _bind_extensions(app: Flask) -> None:
    set_engine_options(app)
    db.init_app(app)
    tune_sqlite(app)
    backup.heed_mark(app)
    tune_postgres(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    app.cli.add_command(backup.command)
    app.cli.add_command(distribute)
    # Templates cannot see who asks: a page is for everybody, or its view hands it its rider.
    login_manager.init_app(app, add_context_processor=False)
    app.before_request(access.check_access)
    csrf.init_app(app)
    limiter.init_app(app)
    errors.install(app)


def _register_blueprints(app: Flask) -> None:
    from dbsapp.accounts.api import bp as session_api
    from dbsapp.accounts.own import bp as account
    from dbsapp.accounts.views import bp as accounts
    from dbsapp.logs.plain import bp as logs_plain
    from dbsapp.logs.views import bp as logs
    from dbsapp.plan.own import bp as own
    from dbsapp.plan.play import bp as play
    from dbsapp.plan.views import bp as plan
    from dbsapp.pwa.views import bp as pwa
    from dbsapp.sync.openapi import bp as openapi
    from dbsapp.sync.views import bp as sync

    access.register(app, pwa, access.public)
    access.register(app, plan, access.public)
    access.register(app, own, access.public, url_prefix="/routines")
    access.register(app, play, access.public, url_prefix="/play")
    access.register(app, logs, access.public)
    access.register(app, logs_plain, access.riders_only, url_prefix="/log/plain")
    access.register(app, accounts, access.public, url_prefix="/accounts")
    access.register(app, account, access.riders_only, url_prefix="/accounts")
    access.register(app, session_api, access.public, url_prefix="/api")
    access.register(app, openapi, access.public, url_prefix="/api")
    access.register(app, sync, access.riders_only, url_prefix="/api/sync/v1")
