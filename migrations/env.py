"""Run the migrations on the database of the current app, all or nothing."""

from alembic import context
from flask import current_app
from sqlalchemy import func, select

from dbsapp.extensions import db
from dbsapp.postgres import MIGRATION_LOCK


def migrate() -> None:
    """Bring the database to the revision that was asked for.

    `tune_sqlite` begins transactions itself, so on SQLite, too, a migration that fails leaves
    nothing behind.
    """
    settings = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transactional_ddl=True,
            **settings,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                # Hosts that start at once wait here; the second finds nothing left to do.
                connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            context.run_migrations()


migrate()
