"""The wire format, word for word: `tests/contract/wire.json`, which the phone's tests read too.

A case is a list of requests by Alice's devices and the list of answers. What differs from run to
run stands as `EPOCH`, `USER` and 0 for the time.
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
    epoch = devices["phone"].pull()["cursor"].split(":")[0]
    told = []
    for request in requests:
        device = devices[request["by"]]
        device.device = DEVICES[request["by"]]
        text = json.dumps(request).replace("EPOCH", epoch).replace("USER", device.user)
        answer = send(device, json.loads(text))
        body = json.loads(answer.get_data(as_text=True).replace(epoch, "EPOCH"))
        told.append({"status": answer.status_code, "body": body | _no_time(body)})
    return told


def send(device: Phone, request: dict[str, Any]) -> Any:
    if "push" in request:
        return device.send(**request["push"])
    asked = request["pull"]
    return device.client.get("/api/sync/v1/pull", query_string=asked, headers=HEADERS)


def _no_time(body: dict[str, Any]) -> dict[str, int]:
    return {"server_now": 0} if body.get("server_now") else {}
