"""The invariants: what must hold once everything has gone quiet, whatever happened before."""

import itertools
import uuid
from functools import reduce
from operator import xor

from dbsapp.sync.protocol import entry_hash
from tests.sim.actions import Actions, knows
from tests.sim.database import doc_of, filled
from tests.sim.holdings import alive, visible
from tests.sim.ledger import Pair, everything
from tests.sim.network import device_of
from tests.sim.second import check_second_place, places, unlisted
from tests.sim.world import DAY, MINUTE, Json, World

OFFERED = {"missing_on_server", "older_on_server"}
ROUNDS = 12


def settle_down(actions: Actions) -> None:
    """Let all faults end, all devices sync and all that is offered be sent, until nothing moves."""
    world = actions.world
    world.say("all faults end")
    world.net.deliver_late()
    world.server.set_version(older=False)
    world.server.poison.clear()
    world.updated |= set(world.clients)
    for device in world.clients:
        world.tell("skew", device=device, ms=0)
        world.tell("fill", device=device, when="")
        world.tell("spoil", device=device, fails="", times=0)
    world.full.clear()
    for device in world.clients:
        _visit(actions, device)
    world.pass_time(2 * DAY)
    quiet = 0
    for page in itertools.islice(itertools.cycle(world.looks), ROUNDS * len(world.looks)):
        before = _state(world)
        world.call(page, "syncNow")
        _send_what_is_offered(actions, page)
        quiet = quiet + 1 if _state(world) == before else 0
        if quiet >= len(world.looks):
            return
        world.pass_time(16 * MINUTE)
    if world.looks:
        world.fail("I2 quiet", f"the devices never come to rest: {_state(world)}")


def _visit(actions: Actions, device: str) -> None:
    """Have every rider sign in who left something on this device; its own rider last."""
    world = actions.world
    home = "bob" if device.startswith("bob") else "alice"
    for page in actions.pages(device):
        world.kill(page)
    left = {
        name
        for name, stores in world.disk(device).items()
        # A restored server may not have the entries any more.
        if stores.get("outbox") or stores.get("entry")
    }
    left |= {name for name, rows in places(world.second(device)).items() if rows}
    others = {
        rider
        for name in left
        if (rider := world.name_of(name.removeprefix("dbs-"))) in world.living()
        if rider and rider != home
    }
    for rider in sorted(others):
        _sign_in(world, device, rider)
        world.pass_time(2 * DAY)
        for _ in range(3):
            world.call(device, "syncNow")
            _send_what_is_offered(actions, device)
        world.kill(device)
    if home not in world.living():
        world.open(device)
        home = world.name_of(world.looks[device]["rider"]) or home
    if home in world.living():
        _sign_in(world, device, home)
    if world.deleted:
        world.finish(world.start("look", device))


def _sign_in(world: World, device: str, rider: str) -> None:
    world.forget(device)
    world.server.sign_in(world.clients[device], rider)
    world.accounts[device] = rider
    world.open(device)


def _send_what_is_offered(actions: Actions, page: str) -> None:
    for entry, row in actions.world.looks[page]["entries"].items():
        if (row.get("reason") or {}).get("code") in OFFERED:
            actions.resend(page, entry)


def _state(world: World) -> tuple[object, ...]:
    logs = tuple((log["epoch"], log["live_hash"]) for log in map(world.server.log, world.living()))
    boxes = tuple(
        (page, repr(look["outbox"]), look["sync"], look.get("code"))
        for page, look in world.looks.items()
    )
    return (logs, boxes)


def check_all(actions: Actions) -> None:
    """Check every promise; called when all is quiet."""
    world = actions.world
    rows = {rider: world.server.rows(rider) for rider in world.living()}
    disks = {device: world.disk(device) for device in world.clients}
    for rider, (entries, _revisions, answers) in rows.items():
        _check_sum(world, rider, entries)
        _check_order(world, answers)
        for entry in entries:
            _check_owner(world, str(entry["id"]), rider, "the server")
    for entries, revisions, _answers in rows.values():
        losers = {(one["id"], one["rev"]): one["body"] for one in revisions if one["lost"]}
        for entry in entries:
            entry["lost"] = losers.get((entry["id"], entry["rev"]))
    for device, databases in disks.items():
        _check_device(world, device, databases, {rider: parts[0] for rider, parts in rows.items()})
        check_second_place(world, device, databases)
    _check_nothing_lost(world, disks)
    for page in list(world.looks):
        _check_heard(world, page)


def _check_heard(world: World, page: str) -> None:
    """Whose account is deleted is told so, and can get at all that is here."""
    look = world.looks[page]
    rider = world.name_of(look["rider"])
    if rider not in world.deleted or world.accounts[device_of(page)] != rider:
        return
    if not knows(world, page):
        world.fail("A deleted account is said to be", f"{page} says {look['sync']}")
    listed = {one["id"] for one in world.call(page, "list", {"limit": 100})["entries"]}
    here = {
        entry
        for entry, row in look["entries"].items()
        if row["kind"] == "session" and not row["deleted"]
    }
    if listed != here:
        world.fail("A deleted account's log can be read", f"{page} lists {listed} of {here}")


def _check_nothing_lost(world: World, disks: dict[str, dict[str, dict[str, list[Json]]]]) -> None:
    safe = _held_safely(world, disks)
    for write in world.ledger.open():
        if (write.path, write.value) not in safe.get(write.entry, ()):
            world.fail(
                "I1 nothing saved is lost",
                f"{write.path}={write.value!r} of {world.named(write.entry)}, saved on {write.by}, "
                "is neither on the server nor shown as waiting",
            )

    for entry in world.ledger.brought_back - alive(world):
        world.fail(
            "I1 nothing saved is lost", f"{world.named(entry)} was brought back, and is gone"
        )


def _held_safely(
    world: World, disks: dict[str, dict[str, dict[str, list[Json]]]]
) -> dict[str, set[Pair]]:
    """Return what the server shows, and what is on a device as needing attention.

    A revision that was merely replaced is shown to nobody. What gave way was told.
    """
    found: dict[str, set[Pair]] = {}
    for rider in world.living():
        entries, revisions, _answers = world.server.rows(rider)
        for row in (*entries, *(one for one in revisions if one["lost"])):
            found.setdefault(str(row["id"]), set()).update(everything([row["body"]]))
            found[str(row["id"])].update(everything([row.get("extra")]))
    for device, databases in disks.items():
        for entry, pairs in unlisted(world, device).items():
            found.setdefault(entry, set()).update(pairs)
        for database, stores in databases.items():
            only_here = world.name_of(database.removeprefix("dbs-")) in world.deleted
            for name in ("entry", "outbox"):
                for row in stores.get(name, ()):
                    if only_here or row.get("state") in ("attention", "phone", "waiting"):
                        seen = everything(visible(name, row, lost=False))
                        found.setdefault(row["id"], set()).update(seen)
    return found


def _check_sum(world: World, rider: str, entries: list[Json]) -> None:
    log = world.server.log(rider)
    live = [
        entry_hash(uuid.UUID(str(one["id"])).int, one["rev"])
        for one in entries
        if not one["deleted"]
    ]
    if (log["live_count"], log["live_hash"]) != (len(live), reduce(xor, live, 0)):
        world.fail("I2 the sum fits", f"{rider}'s log counts {log['live_count']}, has {len(live)}")


def _check_order(world: World, answers: list[Json]) -> None:
    """Changes of one entry by one device were applied in the order in which they were made."""
    last: dict[tuple[object, object], int] = {}
    for one in sorted(answers, key=lambda one: (str(one["device_id"]), one["mid"])):
        if one["status"] not in ("ok", "merged"):
            continue
        key = (one["device_id"], one["entry_id"])
        if one["seq"] < last.get(key, 0):
            world.fail("I4 order", f"changes of {world.named(str(one['entry_id']))} changed places")
        last[key] = one["seq"]
    if not world.forgetful:
        _check_order_on_phones(world, answers)


def _check_order_on_phones(world: World, answers: list[Json]) -> None:
    """So were those of one phone, though it became another device meanwhile."""
    born = {mutation: n for n, mutation in enumerate(world.born)}
    last: dict[tuple[str, object], int] = {}
    for one in sorted(answers, key=lambda one: int(one["seq"] or 0)):
        mutation = str(one["mutation_id"])
        if one["status"] not in ("ok", "merged") or mutation not in born:
            continue
        key = (world.born[mutation], one["entry_id"])
        if born[mutation] < last.get(key, -1):
            world.fail("I4 order", f"an older change of {world.named(str(key[1]))} came last")
        last[key] = born[mutation]


def _check_owner(world: World, entry: str, rider: str | None, where: str) -> None:
    owner = world.ledger.owners.get(entry, rider)
    if rider is not None and owner not in (None, rider):
        world.fail("I5 strangers", f"{world.named(entry)} of {owner} is with {rider} on {where}")


def _check_device(
    world: World,
    device: str,
    databases: dict[str, dict[str, list[Json]]],
    server: dict[str, list[Json]],
) -> None:
    for name, stores in databases.items():
        rider = world.name_of(name.removeprefix("dbs-"))
        for row in stores.get("entry", ()):
            _check_owner(world, row["id"], rider, device)
        shown = world.looks.get(device, {}).get("rider")
        if rider not in server or shown is None or name != f"dbs-{shown}":
            continue
        theirs = {str(one["id"]): one for one in server[rider]}
        mine = {row["id"]: row for row in stores["entry"]}
        for entry in sorted({*theirs, *mine}):
            _check_same(world, device, entry, theirs.get(entry), mine.get(entry))
        for row in stores["outbox"]:
            if row["state"] != "attention":
                world.fail("I2 quiet", f"{device} still has {world.named(row['id'])} in its outbox")


def _check_same(
    world: World, device: str, entry: str, theirs: Json | None, mine: Json | None
) -> None:
    name = world.named(entry)
    truth = doc_of(theirs) if theirs else None
    if mine is None:
        if truth is not None:
            world.fail("I2 all hold the same", f"{device} has no {name}")
        return
    copy = mine.get("server")
    held_copy = copy["body"] if copy else None
    if filled(held_copy) != truth:
        world.fail(
            "I2 all hold the same",
            f"{device} takes {held_copy} for the server's copy of {name}, which is {truth}",
        )
    if mine["state"] == "attention":
        return
    shown = None if mine["deleted"] else mine["body"]
    lost = {key: value for key, value in (mine.get("lost") or {}).items() if key != "rev"}
    theirs_lost = filled((theirs or {}).get("lost")) or {}
    if filled(lost) != theirs_lost:
        world.fail(
            "I2 all hold the same",
            f"{device} shows {lost} as the other version of {name}; the server has {theirs_lost}",
        )
    if filled(shown) != truth or mine["state"] != "synced":
        world.fail(
            "I2 all hold the same",
            f"{device} shows {name} as {mine['state']} {shown}; the server has {truth}",
        )
