"""Three real browser engines behind one small interface, so that one story runs in all."""

from tests.browser.engines.base import Browser, ScriptError
from tests.browser.engines.chromium import Chromium
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.webkit import Screen, WebKit

__all__ = ["Browser", "Chromium", "Firefox", "Screen", "ScriptError", "WebKit"]
