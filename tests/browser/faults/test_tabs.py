"""Faults of other projects between tabs (docs/faults.md), in Chromium."""

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import ask, notes, on_the_server, save, sign_up
from tests.browser.server import Server
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


def test_mono_6340_tabs_that_send_at_once_send_everything_once_and_in_order(
    launch: Launch, server: Server
) -> None:
    """rocicorp/mono#6340: what one tab saved, another may send; none is skipped."""
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    wire = sign_up(phone, server, "alice")
    sent: list[int] = []
    phone.context.expose_binding("sent", lambda _source, mids: sent.extend(mids))
    phone.context.add_init_script(GATE)
    tabs = [phone.page, phone.context.new_page(), phone.context.new_page()]
    for tab in tabs:
        tab.goto(f"{server.url}/log/")
        ask(tab, "await book.refreshRider();")
    for round_ in range(4):
        for n, tab in enumerate(tabs):
            save(tab, f"round {round_} tab {n}")
    for tab in tabs:
        ask(tab, "self.gate = 'open'; void book.wake();")
    until(lambda: ask(tabs[0], "return (await book.counts()).waiting === 0"), "the uploads")
    until(lambda: len(sent) >= 12, "the tabs' own word of it")
    assert sent == list(range(1, 13))
    kept = sorted(on_the_server(wire), key=lambda one: int(one["seq"]))
    assert [one["body"]["notes"] for one in kept] == [
        f"round {round_} tab {n}" for round_ in range(4) for n in range(3)
    ]
    for tab in tabs:
        assert len(notes(tab)) == 12
