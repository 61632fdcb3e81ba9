"""Faults of other projects around signing in and out (docs/faults.md), in Chromium."""

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import ask, notes, on_the_server, save, sign_up, sync
from tests.browser.server import Server
from tests.browser.story import log_rows, visit_until_ready
from tests.phones import PASSWORD

#: The next push waits on its way until the rider has said what becomes of it.
HOLD = """() => {
  const { fetch } = self;
  addEventListener("click", ({ target }) => {
    if (target.textContent.includes("Delete from this phone")) self.release();
  });
  self.fetch = async (path, init) => {
    if (path.endsWith("/push")) await new Promise((release) => Object.assign(self, { release }));
    return fetch(path, init);
  };
}"""
HELD = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const keys = (await Promise.all(caches_.map((one) => one.keys()))).flat();
  return keys.map((request) => new URL(request.url).pathname);
}"""
DATABASES = "indexedDB.databases().then((all) => all.map((one) => one.name).sort())"


def test_wger_flutter_1371_what_was_saved_while_signed_out_goes_up_after_signing_in(
    launch: Launch, server: Server
) -> None:
    """wger-project/flutter#1371, #1372: a session that ended in the middle costs no entry."""
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    wire = sign_up(phone, server, "alice")
    phone.open(f"{server.url}/log/")
    save(phone.page, "before")
    assert sync(phone.page) == "idle"
    phone.context.clear_cookies()
    save(phone.page, "day one", "day two", "day three")
    assert sync(phone.page) == "needs-sign-in"
    phone.wait_for_text("Sign in again to upload 3 entries.")
    waiting = ["before synced", "day one phone", "day three phone", "day two phone"]
    assert notes(phone.page) == waiting
    phone.open(f"{server.url}/log/")
    phone.wait_for_text("Sign in again to upload 3 entries.")
    assert notes(phone.page) == waiting
    assert len(on_the_server(wire)) == 1

    phone.click("Sign in", "link")
    phone.fill("Email", "alice@example.com")
    phone.fill("Password", PASSWORD)
    phone.click("Sign in")
    phone.wait_to_see("Account", "link")
    phone.open(f"{server.url}/log/")
    phone.wait_for_text("All synced.")
    assert len(on_the_server(wire)) == 4


def test_trek_1176_signing_out_in_the_middle_of_a_push_gives_bob_nothing_of_alices(
    launch: Launch, server: Server
) -> None:
    """liketrek/TREK#1176: no database, no cache and no late answer carries over."""
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    visit_until_ready(phone, server.url)
    alice = sign_up(phone, server, "alice")
    phone.open(f"{server.url}/accounts/")
    save(phone.page, "Alice's, synced")
    assert sync(phone.page) == "idle"
    phone.page.evaluate(HOLD)
    save(phone.page, "Alice's, under way")
    phone.wait_for("Boolean(self.release)", "a push")
    phone.click("Sign out")
    phone.wait_to_see("Before you go", "heading")
    phone.click("Delete from this phone")
    phone.wait_to_see("Sign in", "heading")

    bob = sign_up(phone, server, "bob")
    assert log_rows(phone, server.url) == []
    save(phone.page, "Bob's")
    assert sync(phone.page) == "idle"
    assert notes(phone.page) == ["Bob's synced"]
    rider = ask(phone.page, "return book.rider.id;")
    assert phone.js(DATABASES) == ["dbs-local", "dbs-shell", f"dbs-{rider}"]
    private = [path for path in phone.page.evaluate(HELD) if path.startswith(("/api", "/accounts"))]
    assert private == []
    assert [one["body"]["notes"] for one in on_the_server(bob)] == ["Bob's"]
    assert {one["body"]["notes"] for one in on_the_server(alice)} >= {"Alice's, synced"}
