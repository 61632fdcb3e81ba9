"""A PostgreSQL of our own, in a temporary folder, for as long as the tests run."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.waiting import until

HOW_TO_GET_IT = "PostgreSQL is needed for the tests: apt-get install postgresql (or set PATH)."
#: Speed for data that nobody will miss.
HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def running_server() -> Iterator[str]:
    """Start a server on a Unix socket and yield the address of its database, for SQLAlchemy.

    `initdb` refuses root, so as root it runs as the user `postgres`, or `nobody`.
    """
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="dbs-pg-"))
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data = folder / "data"
    options = ["--auth=trust", "--username=dbs", "--encoding=UTF8", "--locale=C", "--no-sync"]
    _run(user, "initdb", "-D", data, *options)
    settings = [part for setting in HURRY for part in ("-c", setting)]
    server = subprocess.Popen(
        [_binary("postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", *settings],
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, folder)
        yield f"postgresql+psycopg://dbs@/postgres?host={folder}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def _unprivileged_user() -> str | None:
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
