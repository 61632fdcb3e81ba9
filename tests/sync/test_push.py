"""What a push is answered, mutation by mutation."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from dbsapp.extensions import db
from dbsapp.sync import apply as applying
from dbsapp.sync import group
from dbsapp.sync.models import Entry, EntryRev, RejectedPayload, SyncDevice
from tests.phones import SESSION, Phone, new_id

pytestmark = pytest.mark.both_databases


def test_a_new_entry_is_ok_and_stored(alice: Phone) -> None:
    created = alice.mutation()
    (result,) = alice.push(created)
    assert result == {
        "mid": 1,
        "mutation_id": created["mutation_id"],
        "status": "ok",
        "rev": 1,
        "seq": 1,
    }
    assert alice.entries()[created["id"]] == {
        "id": created["id"],
        "kind": "session",
        "rev": 1,
        "seq": 1,
        "deleted": False,
        "body": SESSION,
        "extra": None,
    }


def test_the_answer_says_proto_time_epoch_and_seq(alice: Phone) -> None:
    answer = alice.send(alice.mutation(), alice.mutation()).get_json()
    assert answer["proto"] == 1
    assert answer["seq"] == 2
    assert alice.pull()["cursor"] == f"{answer['epoch']}:2"
    assert answer["server_now"] > 1_700_000_000_000


def test_a_patch_changes_its_fields_only(alice: Phone) -> None:
    created = alice.mutation(set={**SESSION, "notes": "dry"})
    alice.push(created)
    patch = {"id": created["id"], "base_rev": 1, "set": {"effort": 7}, "unset": ["notes"]}
    assert alice.save("patch", **patch)["rev"] == 2
    assert alice.entries()[created["id"]]["body"] == {**SESSION, "effort": 7}


def test_a_lost_answer_is_repeated_word_for_word(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    batch = [
        alice.mutation("patch", id=entry["id"], base_rev=1, set={"effort": 2}),
        alice.mutation(set={**SESSION, "effort": 11}),
        alice.mutation("patch", id=new_id(), base_rev=1, set={"effort": 2}),
        alice.mutation("delete", id=new_id()),
        alice.mutation(),
    ]
    first = alice.push(*batch)
    before = alice.entries()
    assert [result["status"] for result in first] == [
        "merged",
        "rejected",
        "rejected",
        "duplicate",
        "ok",
    ]
    assert alice.push(*batch) == first
    assert alice.push(batch[4], batch[0]) == [first[4], first[0]]
    assert alice.entries() == before


def test_a_mutation_that_comes_twice_in_one_push_counts_once(alice: Phone) -> None:
    created = alice.mutation()
    again = {**created, "mid": 2}
    one, two = alice.push(created, again)
    assert one | {"mid": 2} == two
    assert alice.entries()[created["id"]]["rev"] == 1


def test_a_delete_leaves_a_tombstone(alice: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    result = alice.save("delete", id=entry["id"], base_rev=1)
    assert (result["status"], result["rev"]) == ("ok", 2)
    tombstone = alice.entries()[entry["id"]]
    assert tombstone["deleted"]
    assert tombstone["body"] is None


def test_a_second_delete_is_ok_and_changes_nothing(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    alice.save("delete", id=entry["id"], base_rev=1)
    result = laptop.save("delete", id=entry["id"], base_rev=1)
    assert (result["status"], result["rev"]) == ("ok", 2)


def test_a_delete_can_be_undone_by_a_patch_of_everything(alice: Phone) -> None:
    entry = alice.mutation()
    undo = alice.mutation("patch", id=entry["id"], base_rev=1, set=SESSION)
    alice.push(entry)
    assert (
        alice.push(alice.mutation("delete", id=entry["id"], base_rev=1), undo)[1]["status"] == "ok"
    )
    assert alice.entries()[entry["id"]]["body"] == SESSION


def test_a_create_that_the_server_forgot_to_have_answered_is_a_duplicate(alice: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    alice.save("patch", id=entry["id"], base_rev=1, set={"effort": 9})
    again = alice.save("create", id=entry["id"])
    assert (again["status"], again["rev"]) == ("duplicate", 2)
    assert alice.entries()[entry["id"]]["body"]["effort"] == 9


def test_unknown_fields_are_kept_and_given_back(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation(set={**SESSION, "mood": {"of": "tomorrow"}})
    alice.push(entry)
    laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": 7})
    found = alice.entries()[entry["id"]]
    assert found["extra"] == {"mood": {"of": "tomorrow"}}
    assert found["body"] == {**SESSION, "effort": 7}


@pytest.mark.parametrize(
    ("fields", "code", "errors"),
    [
        ({"kind": "password"}, "unknown_kind", {"kind"}),
        ({"set": {**SESSION, "effort": 11, "pain_peak": -1}}, "invalid", {"effort", "pain_peak"}),
        ({"set": {}}, "invalid", {"date", "duration_s"}),
        ({"op": "patch", "set": {"effort": 3}}, "unknown_entry", {"id"}),
        ({"op": "swap"}, "malformed", {"op"}),
        ({"id": "x"}, "malformed", {"id"}),
        ({"id": "0" * 32}, "malformed", {"id"}),
        ({"base_rev": -1}, "malformed", {"base_rev"}),
        ({"base_rev": 2**80}, "malformed", {"base_rev"}),
        ({"set": []}, "malformed", {"set"}),
        ({"unset": [1]}, "malformed", {"unset[0]"}),
        ({"set": {**SESSION, "x": [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}}, "invalid", {"x"}),
    ],
)
def test_what_is_refused_names_the_field_and_is_kept(
    app: Flask, alice: Phone, fields: dict[str, Any], code: str, errors: set[str]
) -> None:
    wrong, right = alice.mutation(**fields), alice.mutation()
    refused, accepted = alice.push(wrong, right)
    assert (refused["status"], refused["code"]) == ("rejected", code)
    assert set(refused["errors"]) == errors
    assert accepted["status"] == "ok"
    with app.app_context():
        (kept,) = db.session.scalars(select(RejectedPayload)).all()
        assert (str(kept.mutation_id), kept.code) == (wrong["mutation_id"], code)
        assert wrong["mutation_id"] in kept.payload


def test_a_patch_may_not_take_away_what_is_needed(alice: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    result = alice.save("patch", id=entry["id"], base_rev=1, unset=["date"])
    assert result["errors"] == {"date": "This is needed."}


def test_an_entry_never_changes_its_kind(alice: Phone) -> None:
    entry = alice.mutation()
    alice.push(entry)
    result = alice.save("patch", id=entry["id"], kind="ride", base_rev=1, set={"minutes": 3})
    assert (result["status"], result["code"]) == ("rejected", "kind_mismatch")


def test_an_entry_may_not_grow_without_end(alice: Phone) -> None:
    entry = alice.mutation(set={**SESSION, "x": "x" * 40_000})
    alice.push(entry)
    result = alice.save("patch", id=entry["id"], base_rev=1, set={"y": "y" * 30_000, "z": 1})
    assert (result["status"], result["code"]) == ("rejected", "too_large")
    assert result["errors"] == {"y": "Make this shorter: an entry holds 64 KB."}


def test_text_that_was_cut_in_an_emoji_arrives_with_a_mark_in_its_place(alice: Phone) -> None:
    entry = alice.mutation(set={**SESSION, "notes": "half \ud83d, whole 🚴, nul \x00, \\ud83d"})
    assert alice.push(entry)[0]["status"] == "ok"
    found = alice.entries()[entry["id"]]["body"]["notes"]
    assert found == "half \ufffd, whole 🚴, nul \ufffd, \\ud83d"


def test_an_item_that_breaks_us_is_to_be_sent_again_and_the_others_go_on(
    alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, healthy = alice.mutation(), alice.mutation()
    after = alice.mutation("patch", id=poison["id"], set={"effort": 7})

    def apply(state: Any, mutation: Any, device: Any) -> Any:
        if str(mutation.mutation_id) == poison["mutation_id"]:
            raise ZeroDivisionError("secret notes")
        return applying.apply(state, mutation, device)

    with monkeypatch.context() as patched:
        patched.setattr(group, "apply", apply)
        results = alice.push(poison, after, healthy)
    assert [result["status"] for result in results] == ["retry", "retry", "ok"]
    assert results[0]["code"] == "internal"
    assert list(alice.entries()) == [healthy["id"]]
    again = alice.push(poison, after)
    assert [result["status"] for result in again] == ["ok", "ok"]


def test_an_entry_that_the_database_refuses_does_not_hold_up_the_others(
    app: Flask, alice: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    poison, healthy = alice.mutation(), alice.mutation(set={**SESSION, "notes": "private"})
    after = alice.mutation("patch", id=poison["id"], set={"effort": 7})
    with app.app_context():
        refuse_entry(poison["id"])
        try:
            results = alice.push(poison, healthy, after)
        finally:
            accept_again()
    assert [result["status"] for result in results] == ["retry", "ok", "retry"]
    assert "private" not in caplog.text
    assert [result["status"] for result in alice.push(poison, after)] == ["ok", "ok"]
    page = alice.pull()
    assert page["check"]["count"] == 2


def refuse_entry(entry_id: str) -> None:
    """Make the database refuse one entry, as a fault of ours would."""
    if db.engine.dialect.name == "sqlite":
        bare = entry_id.replace("-", "")
        db.session.execute(
            text(
                f"CREATE TRIGGER poison BEFORE INSERT ON entry WHEN NEW.id = '{bare}' "
                "BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
        )
    else:
        db.session.execute(
            text(f"ALTER TABLE entry ADD CONSTRAINT poison CHECK (id <> '{entry_id}')")
        )
    db.session.commit()


def accept_again() -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    db.session.rollback()
    db.session.execute(
        text("DROP TRIGGER poison" if sqlite else "ALTER TABLE entry DROP CONSTRAINT poison")
    )
    db.session.commit()


def test_a_device_is_registered_by_its_first_push(app: Flask, alice: Phone) -> None:
    alice.send(app_version="1.2.3")
    alice.push(alice.mutation())
    with app.app_context():
        (device,) = db.session.scalars(select(SyncDevice)).all()
        assert (str(device.device_id), device.app_version) == (alice.device, "1.2.3")


def test_each_revision_is_kept_when_it_is_replaced(app: Flask, alice: Phone) -> None:
    entry = alice.mutation()
    edits = [
        alice.mutation("patch", id=entry["id"], set={"effort": number % 11})
        for number in range(199)
    ]
    assert alice.push(entry, *edits)[-1]["rev"] == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Entry)) == 1
        replaced = db.session.scalars(select(EntryRev.rev).order_by(EntryRev.rev)).all()
        assert replaced == list(range(1, 200))
