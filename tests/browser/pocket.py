"""What tests of pocket mode share: the page laid open, and what is due at a second of a routine."""

from collections.abc import Callable
from typing import Any

ROUTINE = "activate-express"
#: As phones do: no sound before a tap.
TAP_FIRST = "--autoplay-policy=document-user-activation-required"
#: What the page plays and shows on the lock screen is laid open. `POCKET` says whether it is on.
SPY = """{
  const { Audio, navigator: { mediaSession } } = window;
  window.tracks = [];
  window.Audio = class extends Audio { constructor() { super(); tracks.push(this); } };
  window.keys = {};
  const listen = mediaSession.setActionHandler.bind(mediaSession);
  mediaSession.setActionHandler = (name, handler) => {
    keys[name] = handler;
    listen(name, handler);
  };
  localStorage.setItem("dbs-sound", JSON.stringify({ pocket: POCKET }));
}"""
#: The track, and not the silence before it, is playing.
SOUNDS = "Boolean(tracks[0]?.duration > 300 && !tracks[0].paused && tracks[0].currentTime > 0)"
#: What the player shows: exercise, what goes on, and the numeral.
SHOWN = """['.stage h1', '.dial-head', '.dial-figure']
  .map((one) => document.querySelector(one)?.textContent)"""
#: The same, worked out for a second of the routine.
DUE = """(async (second) => {
  const names = ["timeline", "machine", "place", "screens/dial"];
  const load = (name) => import(`/static/js/player/${name}.js`);
  const [{ buildTimeline }, { start, tick }, { placeOf }, { dial }] =
    await Promise.all(names.map(load));
  const { render } = await import("/static/vendor/lit-html/lit-html.js");
  const { routines, exercises } = await (await fetch("/content.json")).json();
  const phases = buildTimeline(routines["activate-express"], exercises);
  const place = placeOf(tick(start(0), phases, second * 1000), phases);
  const { name, step } = exercises[place.phase.exercise];
  const box = document.createElement("div");
  render(dial(place, step), box);
  const words = [".dial-head", ".dial-figure"].map((one) => box.querySelector(one).textContent);
  return [name, ...words];
})"""


def spy(*, pocket: bool) -> str:
    """Return the script that lays the page open before it begins."""
    return SPY.replace("POCKET", "true" if pocket else "false")


def in_step(js: Callable[[str], Any], second: str) -> bool:
    """Tell whether the player shows what is due at `second`, an expression of the page."""
    now = js(second)
    shown = js(SHOWN)
    return shown in [js(f"{DUE}({now + late})") for late in (-0.4, 0, 0.4)]
