"""What servers and devices hold, and what may be missing after a disaster."""

from typing import TYPE_CHECKING, Any

from tests.sim.ledger import Pair, everything

if TYPE_CHECKING:
    from tests.sim.world import World

Json = dict[str, Any]


def lose(world: "World", why: str, only: set[str] | None = None) -> None:
    """Excuse what is nowhere any more, after a disaster that may do that."""
    world.ledger.lose(held(world), why, only)
    world.ledger.brought_back &= alive(world)


def alive(world: "World") -> set[str]:
    """Return the entries that are not deleted, on the server or on some device."""
    rows = [row for rider in world.server.riders for row in world.server.rows(rider)[0]]
    for device in world.clients:
        for stores in world.disk(device).values():
            rows += stores.get("entry", ())
    waiting = [row for device in world.clients for row in _waiting(world, device)]
    back = {row["id"] for row in waiting if row["op"] != "delete"}
    return {str(row["id"]) for row in rows if not row["deleted"]} | back


def is_deleting(world: "World", device: str, entry: str) -> bool:
    """Tell whether a deletion of `entry` waits on `device`."""
    waiting = _waiting(world, device)
    return any(row["id"] == entry and row["op"] == "delete" for row in waiting)


def _waiting(world: "World", device: str) -> list[Json]:
    """Return the outboxes of a device, and what its second place will bring back."""
    rows = [row for stores in world.disk(device).values() for row in stores.get("outbox", ())]
    back = to_come_back(world.second(device))
    return rows + [row["mutation"] for row in back if "mutation" in row]


def held(world: "World", *, lost: bool = False) -> dict[str, set[Pair]]:
    """Return what server and devices hold, by entry; of a device, `lost` only if asked for.

    On a device counts what its owner can see or what will be sent: outboxes, views, and the
    server's copies; and what the second place will bring back.
    """
    found: dict[str, set[Pair]] = {}
    for rider in world.server.riders:
        entries, revisions, _answers = world.server.rows(rider)
        for row in (*entries, *revisions):
            pairs = found.setdefault(str(row["id"]), set())
            for part in ("body", "extra"):
                pairs |= set(everything(row.get(part)))
    for device in world.clients:
        for row in to_come_back(world.second(device)):
            entry = row.get("mutation", row)["id"]
            found.setdefault(entry, set()).update(everything(row))
        for stores in world.disk(device).values():
            for name, rows in stores.items():
                for row in rows:
                    if isinstance(row, dict) and "id" in row:
                        seen = visible(name, row, lost=lost)
                        found.setdefault(row["id"], set()).update(everything(seen))
    return found


def to_come_back(second: Json) -> list[Json]:
    """Return the rows of a second place that are still to be brought back from there."""
    return [row for name in second["awaited"] for row in second["places"][name].values()]


def by_name(copies: list[Json]) -> dict[str, dict[str, list[Json]]]:
    """Return databases by name: rows by store."""
    return {
        one["name"]: {
            store["name"]: [record["value"] for record in store["records"]]
            for store in one["stores"]
        }
        for one in copies
    }


def visible(store: str, row: Json, *, lost: bool) -> Json:
    """Return of a row on a device what its owner can get at."""
    hidden = set() if lost else {"lost"}
    if store == "entry" and row.get("deleted") and row.get("state") != "attention":
        hidden.add("body")
    return {key: value for key, value in row.items() if key not in hidden}
