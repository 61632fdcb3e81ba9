"""Two requests in the server at the same time: one stands still with its locks in its hand."""

import threading

from flask.testing import FlaskClient

from tests.sim.actions import Actions
from tests.sim.exchange import Answer, Request, Script
from tests.sim.network import device_of
from tests.sim.server import Server
from tests.sim.world import Json, World


class Held:
    """A request that stands inside the server, and holds whatever locks it has."""

    def __init__(self, server: Server, client: FlaskClient, request: Request, at: int) -> None:
        self.script = Script("hold", at)
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, args=(server, client, request))
        self.thread.start()
        self.script.reached.get()

    def _run(self, server: Server, client: FlaskClient, request: Request) -> None:
        try:
            self.answer = server.ask(client, request, self.script)
        except BaseException as error:
            self.error = error
        self.script.reached.put("done")

    def release(self) -> Answer:
        """Let it go on to its end, and return its answer."""
        self.script.go_on.set()
        self.thread.join()
        if self.error:
            raise self.error
        assert self.answer
        return self.answer


def overlap(actions: Actions, page: str, other: str, at: int, *, answered: bool) -> None:
    """Stop the first request of `page` inside the server, sync `other`, then let it go on."""
    world = actions.world
    point = f"statement {at}" if at else "its commit"
    said = "" if answered else ", whose answer is lost"
    world.say(f"{page} syncs{said}; before {point} the server takes up {other}'s sync")
    world.met["requests overlap"] += 1
    first = world.start("call", page, method="syncNow", args=[])
    ask = next((one for one in world.net.asks if one["page"] == page), None)
    if ask is None:
        world.finish(first)
        return
    world.net.asks.remove(ask)
    client = world.clients[device_of(page)]
    held = Held(world.server, client, world.net.request_of(ask), at)
    try:
        second = world.start("call", other, method="syncNow", args=[])
        _serve_beside(world, held)
    finally:
        answer = held.release()
    if answered:
        world.net.answer(ask, answer)
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
        if not world.net.asks:
            return
        ask = world.net.asks.popleft()
        if world.server.sqlite:
            world.net.answer(ask, world.net.send(device_of(ask["page"]), world.net.request_of(ask)))
        else:
            world.net.answer(ask, _ask_and_watch(world, held, ask))


def _ask_and_watch(world: World, held: Held, ask: Json) -> Answer:
    answers: list[Answer] = []

    def run() -> None:
        answers.append(world.net.send(device_of(ask["page"]), world.net.request_of(ask)))

    thread = threading.Thread(target=run)
    thread.start()
    while thread.is_alive():
        if world.server.is_waiting():
            held.release()
            break
    thread.join()
    return answers[0]
