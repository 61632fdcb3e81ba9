"""Two app servers behind nginx, PgBouncer, and a PostgreSQL with a replica: a small site.

Everything is a process of its own in a folder of its own; the app servers share nothing else.
"""

import os
import pwd
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import LiteralString

import psycopg

from tests.browser.engines.ports import free_port, listens
from tests.browser.engines.program import Program
from tests.browser.server import ROOT
from tests.kills.servers import Gunicorn
from tests.postgres import Postgres, unprivileged_user
from tests.waiting import until

NGINX, PGBOUNCER = "/usr/sbin/nginx", "/usr/sbin/pgbouncer"
#: A commit is confirmed once the replica has it on its disk too.
SYNCHRONOUS = ("synchronous_standby_names=*", "synchronous_commit=on")
PORT = 6432

PGBOUNCER_INI = """
[databases]
dbs = host={primary} dbname=postgres user=dbs
[pgbouncer]
unix_socket_dir = {folder}
listen_port = {port}
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
query_wait_timeout = 5
server_connect_timeout = 3
server_login_retry = 1
"""

NGINX_CONF = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 1m;
    upstream dbs {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://dbs;
            proxy_connect_timeout 2s;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""


class Bouncer:
    """PgBouncer in transaction mode on a Unix socket; it knows where the primary is."""

    def __init__(self, primary: Postgres) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dbs-bouncer-"))
        self.address = f"postgresql+psycopg://dbs@/dbs?host={self.folder}&port={PORT}"
        self._user = unprivileged_user()
        if self._user:
            os.chown(self.folder, pwd.getpwnam(self._user).pw_uid, -1)
        self._ini = self.folder / "pgbouncer.ini"
        self._point_at(primary)
        as_user = ["-u", self._user] if self._user else []
        command = [PGBOUNCER, *as_user, str(self._ini)]
        self._program = Program(command, self.folder / "pgbouncer.log")
        until((self.folder / f".s.PGSQL.{PORT}").exists, "PgBouncer's socket")

    def repoint(self, primary: Postgres) -> None:
        """Send what comes from now on to another server, as an operator does after a failover."""
        self._point_at(primary)
        self._program.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """End it and remove its folder."""
        self._program.kill()
        shutil.rmtree(self.folder)

    def _point_at(self, primary: Postgres) -> None:
        self._ini.write_text(
            PGBOUNCER_INI.format(primary=primary.folder, folder=self.folder, port=PORT)
        )


class Cluster:
    """The site; use it as a context manager. `url` is where the riders come in.

    `env` is more of the environment of its app servers.
    """

    def __init__(self, folder: Path, **env: str) -> None:
        self._folder = folder
        self._env = {"PROXY_COUNT": "1", **env}
        self._end = ExitStack()
        self.servers: list[Gunicorn] = []

    def __enter__(self) -> "Cluster":
        with self._end as building:
            self.primary = Postgres(SYNCHRONOUS)
            self._run(building, self.primary)
            self.replica = Postgres(primary=self.primary)
            self._run(building, self.replica)
            self.bouncer = Bouncer(self.primary)
            building.callback(self.bouncer.stop)
            for name in ("one", "two"):
                self._start_server(building, name)
            self.url = self._start_nginx(building)
            self._end = building.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.close()

    def cut_off_replica(self) -> None:
        """Break the line between the two databases; what is pushed now cannot be confirmed."""
        where = str(self.replica.folder)
        with psycopg.connect(host=where, user="dbs", dbname="postgres", autocommit=True) as asked:
            asked.execute("ALTER SYSTEM SET primary_conninfo = ''")
            asked.execute("SELECT pg_reload_conf()")
        listening = "SELECT count(*) FROM pg_stat_wal_receiver"
        until(lambda: _number(self.replica, listening) == 0, "the replica to be cut off")

    def unconfirmed(self) -> int:
        """Return how many transactions are on the primary's disk and wait for the replica's."""
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        return _number(self.primary, waiting)

    def fail_over(self) -> None:
        """Lose the primary, with all that it had not passed on; the replica takes over."""
        self.primary.kill()
        self.replica.promote()
        self.bouncer.repoint(self.replica)

    @staticmethod
    def _run(building: ExitStack, server: Postgres) -> None:
        server.start()
        building.callback(server.close)

    def _start_server(self, building: ExitStack, name: str) -> None:
        home = self._folder / name
        home.mkdir()
        server = Gunicorn(home, ROOT, DATABASE_URL=self.bouncer.address, **self._env)
        building.callback(server.stop)
        server.start()
        self.servers.append(server)

    def _start_nginx(self, building: ExitStack) -> str:
        port = free_port()
        servers = "".join(
            f"server 127.0.0.1:{server.port} max_fails=1 fail_timeout=1s;"
            for server in self.servers
        )
        conf = self._folder / "nginx.conf"
        conf.write_text(NGINX_CONF.format(folder=self._folder, servers=servers, port=port))
        nginx = Program(
            [NGINX, "-p", str(self._folder), "-c", str(conf)], self._folder / "nginx.log"
        )
        building.callback(nginx.kill)
        until(lambda: listens(port), "nginx to listen")
        return f"http://127.0.0.1:{port}"


def _number(server: Postgres, query: LiteralString) -> int:
    """Ask a server for a number."""
    with psycopg.connect(host=str(server.folder), user="dbs", dbname="postgres") as connection:
        row = connection.execute(query).fetchone()
    assert row
    return int(row[0])
