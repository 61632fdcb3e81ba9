"""The wire format, word for word: `tests/contract/wire.json`, which the phone's tests read too.

A case is a list of requests by Alice's devices and the list of answers. What differs from run to
run stands as `EPOCH`, `USER` and 0 for the time. `"after": "restore"` says that before this request
the database was restored, as it was, and its epochs were rotated: `RENEWED` is the new one.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.phones import HEADERS, Phone, sign_in, sign_up

CASES = json.loads((Path(__file__).parents[1] / "contract" / "wire.json").read_text())
DEVICES = {
    "phone": "00000000-0000-4000-8000-00000000000a",
    "laptop": "00000000-0000-4000-8000-00000000000b",
}

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_speaks_as_the_contract_says(app: Flask, case: dict[str, Any]) -> None:
    assert play(app, case["input"]) == case["expected"]


def play(app: Flask, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Send `requests` and return the answers, as the contract writes them."""
    sign_up(app, "alice")
    devices = {name: Phone(sign_in(app, "alice")) for name in DEVICES}
    names = {"USER": devices["phone"].user, "EPOCH": epoch_of(devices["phone"])}
    told = []
    for request in requests:
        device = devices[request["by"]]
        device.device = DEVICES[request["by"]]
        if request.get("after") == "restore":
            assert app.test_cli_runner().invoke(args=["sync", "rotate-epochs"]).exit_code == 0
            names["RENEWED"] = epoch_of(device)
        answer = send(device, json.loads(replaced(json.dumps(request), names)))
        back = {value: name for name, value in names.items()}
        body = json.loads(replaced(answer.get_data(as_text=True), back))
        told.append({"status": answer.status_code, "body": body | _no_time(body)})
    return told


def epoch_of(device: Phone) -> str:
    epoch: str = device.pull()["cursor"].split(":")[0]
    return epoch


def replaced(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(name, value)
    return text


def send(device: Phone, request: dict[str, Any]) -> Any:
    if "push" in request:
        return device.send(**request["push"])
    asked = request["pull"]
    return device.client.get("/api/sync/v1/pull", query_string=asked, headers=HEADERS)


def _no_time(body: dict[str, Any]) -> dict[str, int]:
    return {"server_now": 0} if body.get("server_now") else {}
