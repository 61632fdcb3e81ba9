"""A crowd: 200 riders who push 20 entries each at the same moment."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bench.report import figure
from bench.sync.databases import database, riders
from bench.sync.push import Caller, Json, mutation
from bench.sync.servers import ours

RIDERS = 200
EACH = 20


def crowd(address: str, base: str) -> tuple[list[float], list[Json], float]:
    """Return the milliseconds that each rider waited, all answers, and the seconds in all."""
    people = riders(address, [f"rider{i}" for i in range(RIDERS)])
    callers = [Caller(base, *person) for person in people.values()]
    batches = [one.batch([mutation(one, i) for i in range(EACH)]) for one in callers]
    together = threading.Barrier(RIDERS + 1)

    def push(caller: Caller, batch: bytes) -> tuple[float, Json]:
        together.wait()
        return caller.request("POST", "push", batch)

    with ThreadPoolExecutor(RIDERS) as pool:
        asked = [pool.submit(push, *one) for one in zip(callers, batches, strict=True)]
        together.wait()
        start = time.perf_counter()
        answers = [one.result() for one in asked]
        took = time.perf_counter() - start
    return sorted(ms for ms, _ in answers), [answer for _, answer in answers], took


def main() -> None:
    """Measure and print; an answer that is not 200 ends it."""
    print(f"\nA crowd: {RIDERS} riders push {EACH} entries each at once")
    for name in ("sqlite", "postgresql"):
        with database(name) as address, ours(address) as base:
            waits, answers, took = crowd(address, base)
        results = [result["status"] for answer in answers for result in answer["results"]]
        print(
            f"  {name}: {results.count('ok'):,} of {RIDERS * EACH:,} accepted in {took:.2f} s; "
            f"waited p50 {waits[RIDERS // 2]:.0f} ms, p99 {waits[RIDERS * 99 // 100]:.0f} ms, "
            f"at most {waits[-1]:.0f} ms"
        )
        figure(f"sync.{name}.crowd_accepted", results.count("ok") / (RIDERS * EACH), "≥ 1")
