"""What a page shows, from step to step: nothing leaves the list or the outbox by itself."""

from typing import TYPE_CHECKING, Any

from tests.sim.database import doc_of
from tests.sim.network import device_of

if TYPE_CHECKING:
    from tests.sim.world import World

Json = dict[str, Any]


def compare(world: "World", page: str, before: Json | None, look: Json) -> None:
    """What left the list or the outbox must have left it rightly."""
    key = (device_of(page), look["rider"])
    old, world.known[key] = world.known.get(key), look
    if (look.get("check") or {}).get("ok") is False and key[0] not in world.shaken:
        world.fail("I2 all hold the same", f"the check of {page} fails: {look['check']}")
    for one in look["outbox"]:
        world.born.setdefault(one[1], key[0])
    if not old or not before:
        return
    for entry in look["entries"]:
        world.ledger.owners.setdefault(entry, world.name_of(look["rider"]))
        if world.ledger.owners[entry] is None:
            world.ledger.owners[entry] = world.name_of(look["rider"])
    gone = {one[1]: one[2] for one in old["outbox"]}
    for one in look["outbox"]:
        gone.pop(one[1], None)
    world.dropped |= {one for one, entry in gone.items() if entry in world.by_owner}
    gone = {one: entry for one, entry in gone.items() if entry not in world.by_owner}
    if gone:
        _check_answered(world, page, gone, look)
    for entry, row in old["entries"].items():
        here = look["entries"].get(entry)
        dropped = not row["deleted"] and (here is None or here["deleted"])
        if dropped and entry not in world.ledger.ever_deleted | world.by_owner:
            world.fail("The list never drops an entry", f"{page} dropped {world.named(entry)}")


def _check_answered(world: "World", page: str, gone: dict[str, str], look: Json) -> None:
    """A change leaves when it is answered, replaced, or needed no more."""
    answers = world.server.answered(gone)
    left = {one[2] for one in look["outbox"]}
    for mutation, entry in gone.items():
        status = answers.get(mutation)
        if status in ("ok", "merged", "duplicate") or entry in left:
            continue
        if status == "rejected" and entry in world.ledger.ever_deleted:
            continue
        row = look["entries"].get(entry)
        if row and (row["state"] == "attention" or _server_has(world, look["rider"], entry, row)):
            continue
        world.fail(
            "The outbox drops nothing by itself",
            f"{page} let go of a change of {world.named(entry)}, answered {status}",
        )


def _server_has(world: "World", public_id: str | None, entry: str, row: Json) -> bool:
    rider = world.name_of(public_id)
    rows = world.server.rows(rider)[0] if rider else []
    docs = [doc_of(one) for one in rows if str(one["id"]) == entry]
    return docs in ([], [None]) if row["deleted"] else docs == [row["body"]]
