"""What can befall a request on its way, and the answers that are not ours."""

from tests.sim.exchange import Answer, Script

JSON = {"content-type": "application/json"}
HTML = {"content-type": "text/html; charset=utf-8"}
FREE_WIFI = "<h1>Free Wi-Fi, just sign here</h1>"


def _error(status: int, code: str, **headers: str) -> Answer:
    return Answer(status, {**JSON, **headers}, f'{{"proto":1,"error":"{code}"}}')


#: Answers of somebody or something that never asked the app.
INSTEAD = {
    "captive portal": Answer(200, HTML, FREE_WIFI),
    "captive portal with 401": Answer(401, HTML, FREE_WIFI),
    "JSON of others": Answer(200, JSON, '{"results":[],"changes":[],"cursor":""}'),
    "half an answer": Answer(200, JSON, '{"proto":1,"results":[{"mid":'),
    "401": _error(401, "auth_required"),
    "403": _error(403, "origin"),
    "408": _error(408, "timeout"),
    "409 wrong user": _error(409, "wrong_user"),
    "409 forked": _error(409, "device_forked"),
    "409 epoch": _error(409, "epoch"),
    "413": _error(413, "too_large"),
    "413 of a proxy": Answer(413, HTML, "<h1>413</h1>"),
    "415": _error(415, "encoding"),
    "426": _error(426, "upgrade"),
    "429": _error(429, "slow_down", **{"retry-after": "90"}),
    "500": _error(500, "internal"),
    "502 of a proxy": Answer(502, HTML, "<h1>502</h1>"),
    "503": _error(503, "busy", **{"retry-after": "5"}),
}
#: What befalls the server while it works: scripts, and whether an answer can come of it.
INSIDE = {
    "server dies at the start": Script("die", 2),
    "server dies midway": Script("die", 6),
    "server dies before commit": Script("die"),
    "database busy": Script("busy", 1),
}
#: What the network does, or the phone.
OUTSIDE = (
    "request lost",
    "answer lost",
    "answer cut",
    "sent twice",
    "comes late",
    "hangs",
    "hangs answered",
    "page dies asking",
    "page dies answered",
)
FINE = "fine"
FAULTS = (*OUTSIDE, *INSIDE, *INSTEAD)
