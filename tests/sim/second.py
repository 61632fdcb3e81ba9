"""The second place of a device: what it has to give back, and what must not be in it."""

from typing import TYPE_CHECKING, Any

from tests.sim.holdings import by_name, held, visible
from tests.sim.ledger import Pair, everything

if TYPE_CHECKING:
    from tests.sim.world import World

Json = dict[str, Any]
SHELL = "dbs-shell"


def take_in_loss(world: "World", loss: Json) -> None:
    """A device lost its databases, not its second place: excuse what that was not to hold.

    It was to hold each row of the outbox, unless it failed over it. What was only in the device's
    copies of the server's entries, since the server lost it, is gone.
    """
    device, second = loss["device"], loss["second"]
    found = held(world)
    kept: set[str] = set()
    for name, stores in by_name(loss["databases"]).items():
        missed = _named(second["missed"], name)
        rows = stores.get("outbox", [])
        kept |= {row["mutation_id"] for row in rows}
        for row in rows:
            if row["mutation_id"] not in missed:
                pairs = set(everything(visible("outbox", row, lost=False)))
                found.setdefault(row["id"], set()).update(pairs)
    if kept:
        world.met["databases lost with changes that wait"] += 1
    world.ledger.lose(found, f"was on {device} only, and in no second place")
    _check_no_zombie(world, second, kept)


def _check_no_zombie(world: "World", second: Json, kept: set[str]) -> None:
    """What its rider took out of the outbox does not wait to come back."""
    for name, rows in places(second).items():
        gone = (rows.keys() & world.dropped) - kept - _named(second["stuck"], name)
        answers = world.server.answered(gone)
        for one in sorted(one for one in gone if answers.get(one) in (None, "rejected")):
            entry = rows[one]["mutation"]["id"]
            world.fail("No discarded change comes back", f"one of {world.named(entry)} would")


def places(second: Json) -> dict[str, dict[str, Json]]:
    """Return the rows of the outboxes in a second place: by database and mutation id."""
    return {
        name: {key: row for key, row in rows.items() if "mutation" in row}
        for name, rows in second["places"].items()
        if name != SHELL
    }


def check_second_place(world: "World", device: str, databases: dict[str, Any]) -> None:
    """Once all is quiet, the second place has what is in the outbox, and of nobody else."""
    second = places(world.second(device))
    shown = f"dbs-{world.looks.get(device, {}).get('rider')}"
    for name in {*second, *databases} - {SHELL}:
        rider = world.name_of(name.removeprefix("dbs-"))
        rows = second.get(name, {})
        for row in rows.values():
            entry = row["mutation"]["id"]
            owner = world.ledger.owners.get(entry)
            if owner not in (None, rider):
                world.fail("I5 strangers", f"{world.named(entry)} is in {rider}'s second place")
        if rider in world.living() and name == shown:
            outbox = {row["mutation_id"] for row in databases[name]["outbox"]}
            if rows.keys() != outbox:
                world.fail(
                    "The second place has what waits",
                    f"{device} has {_said(world, rows)} there, and {len(outbox)} in its outbox",
                )


def unlisted(world: "World", device: str) -> dict[str, set[Pair]]:
    """Return what a second place has of riders without an account, by entry.

    Where it failed to say who left something on the device, nobody comes to ask for it.
    """
    found: dict[str, set[Pair]] = {}
    second = world.second(device)
    for name, rows in places(second).items():
        if second["blind"] and world.name_of(name.removeprefix("dbs-")) in world.deleted:
            for row in rows.values():
                found.setdefault(row["mutation"]["id"], set()).update(everything(row["mutation"]))
    return found


def _named(keys: list[str], name: str) -> set[str]:
    """Return those of `keys` that are of one database, without its name."""
    return {one.removeprefix(f"{name} ") for one in keys if one.startswith(f"{name} ")}


def _said(world: "World", rows: dict[str, Json]) -> str:
    return ", ".join(world.named(row["mutation"]["id"]) for row in rows.values()) or "nothing"
