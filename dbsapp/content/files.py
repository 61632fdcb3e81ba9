"""Read the whole content folder, file by file, before anything is checked across files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dbsapp.content import hip
from dbsapp.content.hip import HipMap
from dbsapp.content.model import (
    Exercise,
    ExerciseId,
    Programme,
    Slug,
    Source,
    StepSlug,
    Strict,
    Summary,
    Text,
)
from dbsapp.content.reading import read, read_all, read_filled
from dbsapp.content.texts import ActivationRules, Rules, Safety, StopRule, Why


class SourcesFile(Strict, frozen=True, kw_only=True):
    """Read sources.toml."""

    source: tuple[Source, ...]


class RoutineItem(Strict, frozen=True, kw_only=True):
    """Name an exercise of a routine by its id."""

    exercise: ExerciseId
    group: Literal["warm-up"] | None = None


class RoutineFile(Strict, frozen=True, kw_only=True):
    """Read one routine; `order` is its place among the routines of its step."""

    slug: Slug
    name: Text
    step: StepSlug
    order: int
    summary: Summary
    when: Text
    items: tuple[RoutineItem, ...]


@dataclass(frozen=True)
class Files:
    """Hold what was read; the dictionaries of the folders are by file name."""

    exercises: dict[str, Exercise]
    programmes: dict[str, Programme]
    routines: dict[str, RoutineFile]
    sources: tuple[Source, ...]
    muscles: dict[str, str]
    equipment: dict[str, str]
    rules: Rules
    safety: Safety
    why: Why
    hip: HipMap


def read_files(root: Path) -> Files:
    """Return all content under `root`; raise ContentError at the first file that is wrong."""
    return Files(
        exercises=read_all(root, "exercises", Exercise),
        programmes=read_all(root, "programmes", Programme),
        routines=read_all(root, "routines", RoutineFile),
        sources=read(root, "sources.toml", SourcesFile).source,
        muscles=read(root, "muscles.toml", dict[Slug, Text]),
        equipment=read(root, "equipment.toml", dict[Slug, Text]),
        rules=Rules(
            activation=read_filled(root, "rules/activation.toml", ActivationRules),
            stop=read_filled(root, "rules/stop.toml", StopRule),
        ),
        safety=read(root, "safety.toml", Safety),
        why=read(root, "why.toml", Why),
        hip=read(root, hip.FILE, HipMap),
    )
