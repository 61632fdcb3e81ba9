"""A routine's lateral-hip twin keeps, changes and replaces what the swap table says."""

import pytest
from msgspec.structs import replace

from dbsapp.content import ContentError, Library
from dbsapp.content.lateral_hip import derive
from dbsapp.content.model import Item, Routine

# Tag, and what may stand in or take over, of each row of the swap table.
SWAP_TABLE = {
    "FR-04": ("mod", ()),
    "FR-05": ("block", ("FR-03", "FR-02")),
    "FR-07": ("mod", ()),
    "FR-08": ("block", ("AC-01", "LH-1")),
    "ST-07": ("block", ("ST-01", "LH-1")),
    "ST-01": ("mod", ("ST-03",)),
    "ST-02": ("mod", ("ST-03",)),
    "ST-06": ("mod", ("ST-04",)),
    "ST-08": ("ok", ()),
    "AC-02": ("ok", ()),
    "AC-03": ("mod", ("LH-1", "AC-02")),
    "AC-04": ("mod", ("LH-2",)),
    "AC-07": ("ok", ()),
    "AC-08": ("mod", ()),
    "AC-09": ("mod", ()),
    "SG-07": ("mod", ()),
    "SG-01": ("mod", ()),
    "SG-03": ("mod", ()),
    "SG-04": ("mod", ("SG-02",)),
    "SG-05": ("mod", ()),
    "SG-06": ("block", ("SG-09", "SG-08")),
    "SG-10": ("mod", ("SG-02",)),
}
SAID = {
    "FR-07": "both feet down",
    "AC-02": "hip-width or wider",
    "AC-03": "thick pillow",
    "AC-04": "below horizontal",
    "AC-08": "level upward only",
    "AC-09": "closer than hip-width",
    "SG-03": "offset squat",
    "SG-04": "5–10 cm",
    "SG-05": "Two legs only",
}


def ids(routine: Routine) -> list[str]:
    return [item.exercise.id for item in routine.items]


def twin(library: Library, *exercises: str) -> Routine:
    items = tuple(Item(exercise=library.by_id[one]) for one in exercises)
    base = replace(library.routines["roll-short"], items=items)
    return derive("routines/test.toml", base, library.by_id, "Stop earlier.")


@pytest.mark.parametrize(("exercise", "row"), SWAP_TABLE.items())
def test_the_swap_table_is_in_the_tags(
    library: Library, exercise: str, row: tuple[str, tuple[str, ...]]
) -> None:
    data = library.by_id[exercise].lateral_hip
    assert (data.tag, data.swap) == row


def test_no_other_exercise_is_changed_or_blocked(library: Library) -> None:
    tagged = {one.id for one in library.by_id.values() if one.lateral_hip.tag != "ok"}
    assert tagged <= set(SWAP_TABLE)


@pytest.mark.parametrize(("exercise", "words"), SAID.items())
def test_the_modification_says_what_the_table_says(
    library: Library, exercise: str, words: str
) -> None:
    assert words in (library.by_id[exercise].lateral_hip.change or "")


def test_what_is_ok_stays_and_what_is_mod_stays_with_its_change(library: Library) -> None:
    items = twin(library, "FR-02", "FR-07").items
    assert [item.exercise.id for item in items] == ["FR-02", "FR-07"]
    assert items[0].change is None
    assert items[1].change == library.by_id["FR-07"].lateral_hip.change


def test_what_is_blocked_gives_way_to_its_swaps(library: Library) -> None:
    assert ids(twin(library, "FR-01", "FR-05")) == ["FR-01", "FR-03", "FR-02"]


def test_a_swap_that_is_there_already_does_not_come_twice(library: Library) -> None:
    assert ids(twin(library, "FR-02", "FR-05", "FR-03")) == ["FR-02", "FR-03"]
    assert ids(twin(library, "FR-02", "FR-08", "ST-07")) == ["FR-02", "AC-01", "LH-1", "ST-01"]


def test_a_stand_in_keeps_the_place_and_group_of_what_it_replaces(library: Library) -> None:
    items = (Item(exercise=library.by_id["SG-06"], group="warm-up"),)
    base = replace(library.routines["strength-a"], items=items)
    derived = derive("routines/test.toml", base, library.by_id, "Stop earlier.")
    assert [item.group for item in derived.items] == ["warm-up", "warm-up"]


def test_nothing_left_of_the_step_is_an_error(library: Library) -> None:
    with pytest.raises(ContentError, match=r"routines/test.toml: items: leave nothing"):
        twin(library, "FR-08")


def test_every_routine_has_a_twin_without_blocked_exercises(library: Library) -> None:
    bases = [one for one in library.routines.values() if not one.lateral_hip]
    assert len(library.routines) == 2 * len(bases) == 22
    for base in bases:
        assert base.counterpart is not None
        other = library.routines[base.counterpart]
        assert (other.base, other.counterpart, other.lateral_hip) == (base.slug, base.slug, True)
        assert len(set(ids(other))) == len(other.items) > 0
        assert all(item.exercise.lateral_hip.tag != "block" for item in other.items)


def test_a_twin_lowers_the_pain_limit_in_its_first_rule(library: Library) -> None:
    rules = library.routines["strength-a-lateral-hip"].rules
    assert "above 3 out of 10" in rules[0]
    assert rules[1:] == library.routines["strength-a"].rules
