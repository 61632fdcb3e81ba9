"""Check what one file alone cannot know: that everything it names exists and fits together."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, get_args

from msgspec import Struct

from dbsapp.content import hip, posing
from dbsapp.content.files import Files, RoutineFile
from dbsapp.content.model import Exercise, RepsDose, StepSlug
from dbsapp.content.reading import ContentError
from dbsapp.content.texts import ActivationRules, Safety, Why

_STEP_OF = {
    "FR": "foam-roll",
    "ST": "stretch",
    "AC": "activate",
    "LH": "activate",
    "SG": "strengthen",
}


def check(files: Files) -> None:
    """Raise ContentError for the first thing that does not fit."""
    _unique(("sources.toml", "key", one.key) for one in files.sources)
    _unique((file, "id", one.id) for file, one in files.exercises.items())
    _unique((file, "slug", one.slug) for file, one in files.exercises.items())
    _unique((file, "slug", one.slug) for file, one in files.routines.items())
    _programmes(files)
    _activation_rules(files.rules.activation)
    by_id = {one.id: one for one in files.exercises.values()}
    for file, one in files.exercises.items():
        _exercise(file, one, files, by_id)
        _activation_dose(file, one, files.rules.activation)
    for file, routine in files.routines.items():
        _routine(file, routine, by_id)
    _prose(files.safety, files.why, by_id, files.muscles)
    _scenes(files)
    hip.check(files.hip, files.muscles)
    _sources(files)


def _unique(owners: Iterable[tuple[str, str, str]]) -> None:
    """Refuse a value used twice; each owner is (file, key, value)."""
    seen: dict[str, str] = {}
    for file, key, value in owners:
        if value in seen:
            raise ContentError(file, key, f"'{value}' is already used in {seen[value]}; change one")
        seen[value] = file


def _known(file: str, key: str, names: Iterable[str], allowed: Collection[str], where: str) -> None:
    for name in names:
        if name not in allowed:
            raise ContentError(file, key, f"'{name}' is unknown; correct it or add it to {where}")


def _programmes(files: Files) -> None:
    _unique((file, "slug", one.slug) for file, one in files.programmes.items())
    _unique((file, "number", str(one.number)) for file, one in files.programmes.items())
    present = {one.slug for one in files.programmes.values()}
    for slug in get_args(StepSlug):
        if slug not in present:
            raise ContentError(f"programmes/{slug}.toml", "file", "is missing; add it")


def _exercise(file: str, one: Exercise, files: Files, by_id: dict[str, Exercise]) -> None:
    _place(file, one)
    _known(file, "primary", one.primary, files.muscles, "muscles.toml")
    _known(file, "secondary", one.secondary, files.muscles, "muscles.toml")
    _known(file, "emg.muscle", (emg.muscle for emg in one.emg), files.muscles, "muscles.toml")
    _known(file, "equipment", one.equipment, files.equipment, "equipment.toml")
    _dose(file, one)
    _lateral_hip(file, one, by_id)
    posing.check(file, one)


def _place(file: str, one: Exercise) -> None:
    expected = f"exercises/{one.id.lower()}-{one.slug}.toml"
    if file != expected:
        raise ContentError(file, "slug", f"does not match the file name; name it {expected}")
    prefix = one.id[:2]
    if one.step != _STEP_OF[prefix]:
        raise ContentError(file, "step", f"must be '{_STEP_OF[prefix]}' for {one.id}; change it")
    if one.lateral_hip_only != (prefix == "LH"):
        raise ContentError(file, "lateral_hip_only", "must be true for LH-… and only there")


def _dose(file: str, one: Exercise) -> None:
    dose = one.dose
    if not isinstance(dose, RepsDose):
        return
    if dose.reps_max is not None and dose.reps_max < dose.reps:
        raise ContentError(file, "dose.reps_max", f"is below reps; give {dose.reps} or more")
    if sum(dose.tempo) == 0:
        raise ContentError(file, "dose.tempo", "takes no time at all; give at least one second")


def _lateral_hip(file: str, one: Exercise, by_id: dict[str, Exercise]) -> None:
    data = one.lateral_hip
    if data.tag != "ok" and not data.why:
        raise ContentError(file, "lateral_hip.why", "is missing; say in one sentence why")
    if data.tag == "mod" and not data.change:
        raise ContentError(file, "lateral_hip.change", "is missing; say what to do differently")
    if data.tag == "block" and not data.swap:
        raise ContentError(file, "lateral_hip.swap", "is empty; name what replaces it")
    _known(file, "lateral_hip.swap", data.swap, by_id, "exercises/")
    for swap in data.swap:
        if swap == one.id or by_id[swap].lateral_hip.tag == "block":
            raise ContentError(file, "lateral_hip.swap", f"'{swap}' is no way out; name another")


def _activation_rules(rules: ActivationRules) -> None:
    file = "rules/activation.toml"
    if rules.reps_max < rules.reps_min:
        raise ContentError(file, "reps_max", f"is below reps_min; give {rules.reps_min} or more")


def _activation_dose(file: str, one: Exercise, rules: ActivationRules) -> None:
    """Refuse a step-3 dose that breaks the rules of step 3."""
    if one.step != "activate" or one.lateral_hip_only:
        return
    dose, rule = one.dose, "(rules/activation.toml); change it"
    if not isinstance(dose, RepsDose):
        raise ContentError(file, "dose.kind", f"must be 'reps' in step 3 {rule}")
    if dose.sets != rules.sets:
        raise ContentError(file, "dose.sets", f"must be {rules.sets} {rule}")
    low, high = rules.reps_min, rules.reps_max
    if not low <= dose.reps <= (dose.reps_max or dose.reps) <= high:
        raise ContentError(file, "dose.reps", f"must stay within {low} to {high} {rule}")
    if dose.rest_s > rules.rest_max_s:
        raise ContentError(file, "dose.rest_s", f"must be {rules.rest_max_s} or less {rule}")


def _routine(file: str, routine: RoutineFile, by_id: dict[str, Exercise]) -> None:
    ids = [item.exercise for item in routine.items]
    if not ids:
        raise ContentError(file, "items", "is empty; name at least one exercise")
    _known(file, "items.exercise", ids, by_id, "exercises/")
    for exercise in ids:
        if ids.count(exercise) > 1:
            raise ContentError(file, "items.exercise", f"'{exercise}' comes twice; take one out")
        if by_id[exercise].lateral_hip_only:
            raise ContentError(file, "items.exercise", f"'{exercise}' is for lateral-hip mode only")


def _prose(safety: Safety, why: Why, by_id: Collection[str], muscles: Collection[str]) -> None:
    for index, place in enumerate(safety.places):
        key = f"places[{index}]"
        _known("safety.toml", f"{key}.hide", place.hide, by_id, "exercises/")
        _known("safety.toml", f"{key}.limit", place.limit, by_id, "exercises/")
    for index, part in enumerate(why.anatomy):
        _known("why.toml", f"anatomy[{index}].muscles", part.muscles, muscles, "muscles.toml")
    _unique(("why.toml", "corrections.number", str(one.number)) for one in why.corrections)


def _scenes(files: Files) -> None:
    views = {view.key for view in files.hip.views}
    for index, scene in enumerate(files.why.scenes):
        lit = (*scene.primary, *scene.secondary)
        _known("why.toml", f"scenes[{index}].view", [scene.view], views, hip.FILE)
        _known("why.toml", f"scenes[{index}].primary", lit, files.hip.by_slug, hip.FILE)


def _sources(files: Files) -> None:
    """Refuse a source key, at any depth of any file, that sources.toml does not hold."""
    keys = {one.key for one in files.sources}
    contents: dict[str, Struct] = {
        **files.exercises,
        **files.programmes,
        "rules/activation.toml": files.rules.activation,
        "rules/stop.toml": files.rules.stop,
        "safety.toml": files.safety,
        "why.toml": files.why,
    }
    for file, content in contents.items():
        for key, name in source_keys(content):
            _known(file, key, [name], keys, "sources.toml")


def source_keys(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (where, source key) for every figure and claim inside a content struct."""
    if isinstance(value, Struct):
        for field in value.__struct_fields__:
            where, inner = f"{path}.{field}".lstrip("."), getattr(value, field)
            yield from [(where, inner)] if field == "source" else source_keys(inner, where)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from source_keys(inner, f"{path}[{index}]")
