"""The files that the app hands out, as they arrive on a disk."""

import json
from typing import Any

from tests.browser.engines import Chromium


def exported(phone: Chromium, button: str) -> tuple[str, Any]:
    """Tap `button`; return the name of the file that comes of it, and what its JSON holds."""
    with phone.page.expect_download() as download:
        phone.click(button)
    file = download.value
    return file.suggested_filename, json.loads(file.path().read_text())
