"""What the pages ask of the library."""

from dbsapp.content import load_library
from dbsapp.plan import queries

LIBRARY = load_library()


def test_neighbours_stay_within_the_step() -> None:
    rolls = LIBRARY.steps["foam-roll"].exercises
    first, last = (queries.neighbours(LIBRARY, rolls[i]) for i in (0, -1))
    assert (first.before, first.after) == (None, rolls[1])
    assert (last.before, last.after) == (rolls[-2], None)


def test_an_exercise_knows_its_routines() -> None:
    names = [r.slug for r in queries.routines_with(LIBRARY, LIBRARY.by_id["FR-02"])]
    assert names[:2] == ["roll-short", "roll-short-lateral-hip"]
    assert "stretch-full" not in names


def test_equipment_of_a_routine_is_named_once() -> None:
    needs = queries.equipment_of(LIBRARY.routines["roll-full"])
    assert "roller" in needs
    assert len(needs) == len(set(needs))


def test_the_finder_offers_only_what_some_exercise_has() -> None:
    options = queries.filter_options(LIBRARY)
    assert list(options["step"]) == list(LIBRARY.steps)
    used = {k for e in LIBRARY.exercises.values() for k in (*e.primary, *e.secondary)}
    assert set(options["muscle"]) == used
    assert list(options["equipment"].values()) == sorted(
        options["equipment"].values(), key=str.lower
    )


def test_search_words_hold_name_synonyms_id_and_muscle() -> None:
    words = queries.search_words(LIBRARY, LIBRARY.by_id["ST-01"])
    assert all(word in words for word in ("half-kneeling", "psoas stretch", "st-01", "iliopsoas"))


def test_a_source_knows_the_pages_that_cite_it() -> None:
    places = queries.cited_by(LIBRARY)
    assert set(places) == set(LIBRARY.sources)
    assert "/steps/stretch" in [place.href for place in places["winters-2004"]]


def test_only_the_rules_of_step_three_have_sources() -> None:
    sources = {
        slug: [rule is not None for _, rule in queries.rules_with_sources(LIBRARY, step)]
        for slug, step in LIBRARY.steps.items()
    }
    assert all(sources.pop("activate"))
    assert not any(flag for flags in sources.values() for flag in flags)
