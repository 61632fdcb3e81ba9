"""Two requests in the server at the same time: one stands still with its locks in its hand."""

import threading

from tests.sim.actions import Actions
from tests.sim.server import Answer, Held
from tests.sim.world import Json, World, device_of, request_of


def overlap(actions: Actions, page: str, other: str, at: int, *, answered: bool) -> None:
    """Stop the first request of `page` inside the server, sync `other`, then let it go on."""
    world = actions.world
    point = f"statement {at}" if at else "its commit"
    said = "" if answered else ", whose answer is lost"
    world.say(f"{page} syncs{said}; before {point} the server takes up {other}'s sync")
    world.met["requests overlap"] += 1
    first = world.start("call", page, method="syncNow", args=[])
    ask = next((one for one in world.asks if one["page"] == page), None)
    if ask is None:
        world.finish(first)
        return
    world.asks.remove(ask)
    held = world.hold(device_of(page), request_of(ask), at)
    try:
        second = world.start("call", other, method="syncNow", args=[])
        _serve_beside(world, held)
    finally:
        answer = held.release()
    if answered:
        world.answer(ask, answer)
    else:
        world.tell("fail", ask=ask["n"])
    world.finish(second)
    world.finish(first)


def _serve_beside(world: World, held: Held) -> None:
    """Carry requests to the server while `held` stands in it.

    SQLite turns a second writer away at once (503); PostgreSQL lets it wait: then the first goes
    on, as it would have.
    """
    for _ in range(20):
        if not world.asks:
            return
        ask = world.asks.popleft()
        if world.server.sqlite:
            world.answer(ask, world.send(device_of(ask["page"]), request_of(ask)))
        else:
            world.answer(ask, _ask_and_watch(world, held, ask))


def _ask_and_watch(world: World, held: Held, ask: Json) -> Answer:
    answers: list[Answer] = []

    def run() -> None:
        answers.append(world.send(device_of(ask["page"]), request_of(ask)))

    thread = threading.Thread(target=run)
    thread.start()
    while thread.is_alive():
        if world.server.is_waiting():
            held.release()
            break
    thread.join()
    return answers[0]
