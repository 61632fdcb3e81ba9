"""What befalls devices and servers: each step one line of the story."""

from collections.abc import Sequence

from tests.sim.holdings import is_deleting, lose
from tests.sim.network import device_of
from tests.sim.server import NEWER_SCHEMA
from tests.sim.world import DAY, World, told


class Mishaps:
    """Steps of a story that nobody wants."""

    def __init__(self, world: World) -> None:
        self.world = world

    def dies(self, page: str) -> None:
        """A page ends without a word."""
        self.world.say(f"{page} dies")
        self.world.kill(page)

    def opens(self, page: str, faults: Sequence[str] = ()) -> None:
        """A page is opened, or opened anew."""
        self.world.say(f"{page} opens{told(faults)}")
        self.world.open(page, faults)

    def loses_its_database(self, page: str, after: int) -> None:
        """The system closes the page's database behind its back (pouchdb#7954)."""
        self.world.say(f"{page} will lose its database after {after} transactions")
        self.world.tell("hiccup", page=page, after=after)

    def loses_all_databases(self, device: str) -> None:
        """The browser finds the databases of a device broken, and begins empty ones."""
        self.world.say(f"{device} loses its databases")
        self.world.met["databases lost"] += 1
        self.world.tell("loseDatabases", device=device)

    def loses_all_databases_at(self, page: str, after: int | None) -> None:
        """The databases of a device will be gone amid what a page does, or not at all."""
        if after is not None:
            self.world.say(f"{page} will lose all databases after {after} transactions")
            self.world.shaken.add(device_of(page))
        self.world.tell("hiccup", page=page, after=after, loses=after is not None)

    def loses_power_soon(self, device: str) -> None:
        """The power of a device will fail: what it does not wait for may be lost."""
        self.world.say(f"the battery of {device} runs low")
        self.world.tell("losePowerSoon", device=device)

    def loses_power(self, device: str, most: int) -> None:
        """The power fails, and takes the last commits of each database that nobody waited for."""
        self.world.say(f"{device} loses its power, and up to {most} commits")
        self.world.met["power lost"] += 1
        self.world.tell("losePower", device=device, most=most)
        self.world.forget(device)

    def spoil_second_place(self, device: str, fails: str, times: int | None) -> None:
        """The second place of a device fails so many times, or until it is mended."""
        often = "from now on" if times is None else f"{times} times"
        self.world.say(f"the second place of {device} fails {often}: {fails}")
        # What cannot be read there comes back after what was saved meanwhile.
        self.world.forgetful = self.world.forgetful or fails in ("get", "all")
        self.world.tell("spoil", device=device, fails=fails, times=times)

    def mend_second_place(self, device: str) -> None:
        """The second place of a device works again."""
        self.world.say(f"the second place of {device} works again")
        self.world.tell("spoil", device=device, fails="", times=0)

    def skew(self, device: str, ms: int) -> None:
        """Somebody sets the clock of a device."""
        self.world.say(f"the clock of {device} is set {ms / 3_600_000:+.2f} h off")
        self.world.met["clock set"] += 1
        self.world.tell("skew", device=device, ms=ms)

    def back_up_phone(self, device: str) -> None:
        """A backup of a device is made."""
        self.world.say(f"{device} is backed up")
        self.world.tell("backUp", device=device)

    def replace_disk(self, device: str, *, empty: bool) -> None:
        """A device comes back from its backup, or with nothing at all."""
        said = "loses its storage" if empty else "comes back from its backup"
        self.world.say(f"{device} {said}")
        self.world.tell("replaceDisk", device=device, empty=empty)
        self.world.forget(device)
        brought_back = self.world.ledger.brought_back
        brought_back -= {one for one in brought_back if is_deleting(self.world, device, one)}
        self.world.born.clear()
        lose(self.world, f"was only on {device}")

    def back_up_server(self) -> None:
        """A backup of the server is made."""
        self.world.say("the server is backed up")
        self.world.backups.append(self.world.server.back_up())

    def restore_server(self, which: int) -> None:
        """The server comes back from a backup; who was deleted since is deleted again."""
        world = self.world
        world.say(f"the server comes back from backup {which + 1}")
        world.met["server backup restored"] += 1
        world.forgetful = True
        world.server.restore(world.backups[which])
        for rider in world.deleted:
            world.server.delete_account(rider)
        world.net.sent.clear()
        lose(self.world, "was on the server only, and the server came back from a backup")

    def delete_account(self, rider: str) -> None:
        """A rider deletes the account, from elsewhere; no device hears of it yet."""
        world = self.world
        world.say(f"{rider}'s account is deleted")
        world.met["account deleted"] += 1
        world.server.delete_account(rider)
        world.deleted.add(rider)
        world.net.sent.clear()
        lose(self.world, "was on the server only, and the account is deleted")

    def fill(self, device: str, when: str) -> None:
        """The storage of a device is full: what it puts there is refused, `put` or `commit`."""
        self.world.say(f"{device} is full; it says so at each {when}")
        self.world.met["storage full"] += 1
        self.world.full.add(device)
        self.world.tell("fill", device=device, when=when)

    def make_room(self, device: str) -> None:
        """There is room on a device again."""
        self.world.say(f"there is room on {device} again")
        self.world.full.discard(device)
        self.world.tell("fill", device=device, when="")

    def change_release(self, *, older: bool) -> None:
        """The server goes back to the release before, or on to this one."""
        self.world.say(f"the server is {'the release before' if older else 'up to date'}")
        self.world.met["other release"] += 1
        self.world.server.set_version(older=older)

    def ask_for_a_newer_app(self) -> None:
        """From now on the server wants a newer app than the devices have."""
        self.world.say("the server wants a newer app")
        self.world.met["newer app wanted"] += 1
        self.world.server.set_min_schema(NEWER_SCHEMA)

    def break_over(self, entry: str) -> None:
        """The server meets something in an entry that nobody foresaw: it answers `retry`."""
        self.world.say(f"the server breaks over {self.world.named(entry)} from now on")
        self.world.met["broken over an entry"] += 1
        self.world.server.poison.add(entry)

    def mend(self) -> None:
        """The server is mended."""
        if self.world.server.poison:
            self.world.say("the server breaks over nothing any more")
            self.world.server.poison.clear()

    def update_app(self, device: str) -> None:
        """The app of a device is as new as it can be."""
        self.world.say(f"the app on {device} is updated")
        self.world.older.discard(device)
        self.world.updated.add(device)

    def winter(self) -> None:
        """Half a year passes, and the server clears away what is old."""
        world = self.world
        world.say("200 days pass, and the server clears up")
        world.met["winter"] += 1
        world.forgetful = True
        world.server.now = int(world.now)
        world.pass_time(200 * DAY)
        world.server.prune()
        world.net.sent.clear()
        lose(self.world, "deleted half a year ago", world.ledger.ever_deleted)

    def deliver_late(self) -> None:
        """Requests that were on their way for long arrive."""
        self.world.say(f"{len(self.world.net.limbo)} late requests arrive")
        self.world.net.deliver_late()
