"""Every wrong file stops the start, and says which file, which key and what to do."""

from pathlib import Path

import pytest

from dbsapp.content import ContentError, load_library
from tests.unit.content.conftest import Break

BRIDGE = "exercises/ac-02-double-leg-bridge.toml"
FLEXOR = "exercises/st-01-half-kneeling-hip-flexor-stretch.toml"
FIGURE_4 = "exercises/st-07-figure-four-glute-stretch.toml"
SHORT = "routines/roll-short.toml"

WRONG = {
    "unknown muscle": (BRIDGE, '["gluteus-maximus"]', '["buttock"]', "primary", "'buttock'"),
    "unknown second muscle": (BRIDGE, '"multifidus"', '"back"', "secondary", "'back'"),
    "unknown measured muscle": (
        BRIDGE,
        'muscle = "tfl"',
        'muscle = "itb"',
        "emg.muscle",
        "'itb' is unknown",
    ),
    "unknown equipment": (BRIDGE, '["mat"]', '["trampoline"]', "equipment", "'trampoline'"),
    "missing field": (BRIDGE, "easier = ", "# ", "easier", "is missing; add it"),
    "field we do not know": (BRIDGE, "harder = ", 'hardr = "x"\nharder = ', "hardr", "not a field"),
    "wrong type": (BRIDGE, "reps = 8", 'reps = "eight"', "dose.reps", "wrong type"),
    "no sets": (FLEXOR, "sets = 2", "sets = 0", "dose.sets", "give 1 or more"),
    "seven sets": (FLEXOR, "sets = 2", "sets = 7", "dose.sets", "give 6 or less"),
    "too long a hold": (FLEXOR, "hold_s = 30", "hold_s = 121", "dose.hold_s", "120 or less"),
    "too long a rest": (FLEXOR, "rest_s = 15", "rest_s = 241", "dose.rest_s", "240 or less"),
    "31 repetitions": (BRIDGE, "reps = 8", "reps = 31", "dose.reps", "30 or less"),
    "a range upside down": (
        "exercises/sg-10-single-leg-squat-to-box.toml",
        "reps_max = 8",
        "reps_max = 5",
        "dose.reps_max",
        "is below reps",
    ),
    "a tempo of two": (BRIDGE, "[2, 1, 2]", "[2, 1]", "dose.tempo", "give exactly 3"),
    "a tempo of no time": (BRIDGE, "[2, 1, 2]", "[0, 0, 0]", "dose.tempo", "one second"),
    "unknown kind of dose": (BRIDGE, '"reps"', '"laps"', "dose.kind", "use one of: hold, reps"),
    "dangling swap": (FIGURE_4, '"LH-1"', '"AC-99"', "lateral_hip.swap", "'AC-99' is unknown"),
    "swap that is blocked too": (FIGURE_4, '"LH-1"', '"FR-08"', "lateral_hip.swap", "no way out"),
    "unknown tag": (
        FIGURE_4,
        'tag = "block"',
        'tag = "maybe"',
        "lateral_hip.tag",
        "ok, mod, block",
    ),
    "mod without change": (FLEXOR, "change = ", "# ", "lateral_hip.change", "is missing"),
    "mod without why": (FLEXOR, "why = ", "# ", "lateral_hip.why", "is missing"),
    "unknown source": (FLEXOR, "winters-2004", "winters-1904", "evidence[0].source", "unknown"),
    "figure without mark": (BRIDGE, 'mark = "C"', "", "emg[0].mark", "is missing"),
    "figure without source": (
        BRIDGE,
        'source = "ekstrom-2007"',
        "",
        "emg[0].source",
        "is missing",
    ),
    "unknown mark": (BRIDGE, 'mark = "C"', 'mark = "m"', "emg[0].mark", "use one of: V, C, M, D"),
    "name that is not the file's": (
        BRIDGE,
        'slug = "double-leg-bridge"',
        'slug = "bridge"',
        "slug",
        "name it exercises/ac-02-bridge.toml",
    ),
    "step that is not the id's": (BRIDGE, '"activate"', '"stretch"', "step", "'activate'"),
    "no lateral-hip only": (
        BRIDGE,
        "equipment",
        "lateral_hip_only = true\nequipment",
        "lateral_hip_only",
        "LH",
    ),
    "summary too short": (
        BRIDGE,
        'summary = "',
        'summary = "Bridge." # ',
        "summary",
        "at least 40",
    ),
    "nothing to say": (BRIDGE, "say = ", "# ", "say", "is missing; add it"),
    "too much to say": (
        BRIDGE,
        'say = "',
        'say = "Come down slowly, one bone at a time. ',
        "say",
        "at most 40",
    ),
    "broken TOML": (BRIDGE, 'id = "AC-02"', "id = AC-02", "file", "not valid TOML"),
    "unknown routine item": (SHORT, "FR-03", "FR-33", "items.exercise", "'FR-33' is unknown"),
    "item twice": (SHORT, "FR-03", "FR-02", "items.exercise", "comes twice"),
    "lateral-hip exercise in a base routine": (
        SHORT,
        "FR-03",
        "LH-1",
        "items.exercise",
        "lateral-hip mode only",
    ),
    "routine slug twice": (SHORT, '"roll-short"', '"roll-full"', "slug", "already used"),
    "programme twice": ("programmes/stretch.toml", '"stretch"', '"activate"', "slug", "already"),
    "step number twice": ("programmes/stretch.toml", "number = 2", "number = 1", "number", "'1'"),
    "source twice": ("sources.toml", '"behm-2020"', '"behm-2016"', "key", "'behm-2016'"),
    "DOI that is none": ("sources.toml", 'doi = "10.1519', 'doi = "doi:', "source[2].doi", "docs"),
    "claim of a programme": (
        "programmes/stretch.toml",
        '"garber-2011"',
        '"garber-3011"',
        "claims[0].source",
        "'garber-3011' is unknown",
    ),
    "rule with a number that is not there": (
        "rules/activation.toml",
        "{reps_min}",
        "{repmin}",
        "text",
        "'repmin'",
    ),
    "rule range upside down": (
        "rules/activation.toml",
        "reps_max = 10",
        "reps_max = 7",
        "reps_max",
        "is below reps_min",
    ),
    "exercise slug twice": (
        BRIDGE,
        '"double-leg-bridge"',
        '"glute-squeeze"',
        "slug",
        "already used",
    ),
    "a correction number twice": (
        "why.toml",
        "number = 2",
        "number = 1",
        "corrections.number",
        "'1'",
    ),
    "place that limits nothing known": (
        "safety.toml",
        '"FR-02"',
        '"FR-20"',
        "places[2].limit",
        "FR-20",
    ),
    "place that hides nothing known": (
        "safety.toml",
        '"AC-05"',
        '"AC-50"',
        "places[5].hide",
        "AC-50",
    ),
    "anatomy of an unknown muscle": (
        "why.toml",
        '["tfl",',
        '["tlf",',
        "anatomy[2].muscles",
        "'tlf'",
    ),
}

POSED = {
    "a part that nobody has": ('anchor = ["upper-back"]', 'anchor = ["tail"]', "anchor", "'tail'"),
    "a part without its side": ('touch = ["head"]', 'touch = ["knee"]', "touch", "knee_l"),
    "a surface that is not there": ('["head"]', '["head@pillow"]', "touch", "of floor, mat"),
    "a key that is not there": ('["head"]', '["head#9"]', "touch", "'9' is unknown"),
    "a pin on nothing": ('foot_l = "floor"', 'foot_l = "moon"', "pins.foot_l", "'moon'"),
    "a pin of no limb": ('foot_l = "floor"', 'foot = "floor"', "pins", "foot_l, foot_r"),
    "an unknown thing": ('kind = "mat"', 'kind = "rug"', "props[0].kind", "of: mat, roller"),
    "a band that nothing holds": ('"mat", at = [-4, 0]', '"loop-band"', "props[0].on", "thigh"),
    "a strap round a tail": ('"mat", at', '"strap", on = ["tail"], at', "props[0].on", "'tail'"),
    "a version on nothing": (
        'foot_r = "floor" }\nkeys',
        'foot_r = "moon" }\nkeys',
        "harder.pins.foot_r",
        "'moon'",
    ),
    "an unknown base": ('"supine"', '"afloat"', "base", "of: standing, supine"),
}


@pytest.mark.parametrize(("old", "new", "key", "reason"), POSED.values(), ids=POSED)
def test_a_figure_that_names_what_is_not_there_is_refused(
    tree: Path, old: str, new: str, key: str, reason: str
) -> None:
    path = tree / BRIDGE
    head, posed = path.read_text(encoding="utf-8").split("[figure]", 1)
    path.write_text(f"{head}[figure]{posed.replace(old, new, 1)}", encoding="utf-8")
    with pytest.raises(ContentError) as refusal:
        load_library(tree)
    assert refusal.value.key == f"figure.{key}"
    assert reason in refusal.value.reason


@pytest.mark.parametrize(("file", "old", "new", "key", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_with_file_key_and_reason(
    break_file: Break, file: str, old: str, new: str, key: str, reason: str
) -> None:
    error = break_file(file, old, new)
    assert str(error).startswith(f"dbsapp/content/{file}: {key}: ")
    assert reason in error.reason


@pytest.mark.parametrize("count", [3, 7])
def test_an_exercise_has_four_to_six_cues(tree: Path, count: int) -> None:
    path = tree / BRIDGE
    head, rest = path.read_text(encoding="utf-8").split("cues = [", 1)
    cues = ", ".join(['"Breathe."'] * count)
    path.write_text(f"{head}cues = [{cues}]\n{rest.split(']', 1)[1]}", encoding="utf-8")
    with pytest.raises(
        ContentError, match=r"double-leg-bridge.toml: cues: .*(at least 4|at most 6)"
    ):
        load_library(tree)


def test_a_blocked_exercise_needs_a_swap(tree: Path) -> None:
    path = tree / FIGURE_4
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(x for x in lines if not x.startswith("swap")), encoding="utf-8")
    with pytest.raises(ContentError, match=r"lateral_hip.swap: is empty; name what replaces it"):
        load_library(tree)


def test_an_id_or_slug_is_used_once(tree: Path) -> None:
    text = (tree / BRIDGE).read_text(encoding="utf-8")
    (tree / "exercises/ac-02-second.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"ac-02-second.toml: id: 'AC-02' is already used in"):
        load_library(tree)


@pytest.mark.parametrize("file", ["muscles.toml", "why.toml", "programmes/stretch.toml"])
def test_a_missing_file_is_named(tree: Path, file: str) -> None:
    (tree / file).unlink()
    with pytest.raises(ContentError, match=f"dbsapp/content/{file}: file: is missing; add it"):
        load_library(tree)


def test_a_file_that_is_not_utf_8_is_named(tree: Path) -> None:
    (tree / "why.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(ContentError, match=r"why.toml: file: is not UTF-8 text"):
        load_library(tree)


def test_a_routine_needs_an_exercise(tree: Path) -> None:
    path = tree / SHORT
    head = path.read_text(encoding="utf-8").split("items")[0]
    path.write_text(head + "items = []\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"roll-short.toml: items: is empty"):
        load_library(tree)


def test_a_routine_that_loses_its_step_in_lateral_hip_mode_is_refused(tree: Path) -> None:
    path = tree / SHORT
    head = path.read_text(encoding="utf-8").split("items")[0]
    path.write_text(head + 'items = [{ exercise = "FR-08" }]\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"roll-short.toml: items: leave nothing of this step"):
        load_library(tree)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("sets = 2", "sets = 3", "dose.sets"),
        ("reps = 8", "reps = 7", "dose.reps"),
        ("reps_max = 10", "reps_max = 12", "dose.reps"),
        ("rest_s = 5", "rest_s = 20", "dose.rest_s"),
    ],
)
def test_an_activation_dose_obeys_the_rules_of_step_3(
    break_file: Break, old: str, new: str, key: str
) -> None:
    error = break_file(BRIDGE, old, new)
    assert error.key == key
    assert "rules/activation.toml" in error.reason


def test_step_3_has_no_holds(tree: Path) -> None:
    path = tree / BRIDGE
    head, rest = path.read_text(encoding="utf-8").split("[dose]", 1)
    hold = 'kind = "hold"\nsets = 2\nhold_s = 30\nrest_s = 5\nsource = "our-default"\nmark = "D"\n'
    path.write_text(f"{head}[dose]\n{hold}\n[lateral_hip]{rest.split('[lateral_hip]')[1]}", "utf-8")
    with pytest.raises(ContentError, match=r"dose.kind: must be 'reps' in step 3"):
        load_library(tree)
