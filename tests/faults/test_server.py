"""Faults of other projects' servers (docs/faults.md)."""

import json
import time

import pytest
from flask import Flask
from sqlalchemy import select

from dbsapp.extensions import db
from dbsapp.sync.models import RejectedPayload
from tests.phones import PASSWORD, SESSION, Phone

TWO_HOURS_S = 7_200


def test_speakr_46_a_page_that_was_opened_two_hours_ago_still_pushes(
    app: Flask, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """murtaza-nasir/speakr#46: the token of the page expired, and the second recording was lost."""
    app.config["WTF_CSRF_ENABLED"] = True
    token = alice.client.get("/api/session").get_json()["csrf_token"]
    assert alice.save()["status"] == "ok"
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + TWO_HOURS_S)
    assert alice.save()["status"] == "ok"
    assert len(alice.entries()) == 2
    form = {"password": PASSWORD, "new_password": "a quieter saddle today", "csrf_token": token}
    answer = alice.client.post("/accounts/password", data=form)
    assert answer.status_code == 303, "the token of a form lives as long as the session"


def test_open_wearables_1330_a_batch_that_is_refused_leaves_its_trace(
    app: Flask, alice: Phone
) -> None:
    """the-momentum/open-wearables#1330: what was refused can be explained, and rescued."""
    batch = [alice.mutation(set={**SESSION, "effort": effort}) for effort in (11, 12, 13)]
    assert {result["status"] for result in alice.push(*batch)} == {"rejected"}
    with app.app_context():
        rows = db.session.scalars(select(RejectedPayload)).all()
    kept = {str(row.mutation_id): json.loads(row.payload) for row in rows}
    assert kept == {mutation["mutation_id"]: mutation for mutation in batch}
    assert {row.code for row in rows} == {"invalid"}
