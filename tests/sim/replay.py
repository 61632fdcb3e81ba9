"""I3: a request that comes again changes nothing, and is answered as it was."""

import gzip
import json

from tests.sim.actions import Actions
from tests.sim.world import Json, World


def replay(actions: Actions, which: int) -> None:
    """Deliver an old push once more, and compare the log and the answer."""
    world = actions.world
    device, request, first = world.net.sent[-1 - which % len(world.net.sent)]
    results = json.loads(first.body)["results"]
    rider = world.name_of(decoded(request.body or b"{}", request.headers)["user"])
    final = all(one["status"] != "retry" for one in results)
    if rider is None or world.accounts[device] != rider or not final:
        return
    world.say(f"an old request of {request.page} comes again")
    world.met["old request again"] += 1
    before = _written(world, rider)
    answer = world.server.ask(world.clients[device], request)
    if _written(world, rider) != before:
        world.fail("I3 replays change nothing", f"a request of {request.page} was applied twice")
    if answer.status == 200 and json.loads(answer.body)["results"] != results:
        world.fail("I3 replays are answered alike", f"{answer.body} instead of {first.body}")


def decoded(body: bytes, headers: Json) -> Json:
    """Return what a push says."""
    packed = headers.get("Content-Encoding") == "gzip"
    said: Json = json.loads(gzip.decompress(body) if packed else body)
    return said


def _written(world: World, rider: str) -> str:
    log = world.server.log(rider)
    rows = [sorted(map(repr, part)) for part in world.server.rows(rider)]
    return repr((log["epoch"], log["live_count"], log["live_hash"], rows))
