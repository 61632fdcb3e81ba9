"""What a story may do with a browser, whichever engine it is."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from tests.waiting import until

HERE = Path(__file__).parent
#: Phones are narrow; every story is told at this size, in CSS pixels.
PHONE = {"width": 390, "height": 844}
#: The keys that a story presses, as WebDriver spells them.
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Space": " "}
#: How often a tap is tried that no page hears of.
TAPS = 5


class ScriptError(Exception):
    """A script failed in the page, or the page went away under it."""


class Browser(ABC):
    """One real browser on one profile, showing one page at a time."""

    name: ClassVar[str]
    #: Whether what was stored is still there when the same profile is opened again.
    keeps_profile: ClassVar[bool] = True

    #: Whether it may drop a tap on a window that it has not drawn yet, so that no page hears of it.
    drops_taps: ClassVar[bool] = False

    # What each engine does in its own way.

    @abstractmethod
    def open(self, url: str) -> None:
        """Go to `url` and return when it has loaded."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page again."""

    @abstractmethod
    def new_window(self) -> None:
        """Go on in a new, empty window; the old ones stay open behind it."""

    @abstractmethod
    def run(self, script: str) -> str:
        """Return the string that the promise `script` comes to, or raise ScriptError."""

    @abstractmethod
    def tap(self, x: float, y: float) -> None:
        """Press and release at a point of the window, in CSS pixels."""

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key: a character, or one of `KEYS`."""

    @abstractmethod
    def kill(self) -> None:
        """End every process of the browser at once (SIGKILL)."""

    @abstractmethod
    def close(self) -> None:
        """End the browser in the usual way."""

    # What follows from that.

    def js(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, as JSON carries it; promises are awaited."""
        value = f"(await ({expression})) ?? null"
        return json.loads(self.run(f"Promise.resolve().then(async () => JSON.stringify({value}))"))

    def wait_for(self, expression: str, what: str) -> Any:
        """Return the first truthy value of `expression`, through navigations."""
        return self._until(lambda: self.js(expression), what)

    def _until(self, ask: Callable[[], Any], what: str) -> Any:
        def look() -> Any:
            try:
                return ask()
            except ScriptError:
                return None

        try:
            return until(look, what)
        except AssertionError as error:
            raise AssertionError(f"{self.name}: {error}\n{self.describe()}") from None

    def describe(self) -> str:
        """Return what the page shows now, for a failure's message."""
        try:
            where = self.js("[location.href, document.title, document.body.innerText]")
            return "\n".join(where)
        except ScriptError as error:
            return f"(the page does not answer: {error})"

    def _dom(self, function: str, *arguments: object) -> str:
        """Return the expression that calls `function` of dom.js."""
        source = (HERE / "dom.js").read_text().replace("export ", "")
        values = ", ".join(json.dumps(a) for a in arguments)
        return f"(() => {{ {source}\nreturn {function}({values}); }})()"

    def can_hit(self, name: str, role: str = "button") -> bool:
        """Return whether the page is drawn, and a finger would hit what is called so."""
        return self.js(self._dom("target", role, name)) is not None

    def click(self, name: str, role: str = "button") -> None:
        """Tap what has this role and accessible name, once it can be hit and stands still.

        Raises AssertionError where the tap pressed something else, or no click came of it. What a
        page makes of the click is its own affair: no tap that a page has heard is ever repeated.
        """
        what = f"a {role} called {name!r}"
        last: list[float] | None = None

        def steady() -> list[float] | None:
            nonlocal last
            before, last = last, self.js(self._dom("target", role, name))
            return last if last == before else None

        for _ in range(TAPS):
            x, y = self._until(steady, f"{what} to tap")
            self.wait_for(self._dom("watchTap", role, name), "the page to watch")
            self.tap(x, y)
            went = self._how_the_tap_went(what)
            if went == "clicked":
                return
            if went != "unheard":
                raise AssertionError(f"{self.name}: the tap on {what} {went}.\n{self.describe()}")
        raise AssertionError(f"{self.name}: no tap on {what} arrives.")

    def _how_the_tap_went(self, what: str) -> str:
        """Return `unheard` only where the engine may drop a tap; else wait for what comes of it."""
        unfinished = ["pressed"] if self.drops_taps else ["unheard", "pressed"]

        def finished() -> str | None:
            try:
                went = str(self.js(self._dom("tapSoFar")))
            except ScriptError:
                return "clicked"  # the page went away under the tap
            return None if went in unfinished else went

        return str(self._until(finished, f"a click on {what}"))

    def sees(self, name: str, role: str = "button") -> bool:
        """Return whether something with this role and accessible name is visible now."""
        return bool(self.js(self._dom("sees", role, name)))

    def wait_to_see(self, name: str, role: str = "button") -> None:
        """Wait until something with this role and accessible name is visible."""
        self.wait_for(self._dom("sees", role, name), f"a {role} called {name!r}")

    def fill(self, label: str, value: object) -> None:
        """Put `value` into the field called `label`, as a rider's input would."""
        self.wait_for(self._dom("fill", label, str(value)), f"a field called {label!r}")

    def value(self, label: str) -> str:
        """Return what is in the field called `label`."""
        return str(self.wait_for(self._dom("valueOf", label), f"a field called {label!r}")[0])

    def text(self) -> str:
        """Return the text that the page shows."""
        return str(self.js("document.body.innerText"))

    def wait_for_text(self, text: str) -> None:
        """Wait until the page shows `text`."""
        self.wait_for(f"document.body.innerText.includes({json.dumps(text)})", f"the text {text!r}")

    def move_clock(self, seconds: float) -> None:
        """Let the page believe that `seconds` more have passed, until it is loaded anew."""
        self.js(self._dom("moveClock", seconds))
