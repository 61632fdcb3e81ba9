"""Servers to measure, as processes of their own on free ports, and the load generator."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: One rider here asks for hundreds; each request is counted all the same.
EAGER = {"SYNC_LIMIT": "1000000000"}


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, env: Mapping[str, str]) -> Iterator[str]:
    """Run `command` until the block ends; yield the base URL once it answers."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | dict(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        while not _answers(base):
            if process.poll() is not None:
                raise RuntimeError(f"{command[0]} stopped with {process.returncode}")
            time.sleep(0.05)
        yield base
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def ours(folder: Path) -> Iterator[str]:
    """Run our server as `make run` does, on an empty database in `folder`."""
    port = free_port()
    env = {
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "SECRET_KEY": "bench",
    }
    with running([sys.executable, "-m", "dbsapp"], port, env) as base:
        yield base


@contextmanager
def bare(sizes: list[int]) -> Iterator[str]:
    """Run the constant Flask app under the same server with the same number of workers."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--no-ws"]
    command += ["--port", str(port), "bench.bare:app"]
    with running(command, port, {"SIZES": ",".join(map(str, sizes))}) as base:
        yield base


@contextmanager
def valens(folder: Path) -> Iterator[str]:
    """Run Valens 0.9 under gunicorn with 2 workers, from a virtual environment in `build/`."""
    venv = ROOT / "build" / "valens"
    if not (venv / "bin" / "valens").exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        packages = ["valens==0.9.0", "gunicorn==27.0.1"]
        subprocess.run([venv / "bin" / "pip", "install", "--quiet", *packages], check=True)
    config = folder / "valens.py"
    config.write_text(
        f"DATABASE = 'sqlite:///{folder / 'valens.sqlite3'}'\nSECRET_KEY = b'bench'\n"
    )
    env = {"VALENS_CONFIG": str(config)}
    subprocess.run(
        [venv / "bin" / "valens", "upgrade"], env=os.environ | env, check=True, capture_output=True
    )
    port = free_port()
    command = [
        str(venv / "bin" / "gunicorn"),
        "--workers",
        "2",
        "--bind",
        f"127.0.0.1:{port}",
        "valens:app",
    ]
    with running(command, port, env) as base:
        yield base


def requests_per_second(url: str, seconds: int = 3) -> float:
    """Load `url` over 16 connections and return the answers a second; needs wrk."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("The load generator is missing: apt-get install wrk")
    out = subprocess.run(
        [wrk, "-t1", "-c16", f"-d{seconds}s", url], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in out:
        raise RuntimeError(f"{url} answered with errors")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert found, out
    return float(found[1])
