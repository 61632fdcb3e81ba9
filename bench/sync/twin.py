"""Valens, our technical twin (Flask, SQLAlchemy, SQLite), under the same gunicorn."""

import json
import os
import re
import shutil
import statistics
import subprocess
import uuid
from pathlib import Path

from bench.report import figure, table
from bench.servers import ROOT, valens
from bench.sync.databases import database, riders
from bench.sync.push import Json, session
from bench.sync.servers import ours_under_gunicorn

CONNECTIONS = 8
SECONDS = 5
ROUNDS = 3
SETS = 12
SCRIPT = ROOT / "bench" / "sync" / "push.lua"
PYTHON = ROOT / "build" / "valens" / "bin" / "python"

#: Makes the user and the exercise that the workouts refer to; prints the Cookie header.
PREPARE = """
from valens import app
client = app.test_client()
client.get("/api/version")
from valens.models import Sex, User
from valens.database import session
with app.app_context():
    session.add(User(name="alice", sex=Sex.FEMALE))
    session.commit()
assert client.post("/api/session", json={"name": "alice"}).status_code == 200
exercise = dict.fromkeys(("notes", "force", "mechanic", "laterality", "assistance", "category"))
exercise |= {"name": "Bridge", "muscles": [], "equipment": []}
made = client.post("/api/exercises", json=exercise)
assert made.status_code == 201, made.get_data()
print(made.get_json()["id"], client.get_cookie("session").value)
"""


def number(width: int) -> str:
    """Return what the script replaces by a new number of `width` digits."""
    return f"@{width}"


def push_template(user: str) -> str:
    """Return a push of one session with 12 sets, with ids that are new each time."""
    one = {"exercise": "double-leg-bridge", "name": "Double-leg bridge", "step": "activate"}
    two = {"side": "both", "unit": "reps", "target": 10, "done": 10, "skipped": False}
    sets = [
        {"id": f"01900000-0000-7000-8000-{order:012}", "order": order} | one | two
        for order in range(SETS)
    ]
    salt = uuid.uuid4().hex
    new_id = f"{salt[:8]}-{salt[8:12]}-7000-8000-{number(12)}"
    made: Json = {"mid": "MID", "mutation_id": new_id, "id": new_id, "kind": "session"}
    made |= {"op": "create", "base_rev": 0, "at": 0, "tz": "Europe/Berlin"}
    push = {"proto": 1, "schema": 1, "user": user, "device": str(uuid.uuid4()), "now": 0}
    body = json.dumps(push | {"mutations": [made | {"set": session(1) | {"sets": sets}}]})
    return body.replace('"MID"', "@")


def workout_template(exercise: int) -> str:
    """Return Valens' workout of one set."""
    one = {"exercise_id": exercise, "reps": 10, "time": None, "weight": 20.0, "rpe": 7.0}
    two = {"target_reps": 10, "target_tempo": None, "target_weight": None, "target_rpe": None}
    workout: Json = {"date": "2026-03-01", "routine_id": None, "notes": "", "exercise_notes": []}
    return json.dumps(workout | {"elements": [one | two | {"automatic": False}]})


def prepare_valens(folder: Path) -> tuple[int, str]:
    """Return the id of an exercise and the Cookie header of its user."""
    env = os.environ | {"VALENS_CONFIG": str(folder / "valens.py")}
    command = [str(PYTHON), "-c", PREPARE]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    exercise, cookie = done.stdout.split()
    return int(exercise), f"session={cookie}"


def requests_per_second(url: str, template: str, cookie: str) -> float:
    """Post new bodies made of `template` over the connections; return the answers a second."""
    wrk = shutil.which("wrk") or "wrk"
    out = subprocess.run(
        [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout=10s", "-s", SCRIPT, url],
        env=os.environ | {"TEMPLATE": template, "COOKIE": cookie},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in out:
        raise RuntimeError(f"{url} answered with errors: {out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert found, out
    return float(found[1])


def main(folder: Path) -> None:
    """Measure in turns and print."""
    print(
        f"\nOne session of {SETS} sets a request beside one workout of one set in Valens 0.9,\n"
        f"SQLite, gunicorn with 2 workers, {CONNECTIONS} connections, "
        f"{ROUNDS} rounds of {SECONDS} s in turn"
    )
    with database("sqlite") as address, valens(folder) as peer:
        exercise, peer_cookie = prepare_valens(folder)
        user, cookie = riders(address, ["alice"])["alice"]
        found: list[tuple[float, float]] = []
        with ours_under_gunicorn(address) as base:
            for _ in range(ROUNDS):
                theirs = workout_template(exercise)
                found.append(
                    (
                        requests_per_second(
                            f"{base}/api/sync/v1/push", push_template(user), cookie
                        ),
                        requests_per_second(f"{peer}/api/workouts", theirs, peer_cookie),
                    )
                )
    table(
        ("requests/s", "ours", "Valens"),
        [(f"round {i}", f"{a:.0f}", f"{b:.0f}") for i, (a, b) in enumerate(found, 1)],
    )
    figure("sync.requests_vs_valens", statistics.median(a / b for a, b in found), "≥ 3")
