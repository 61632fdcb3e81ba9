"""The log without JavaScript. Alice keeps one, Charlie would like to look."""

import re
import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from dbsapp.extensions import db
from dbsapp.sync.models import Entry
from tests.phones import Phone, sign_up

pytestmark = pytest.mark.both_databases

NEW = "/log/plain/new"
TYPED = {
    "routine": "roll-short",
    "date": "2026-07-14",
    "minutes": "12",
    "effort": "4",
    "pain_peak": "3",
    "notes": "wet",
}
BODY = {
    "date": "2026-03-01",
    "duration_s": 447,
    "routine": "strength-a",
    "routine_name": "Strength A",
    "started_at": 1_772_382_600_000,
    "tz": "Europe/Berlin",
    "effort": 5,
    "notes": "as it was",
}


@pytest.fixture
def alice(app: Flask) -> FlaskClient:
    """Return Alice's browser, without JavaScript."""
    return sign_up(app, "alice")


@pytest.fixture
def phone(alice: FlaskClient) -> Phone:
    """Return Alice's phone."""
    return Phone(alice)


@pytest.fixture
def charlie(app: Flask) -> FlaskClient:
    """Return Charlie's browser."""
    return sign_up(app, "charlie")


def logged(phone: Phone, **fields: object) -> str:
    """Log a session on the phone and return the path of its plain page."""
    mutation = phone.mutation(set={**BODY, **fields})
    assert phone.push(mutation)[0]["status"] == "ok"
    return f"/log/plain/{mutation['id']}"


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)
    assert found
    return found[1]


def delete(client: FlaskClient, path: str, **how: bool) -> TestResponse:
    """Open the session at `path`, and delete it."""
    shown = {"base_rev": hidden(client.get(path), "base_rev")}
    return client.post(f"{path}/delete", data=shown, **how)


def form_of(client: FlaskClient, path: str, **changed: str) -> dict[str, str]:
    """Open the form at `path` and return what a browser would post, with `changed` typed in."""
    page = client.get(path)
    assert page.status_code == 200
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page.text))
    fields |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)<', page.text))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page.text):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields | changed


def test_it_asks_strangers_to_sign_in(client: FlaskClient) -> None:
    for path in ("/log/plain/", NEW, f"/log/plain/{uuid.uuid4()}"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.location == f"/accounts/login?next={path}"


@pytest.mark.parametrize("path", ["/log/plain/", NEW])
def test_no_cache_keeps_it(alice: FlaskClient, path: str) -> None:
    assert alice.get(path).headers["Cache-Control"] == "no-store"


def test_an_empty_log_says_what_will_be_here(alice: FlaskClient) -> None:
    assert "Nothing here yet." in alice.get("/log/plain/").text


def test_it_lists_the_newest_day_first_and_two_sessions_of_a_day_together(
    alice: FlaskClient, phone: Phone
) -> None:
    logged(phone, date="2026-03-01", started_at=1_772_382_600_000, routine_name="Early one")
    logged(phone, date="2026-03-01", started_at=1_772_400_000_000, routine_name="Late one")
    logged(phone, date="2026-03-02", started_at=1_772_440_000_000, routine_name="Next day")
    page = alice.get("/log/plain/").text
    places = [
        page.index(text)
        for text in ("Monday 2 March", "Next day", "Sunday 1 March", "Late one", "Early one")
    ]
    assert places == sorted(places)
    assert page.count("Synced") == 3


def test_older_sessions_are_a_page_away(alice: FlaskClient, phone: Phone) -> None:
    phone.push(*(phone.mutation(set=BODY) for _ in range(51)))
    first = alice.get("/log/plain/").text
    assert first.count('class="log-row"') == 50
    assert "Show older" in first
    assert alice.get("/log/plain/?page=2").text.count('class="log-row"') == 1


def test_a_posted_session_reaches_the_phone(alice: FlaskClient, phone: Phone) -> None:
    answer = alice.post(NEW, data=form_of(alice, NEW, **TYPED))
    assert (answer.status_code, answer.location) == (302, "/log/plain/")
    [entry] = phone.entries().values()
    assert entry["rev"] == 1
    assert entry["body"] == entry["body"] | {
        "routine": "roll-short",
        "routine_name": "Roll short",
        "date": "2026-07-14",
        "duration_s": 720,
        "effort": 4,
        "pain_peak": 3,
        "notes": "wet",
        "source": "manual",
    }
    assert "felt_glutes" not in entry["body"]


def test_it_takes_the_time_zone_of_the_latest_session(alice: FlaskClient, phone: Phone) -> None:
    logged(phone)
    alice.post(NEW, data=form_of(alice, NEW, **TYPED))
    zones = {entry["body"]["tz"] for entry in phone.entries().values()}
    assert zones == {"Europe/Berlin"}


def test_a_form_that_is_sent_twice_counts_once(alice: FlaskClient, phone: Phone) -> None:
    form = form_of(alice, NEW, **TYPED)
    assert [alice.post(NEW, data=form).status_code for _ in range(2)] == [302, 302]
    assert len(phone.entries()) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("pain_peak", "11", "Use a whole number from 0 to 10."),
        ("minutes", "-3", "Use a whole number from 1 to 600."),
        ("date", "9999-01-01", "Choose the day you did it"),
        ("notes", "x" * 4001, "Use at most 4,000 characters."),
        ("routine", "buttock-blaster", "Choose a routine from the list"),
        ("minutes", "", "Use a whole number from 1 to 600."),
        ("effort", "very", "Use a whole number from 0 to 10."),
        ("pain_side", "up", "Choose one from the list."),
    ],
)
def test_it_refuses_beside_the_field_and_keeps_what_was_typed(
    alice: FlaskClient, phone: Phone, field: str, value: str, sentence: str
) -> None:
    answer = alice.post(NEW, data=form_of(alice, NEW, **{**TYPED, field: value}))
    assert answer.status_code == 422
    beside = re.search(rf'id="{field}-error">([^<]*)<', answer.text)
    assert beside
    assert sentence in beside[1]
    assert f'aria-describedby="{field}-error"' in answer.text or f"{field}-error" in answer.text
    kept = form_of_text(answer)
    assert {name: kept[name] for name in TYPED if name != field} == {
        name: TYPED[name] for name in TYPED if name != field
    }
    if field != "pain_side":
        assert kept[field] == value
    assert phone.entries() == {}


def form_of_text(answer: TestResponse) -> dict[str, str]:
    class Opened:
        def get(self, path: str) -> TestResponse:
            answer.status_code = 200
            return answer

    return form_of(Opened(), "")  # type: ignore[arg-type]


def test_an_edit_changes_what_was_changed_and_nothing_else(
    alice: FlaskClient, phone: Phone
) -> None:
    path = logged(phone, felt_glutes=7)
    answer = alice.post(path, data=form_of(alice, path, effort="8", notes=""))
    assert answer.status_code == 302
    [entry] = phone.entries().values()
    expected = {**BODY, "felt_glutes": 7, "effort": 8}
    del expected["notes"]
    assert (entry["rev"], entry["body"]) == (2, expected)


def test_an_edit_does_not_undo_what_the_phone_changed_meanwhile(
    alice: FlaskClient, phone: Phone
) -> None:
    path = logged(phone)
    form = form_of(alice, path, effort="8")
    entry_id = path.rpartition("/")[2]
    phone.save("patch", id=entry_id, base_rev=1, set={"notes": "rain", "pain_peak": 2})
    alice.post(path, data=form)
    body = phone.entries()[entry_id]["body"]
    assert (body["effort"], body["notes"], body["pain_peak"]) == (8, "rain", 2)


def test_an_edit_of_what_the_phone_deleted_meanwhile_brings_it_back(
    alice: FlaskClient, phone: Phone
) -> None:
    path = logged(phone)
    form = form_of(alice, path, notes="typed on the train")
    phone.save("delete", id=path.rpartition("/")[2], base_rev=1)
    assert alice.post(path, data=form).status_code == 302
    [entry] = phone.entries().values()
    assert (entry["deleted"], entry["body"]) == (False, {**BODY, "notes": "typed on the train"})


def test_a_wrong_edit_is_refused_and_nothing_is_written(alice: FlaskClient, phone: Phone) -> None:
    path = logged(phone)
    answer = alice.post(path, data=form_of(alice, path, minutes="601"))
    assert answer.status_code == 422
    assert 'value="601"' in answer.text
    [entry] = phone.entries().values()
    assert (entry["rev"], entry["body"]) == (1, BODY)


def test_an_entry_that_lacks_what_it_needs_is_listed_and_can_be_completed(
    app: Flask, alice: FlaskClient, phone: Phone
) -> None:
    """An earlier version let the rest of a deleted entry in; nothing else is to suffer from it."""
    path, _ = logged(phone), logged(phone)
    entry_id = path.rpartition("/")[2]
    with app.app_context():
        fragment = update(Entry).where(Entry.id == uuid.UUID(entry_id))
        db.session.execute(fragment.values(body={"notes": "all there is"}))
        db.session.commit()
    page = alice.get("/log/plain/").text
    assert page.index("Sunday 1 March") < page.index("Without a date") < page.index("all there is")
    form = form_of(alice, path, date="2026-03-02", minutes="8")
    assert form["notes"] == "all there is"
    assert alice.post(path, data=form | {"date": ""}).status_code == 422
    assert alice.post(path, data=form).status_code == 302
    body = phone.entries()[entry_id]["body"]
    assert (body["date"], body["duration_s"], body["notes"]) == ("2026-03-02", 480, "all there is")


def test_delete_can_be_undone(alice: FlaskClient, phone: Phone) -> None:
    path = logged(phone)
    page = delete(alice, path, follow_redirects=True)
    assert "The session is deleted." in page.text
    [entry] = phone.entries().values()
    assert (entry["deleted"], entry["body"]) == (True, None)
    assert alice.post(f"{path}/restore").status_code == 302
    [entry] = phone.entries().values()
    assert (entry["deleted"], entry["body"]) == (False, BODY)


def test_a_deletion_gives_way_to_an_edit_that_the_page_did_not_show(
    alice: FlaskClient, phone: Phone
) -> None:
    path = logged(phone)
    entry_id = path.rpartition("/")[2]
    shown = {"base_rev": hidden(alice.get(path), "base_rev")}
    phone.save("patch", id=entry_id, base_rev=1, set={"notes": "from the phone"})
    page = alice.post(f"{path}/delete", data=shown, follow_redirects=True)
    assert page.request.path == path
    assert "so it was not deleted" in page.text
    assert phone.entries()[entry_id]["body"] == {**BODY, "notes": "from the phone"}
    assert "The session is deleted." in delete(alice, path, follow_redirects=True).text
    assert phone.entries()[entry_id]["deleted"]


@pytest.mark.parametrize("base_rev", ["-1", "2", "x", "9" * 30, "9" * 5000])
def test_a_deletion_that_names_no_revision_deletes_nothing(
    alice: FlaskClient, phone: Phone, base_rev: str
) -> None:
    path = logged(phone)
    assert alice.post(f"{path}/delete", data={"base_rev": base_rev}).status_code == 302
    [entry] = phone.entries().values()
    assert entry["body"] == BODY


@pytest.mark.parametrize("method", ["get", "post"])
def test_charlie_can_neither_read_nor_change_nor_delete(
    charlie: FlaskClient, phone: Phone, method: str
) -> None:
    path = logged(phone)
    assert charlie.open(path, method=method, data=TYPED).status_code == 404
    assert charlie.post(f"{path}/delete").status_code == 404
    assert charlie.post(f"{path}/restore").status_code == 404
    assert "Strength A" not in charlie.get("/log/plain/").text
    [entry] = phone.entries().values()
    assert (entry["rev"], entry["body"]) == (1, BODY)


@pytest.mark.parametrize("entry_id", [str(uuid.uuid4()), "nonsense"])
def test_an_unknown_entry_is_not_found(alice: FlaskClient, entry_id: str) -> None:
    assert alice.get(f"/log/plain/{entry_id}").status_code == 404
    assert alice.post(f"/log/plain/{entry_id}/delete").status_code == 404


def test_an_entry_of_another_kind_has_no_page_here(alice: FlaskClient, phone: Phone) -> None:
    mutation = phone.mutation(kind="ride", set={"date": "2026-03-01", "minutes": 60})
    assert phone.push(mutation)[0]["status"] == "ok"
    assert alice.get(f"/log/plain/{mutation['id']}").status_code == 404


def test_nothing_is_deleted_by_following_a_link(alice: FlaskClient, phone: Phone) -> None:
    assert alice.get(f"{logged(phone)}/delete").status_code == 405


def test_a_post_without_its_token_is_refused(app: Flask, alice: FlaskClient, phone: Phone) -> None:
    path = logged(phone)
    app.config["WTF_CSRF_ENABLED"] = True
    form = form_of(alice, path, effort="9")
    assert alice.post(path, data=form).status_code == 302
    del form["csrf_token"]
    for target in (NEW, path, f"{path}/delete"):
        assert alice.post(target, data=form).status_code == 400


@pytest.mark.parametrize(
    "bad", [{"mutation_id": "x"}, {"base_rev": "-1"}, {"base_rev": "x"}, {"base_rev": "9" * 30}]
)
def test_a_meddled_form_is_refused_politely(
    alice: FlaskClient, phone: Phone, bad: dict[str, str]
) -> None:
    path = logged(phone)
    assert alice.post(path, data=form_of(alice, path, **bad)).status_code == 422


@pytest.mark.parametrize("page", ["0", "-5", "x", "1000000", "9" * 23])
def test_any_number_of_a_page_is_answered(alice: FlaskClient, page: str) -> None:
    assert alice.get(f"/log/plain/?page={page}").status_code == 200


def test_notes_with_a_nul_are_taken_and_listed(alice: FlaskClient) -> None:
    alice.post(NEW, data={**TYPED, "notes": "be\0fore"})
    assert "be\ufffdfore" in alice.get("/log/plain/").get_data(as_text=True)
