"""Load the whole plan, check it, and offer it to pages and phones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace

from dbsapp.content import checks, lateral_hip, publish
from dbsapp.content.files import Files, RoutineFile, read_files
from dbsapp.content.hip import HipMap
from dbsapp.content.model import MARKS, Exercise, Item, Mark, Routine, Source, Step
from dbsapp.content.texts import Rules, Safety, Why
from dbsapp.logs.kinds import limits

ROOT = Path(__file__).parent
_ORDER = ("FR", "ST", "AC", "LH", "SG")


@dataclass(frozen=True)
class Library:
    """Hold the checked plan, everything in plan order. Loaded once, never changed."""

    exercises: dict[str, Exercise]
    by_id: dict[str, Exercise]
    routines: dict[str, Routine]
    steps: dict[str, Step]
    sources: dict[str, Source]
    muscles: dict[str, str]
    equipment: dict[str, str]
    rules: Rules
    safety: Safety
    why: Why
    hip: HipMap
    limits: Mapping[str, Any]

    marks: ClassVar[dict[Mark, str]] = MARKS

    @cached_property
    def version(self) -> str:
        """Return 12 hex digits that change whenever the plan that the phone keeps changes."""
        return publish.version(publish.payload(self))

    def publish(self) -> bytes:
        """Return content.json: the same bytes for the same content."""
        return publish.encode({"version": self.version, **publish.payload(self)})

    def publish_poses(self) -> bytes:
        """Return poses.json, which moves the figures of content.json."""
        return publish.encode(publish.poses(self))


def load_library(root: Path | None = None) -> Library:
    """Read and check every content file under `root` (default: the plan of this package).

    Raises ContentError at the first fault; its text names file and key and says what to do.
    """
    files = read_files(root or ROOT)
    checks.check(files)
    by_id = {one.id: one for one in sorted(files.exercises.values(), key=_plan_order)}
    routines = {one.slug: one for one in _routines(files, by_id)}
    return Library(
        exercises={one.slug: one for one in by_id.values()},
        by_id=by_id,
        routines=routines,
        steps=_steps(files, by_id, routines),
        sources={one.key: one for one in files.sources},
        muscles=files.muscles,
        equipment=files.equipment,
        rules=files.rules,
        safety=files.safety,
        why=files.why,
        hip=files.hip,
        limits=limits(),
    )


def _plan_order(one: Exercise) -> tuple[int, str]:
    return _ORDER.index(one.id[:2]), one.id


def _step_rules(files: Files) -> dict[str, tuple[str, ...]]:
    """Return each step's rules in words; those of step 3 come from its numbers."""
    rules: dict[str, tuple[str, ...]] = {p.slug: p.rules for p in files.programmes.values()}
    return {**rules, "activate": (*files.rules.activation.texts, *rules["activate"])}


def _routines(files: Files, by_id: dict[str, Exercise]) -> Iterator[Routine]:
    """Yield each routine, then its lateral-hip twin, in plan order."""
    numbers = {one.slug: one.number for one in files.programmes.values()}
    rules = _step_rules(files)
    in_order = sorted(files.routines.items(), key=lambda f: (numbers[f[1].step], f[1].order))
    for file, raw in in_order:
        base = _routine(raw, by_id, rules[raw.step])
        twin = lateral_hip.derive(file, base, by_id, files.rules.stop.text_lateral_hip)
        yield replace(base, counterpart=twin.slug)
        yield twin


def _routine(raw: RoutineFile, by_id: dict[str, Exercise], rules: tuple[str, ...]) -> Routine:
    return Routine(
        slug=raw.slug,
        name=raw.name,
        step=raw.step,
        summary=raw.summary,
        when=raw.when,
        rules=rules,
        items=tuple(Item(exercise=by_id[i.exercise], group=i.group) for i in raw.items),
    )


def _steps(
    files: Files, by_id: dict[str, Exercise], routines: dict[str, Routine]
) -> dict[str, Step]:
    rules = _step_rules(files)
    return {
        one.slug: Step(
            **{**msgspec.structs.asdict(one), "rules": rules[one.slug]},
            exercises=tuple(e for e in by_id.values() if e.step == one.slug),
            routines=tuple(
                r for r in routines.values() if r.step == one.slug and not r.lateral_hip
            ),
        )
        for one in sorted(files.programmes.values(), key=lambda one: one.number)
    }
