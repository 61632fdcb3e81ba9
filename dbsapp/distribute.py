"""Spreading riders over many PostgreSQL servers with Citus: all rows of one rider in one place.

Every table of riders' data begins its key with the rider, so all that one request touches is on
one server, and riders need not know of each other's (docs/scale.md).
"""

from collections.abc import Iterator

import click
from flask.cli import with_appcontext
from sqlalchemy import Connection, MetaData, text

from dbsapp.extensions import db

KEY = "rider_id"
IS_CITUS = "SELECT EXISTS (SELECT FROM pg_proc WHERE proname = 'create_distributed_table')"


def placements(metadata: MetaData) -> Iterator[tuple[str, str]]:
    """Yield each table with the statement that places it, in an order that foreign keys allow.

    A table with a rider in it is split by rider, each part beside the others of the same riders.
    The few that are asked before the rider is known (who signs in with this email?) are on every
    server.
    """
    split = [table.name for table in metadata.sorted_tables if KEY in table.columns]
    for table in metadata.sorted_tables:
        if table.name not in split:
            yield table.name, f"SELECT create_reference_table('{table.name}')"
    for name in split:
        beside = "none" if name == split[0] else split[0]
        yield (
            name,
            f"SELECT create_distributed_table('{name}', '{KEY}', colocate_with => '{beside}')",
        )


@click.command()
@with_appcontext
def distribute() -> None:
    """Spread the tables over the Citus cluster of DATABASE_URL; what is spread already stays."""
    with db.engine.connect() as connection:
        if not _is_citus(connection):
            shown = db.engine.url.render_as_string(hide_password=True)
            raise click.ClickException(
                f"The database at {shown} has no Citus extension, so there are no servers to "
                "spread riders over; nothing was changed (docs/scale.md)."
            )
    # Each by itself: Citus forbids some of it within one transaction, and a stopped run goes on.
    engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        placed = set(connection.scalars(text("SELECT table_name::text FROM citus_tables")))
        for name, statement in placements(db.metadata):
            if name not in placed:
                connection.execute(text(statement))
                click.echo(statement)
    click.echo("Every table is in its place.")


def _is_citus(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql" and bool(connection.scalar(text(IS_CITUS)))
