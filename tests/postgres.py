"""A PostgreSQL of our own, in a temporary folder, for as long as the tests run."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.waiting import until

HOW_TO_GET_IT = "PostgreSQL is needed for the tests: apt-get install postgresql (or set PATH)."
#: Speed for data that nobody will miss, and no statistics at a moment of its own choosing: plans
#: are to be the same in every run.
HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server in a hurry and yield the address of its database, for SQLAlchemy."""
    server = Postgres(HURRY)
    server.start()
    try:
        yield server.address
    finally:
        server.close()


class Postgres:
    """A server on a Unix socket, which a test may stop roughly and start again.

    `initdb` refuses root, so as root it runs as the user `postgres`, or `nobody`. `settings` are
    `name=value`; without any, a commit is on the disk when it is confirmed. With `primary`, it is
    the replica of that server.
    """

    def __init__(self, settings: Sequence[str] = (), primary: "Postgres | None" = None) -> None:
        self.user = unprivileged_user()
        self.folder = Path(tempfile.mkdtemp(prefix="dbs-pg-"))
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.address = f"postgresql+psycopg://dbs@/postgres?host={self.folder}"
        self._settings = ("listen_addresses=", *settings)
        if primary:
            options = ["--username=dbs", "--checkpoint=fast", "--no-sync", "--write-recovery-conf"]
            _run(self.user, "pg_basebackup", "-D", self._data, "-h", primary.folder, *options)
        else:
            options = ["--auth=trust", "--username=dbs", "--encoding=UTF8", "--locale=C"]
            _run(self.user, "initdb", "-D", self._data, "--no-sync", *options)

    def start(self) -> None:
        """Start the server and return when it answers."""
        settings = [part for setting in self._settings for part in ("-c", setting)]
        self._process = subprocess.Popen(
            [_binary("postgres"), "-D", self._data, "-k", self.folder, *settings],
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait_for(self._process, self.folder)

    def stop_immediately(self) -> None:
        """Stop the server without a checkpoint: its next start recovers from the log."""
        _run(self.user, "pg_ctl", "stop", "-D", self._data, "-m", "immediate")
        self._process.wait()

    def kill(self) -> None:
        """End all processes of the server at once (SIGKILL), as a power cut would."""
        self._process.send_signal(signal.SIGSTOP)  # it starts no more of them
        children = subprocess.check_output(["pgrep", "--parent", str(self._process.pid)])
        for pid in (self._process.pid, *map(int, children.split())):
            os.kill(pid, signal.SIGKILL)
        self._process.wait()

    def promote(self) -> None:
        """Make a replica the primary; return once it takes writes."""
        _run(self.user, "pg_ctl", "promote", "-D", self._data)

    def close(self) -> None:
        """Stop the server if it runs, with whoever is connected, and remove its data."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait()
        shutil.rmtree(self.folder)

    @property
    def _data(self) -> Path:
        return self.folder / "data"


def unprivileged_user() -> str | None:
    """Return as whom to run what refuses to run as root; None: as who we are."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


def _binary(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise RuntimeError(HOW_TO_GET_IT)
    return found


def _run(user: str | None, name: str, *args: str | Path) -> None:
    command = [_binary(name), *args]
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr}")


def _wait_for(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Ask until the server answers; it has no other way to say that it is ready."""

    def answers() -> bool:
        if server.poll() is not None:
            raise RuntimeError("PostgreSQL ended before it was ready.")
        try:
            psycopg.connect(host=str(folder), user="dbs", dbname="postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    until(answers, "PostgreSQL to answer")
