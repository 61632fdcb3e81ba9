"""Faults of other projects between tabs (docs/faults.md), in Chromium."""

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import ask, notes, on_the_server, save, sign_up, sync
from tests.browser.server import Server
from tests.browser.test_background_sync import READY, dispatch_sync
from tests.waiting import until

#: No push of a page leaves until its `gate` is open; then each is reported with its numbers.
GATE = """
const { fetch } = self;
self.gate = "shut";
self.fetch = async (path, init) => {
  if (!String(path).endsWith("/push")) return fetch(path, init);
  if (self.gate === "shut") throw new TypeError("Failed to fetch");
  const packed = new Headers(init.headers).get("Content-Encoding") === "gzip";
  const { body } = new Response(init.body);
  const text = packed ? body.pipeThrough(new DecompressionStream("gzip")) : body;
  const { mutations } = await new Response(text).json();
  sent(mutations.map(({ mid }) => mid));
  return fetch(path, init);
};
"""


def test_mono_6340_tabs_and_worker_that_send_at_once_send_everything_once_and_in_order(
    launch: Launch, server: Server
) -> None:
    """rocicorp/mono#6340: what one tab saved, another may send, or the worker; none is skipped."""
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    wire = sign_up(phone, server, "alice")
    sent: list[int] = []
    phone.context.expose_binding("sent", lambda _source, mids: sent.extend(mids))
    phone.context.add_init_script(GATE)
    tabs = [phone.page, phone.context.new_page(), phone.context.new_page()]
    for tab in tabs:
        tab.goto(f"{server.url}/log/")
        assert sync(tab) == "idle"
    phone.wait_for(READY, "the second worker")
    saved: list[str] = []
    for round_ in range(3):
        for tab in tabs:
            tab.evaluate("self.gate = 'shut'")
        for _ in range(2):
            for tab in tabs:
                saved.append(f"round {round_}, save {len(saved)}")
                save(tab, saved[-1])
        for tab in tabs:
            ask(tab, "self.gate = 'open'; void book.wake();")
        dispatch_sync(phone, server.url)
        until(lambda: ask(tabs[0], "return (await book.counts()).waiting === 0"), "the uploads")
    assert sent == sorted(set(sent)), "what the worker has sent is not sent again"
    kept = sorted(on_the_server(wire), key=lambda one: int(one["seq"]))
    assert [one["body"]["notes"] for one in kept] == saved
    assert {one["rev"] for one in kept} == {1}
    for tab in tabs:
        assert len(notes(tab)) == len(saved)
