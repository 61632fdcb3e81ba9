"""Whatever order things happen in: devices that have gone quiet hold the same, and nothing is lost.

Hypothesis plays two devices that edit offline, send, lose answers, repeat themselves and pull. The
simulation in tests/sim plays our own client; this is another, by the letter of docs/sync.md: it
never raises the `base_rev` of what waits, both devices create entries of the same ids, as they do
with preferences, and every pull is held against its `check`.
"""

import uuid
from functools import reduce
from operator import xor
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import select

from dbsapp.extensions import db
from dbsapp.sync.merge import merge_delete, merge_patch
from dbsapp.sync.models import Entry, EntryRev
from dbsapp.sync.protocol import entry_hash
from tests.conftest import empty_tables
from tests.phones import SESSION, Json, Phone, sign_in, sign_up

IDS = [f"0190a000-0000-7000-8000-00000000000{n}" for n in range(3)]
SETS = [f"0190b000-0000-7000-8000-00000000000{n}" for n in range(3)]
DEVICES = st.sampled_from(["phone", "laptop"])


class Device:
    """A device as `docs/sync.md` asks it to be: base, outbox, and the view that both make."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.base: dict[str, Json] = {}
        self.outbox: list[Json] = []
        self.cursor = ""

    def view(self, entry_id: str) -> Json | None:
        """Return an entry as its rider sees it: pending changes on top of the server's copy."""
        copy = self.base.get(entry_id)
        doc: Json | None = copy["body"] if copy else None
        for one in self.outbox:
            if one["id"] == entry_id and one["op"] == "delete":
                doc = merge_delete(doc, doc).doc
            elif one["id"] == entry_id:
                doc = merge_patch(doc, doc, one["set"], one.get("unset", ()), "sets").doc
        return doc

    def change(self, op: str, entry_id: str, **fields: Any) -> None:
        """Save a change on the device."""
        seen = self.base.get(entry_id)
        rev = seen["rev"] if seen else 0
        self.outbox.append(self.phone.mutation(op, id=entry_id, base_rev=rev, **fields))

    def push(self, *, answered: bool) -> list[Json]:
        """Send the outbox; what was answered leaves it, unless the answer is lost."""
        results = self.phone.push(*self.outbox)
        assert all(one["status"] in ("ok", "merged", "duplicate") for one in results), results
        if answered:
            self.outbox = []
        return results

    def pull(self) -> Json:
        """Take in all that is new."""
        page = self.phone.pull(self.cursor)
        self.base |= {change["id"]: change for change in page["changes"]}
        self.cursor = page["cursor"]
        return page


class Convergence(RuleBasedStateMachine):
    """Two devices of Alice."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        phone = sign_up(self.app, "alice")
        laptop = sign_in(self.app, "alice")
        self.devices = {"phone": Device(Phone(phone)), "laptop": Device(Phone(laptop))}
        self.written: list[tuple[str, str, Any]] = []

    @rule(name=DEVICES, entry_id=st.sampled_from(IDS), effort=st.integers(0, 10))
    def edit_effort(self, name: str, entry_id: str, effort: int) -> None:
        self._edit(name, entry_id, {"effort": effort})

    @rule(
        name=DEVICES,
        entry_id=st.sampled_from(IDS),
        set_id=st.sampled_from(SETS),
        done=st.integers(0, 9),
    )
    def edit_set(self, name: str, entry_id: str, set_id: str, done: int) -> None:
        sets = (self.devices[name].view(entry_id) or {}).get("sets", [])
        others = [one for one in sets if one["id"] != set_id]
        self._edit(
            name, entry_id, {"sets": [*others, {"id": set_id, "exercise": "x", "done": done}]}
        )

    def _edit(self, name: str, entry_id: str, fields: Json) -> None:
        device = self.devices[name]
        view = device.view(entry_id)
        if view is None:
            known = entry_id in device.base or any(one["id"] == entry_id for one in device.outbox)
            device.change("patch" if known else "create", entry_id, set={**SESSION, **fields})
        else:
            device.change("patch", entry_id, set=fields)
        self.written += [(entry_id, key, value) for key, value in fields.items()]

    @rule(name=DEVICES, entry_id=st.sampled_from(IDS))
    def delete(self, name: str, entry_id: str) -> None:
        if self.devices[name].view(entry_id) is not None:
            self.devices[name].change("delete", entry_id)

    @rule(name=DEVICES, answered=st.booleans())
    def push(self, name: str, answered: bool) -> None:
        self.devices[name].push(answered=answered)

    @rule(name=DEVICES)
    def pull(self, name: str) -> None:
        device = self.devices[name]
        page = device.pull()
        live = [one for one in device.base.values() if not one["deleted"]]
        hashes = reduce(xor, (entry_hash(uuid.UUID(one["id"]).int, one["rev"]) for one in live), 0)
        assert page["check"] == {"count": len(live), "hash": f"{hashes:08x}"}

    def teardown(self) -> None:
        """Let both go quiet, then compare."""
        for device in self.devices.values():
            first = device.push(answered=False)
            assert device.push(answered=True) == first
        for device in self.devices.values():
            device.pull()
        phone, laptop = self.devices.values()
        assert phone.base == laptop.base
        self._nothing_is_lost()
        with self.app.app_context():
            empty_tables()

    def _nothing_is_lost(self) -> None:
        """Every value that was saved is in some revision of its entry, kept or current."""
        with self.app.app_context():
            kept = db.session.execute(select(EntryRev.id, EntryRev.body)).all()
            rows = [*kept, *db.session.execute(select(Entry.id, Entry.body)).all()]
        for entry_id, key, value in self.written:
            bodies = [body or {} for id_, body in rows if str(id_) == entry_id]
            if key == "sets":
                held = [one for body in bodies for one in body.get("sets", [])]
                assert value[-1] in held
            else:
                assert value in [body.get(key) for body in bodies]


@pytest.mark.both_databases
def test_devices_that_have_gone_quiet_hold_the_same_and_nothing_is_lost(app: Flask) -> None:
    run_state_machine_as_test(
        type("Played", (Convergence,), {"app": app}),
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
