"""Answer what the pages ask of the library."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec import Struct

from dbsapp.content import Library
from dbsapp.content.checks import source_keys
from dbsapp.content.hip import Region
from dbsapp.content.model import Exercise, Routine, Step
from dbsapp.content.texts import Rule


@dataclass(frozen=True)
class Place:
    """Name a page of ours."""

    name: str
    href: str


@dataclass(frozen=True)
class Neighbours:
    """Hold the exercises before and after one, within its step."""

    before: Exercise | None
    after: Exercise | None


def neighbours(library: Library, exercise: Exercise) -> Neighbours:
    """Return what comes before and after `exercise` in its step."""
    step = library.steps[exercise.step].exercises
    here = step.index(exercise)
    return Neighbours(
        before=step[here - 1] if here else None,
        after=step[here + 1] if here + 1 < len(step) else None,
    )


def routines_with(library: Library, exercise: Exercise) -> list[Routine]:
    """Return the routines that contain `exercise`, in plan order."""
    return [r for r in library.routines.values() if exercise in (i.exercise for i in r.items)]


def equipment_of(routine: Routine) -> list[str]:
    """Return the equipment keys that a routine needs, each once, in order of use."""
    return list(dict.fromkeys(key for i in routine.items for key in i.exercise.equipment))


def rules_with_sources(library: Library, step: Step) -> list[tuple[str, Rule | None]]:
    """Return a step's rules in words, each with its source where it has one (step 3)."""
    known = {rule.text: rule for rule in library.rules.activation.rules}
    return [(text, known.get(text)) for text in step.rules]


def filter_options(library: Library) -> dict[str, dict[str, str]]:
    """Return what the finder may filter by: names by key, only those some exercise has."""
    exercises = library.exercises.values()
    muscles = {key for e in exercises for key in (*e.primary, *e.secondary)}
    equipment = {key for e in exercises for key in e.equipment}
    return {
        "step": {slug: step.name for slug, step in library.steps.items()},
        "muscle": _named(library.muscles, muscles),
        "equipment": _named(library.equipment, equipment),
    }


def exercises_for(library: Library, region: Region) -> tuple[list[Exercise], list[Exercise]]:
    """Return the exercises that work a region above all, and those that do so a little.

    For a bone, those that are there for the days when it is sore.
    """
    exercises = library.exercises.values()
    first = [e for e in exercises if region.has(e.primary)]
    second = [e for e in exercises if region.has(e.secondary) and e not in first]
    if not first and not second:
        first = [e for e in exercises if e.lateral_hip_only]
    return first, second


def search_words(library: Library, exercise: Exercise) -> str:
    """Return all words by which the finder finds `exercise`, in lower case."""
    muscles = (library.muscles[key] for key in (*exercise.primary, *exercise.secondary))
    equipment = (library.equipment[key] for key in exercise.equipment)
    step = library.steps[exercise.step].name
    words = (exercise.name, *exercise.synonyms, exercise.id, step, *muscles, *equipment)
    return " ".join(words).lower()


def cited_by(library: Library) -> dict[str, list[Place]]:
    """Return the pages that cite each source, by source key."""
    places: dict[str, list[Place]] = {key: [] for key in library.sources}
    for place, content in _contents(library):
        for key in {key for one in content for _, key in source_keys(one)}:
            places[key].append(place)
    return places


def _named(names: dict[str, str], keys: Iterable[str]) -> dict[str, str]:
    return {key: names[key] for key in sorted(keys, key=lambda key: names[key].lower())}


def _contents(library: Library) -> Iterator[tuple[Place, tuple[Struct, ...]]]:
    rules = library.rules
    for slug, step in library.steps.items():
        extra = (rules.activation,) if slug == "activate" else ()
        yield Place(f"Step {step.number}, {step.name}", f"/steps/{slug}"), (*step.claims, *extra)
    for slug, exercise in library.exercises.items():
        yield Place(exercise.name, f"/exercises/{slug}"), (exercise,)
    yield Place("Why this plan", "/why"), (library.why,)
    yield Place("When to stop", "/safety"), (library.safety, rules.stop)
