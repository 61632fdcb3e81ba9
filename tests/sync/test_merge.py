"""The merge of two changes: the cases of the contract, and what holds for any documents."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbsapp.sync.merge import Merged, changed, merge_delete, merge_patch, patched, same

CASES = json.loads((Path(__file__).parents[1] / "contract" / "merge.json").read_text())
VALUES = st.none() | st.booleans() | st.integers(0, 3) | st.just(1.0) | st.text("ab", max_size=2)
DOCS = st.dictionaries(st.sampled_from("abcd"), VALUES)
CHILD_LISTS = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("xyz"), "done": st.integers(0, 2)}),
    unique_by=lambda child: child["id"],
)


def merge(base: Any, theirs: Any, op: str, set: Any, unset: Any, children: Any) -> Merged:  # noqa: A002
    if op == "delete":
        return merge_delete(base, theirs)
    return merge_patch(base, theirs, set, unset, children)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_it_merges_as_the_contract_says(case: dict[str, Any]) -> None:
    assert merge(**case["input"])._asdict() == case["expected"]


@given(base=DOCS, theirs=DOCS, ours=DOCS)
def test_it_loses_no_value_that_anybody_wrote(base: Any, theirs: Any, ours: Any) -> None:
    doc, lost = merge_patch(base, theirs, changed(base, ours))
    assert doc is not None
    for key in {*base, *theirs, *ours}:
        mine, now = ours.get(key), theirs.get(key)
        if not same(mine, base.get(key)):
            assert same(doc.get(key), mine)
            kept = same(now, mine) or same(now, base.get(key)) or same((lost or {}).get(key), now)
            assert kept
        else:
            assert same(doc.get(key), now)


@given(base=DOCS, ours=DOCS, theirs=DOCS)
def test_it_gives_the_same_when_it_comes_twice(base: Any, ours: Any, theirs: Any) -> None:
    patch = changed(base, ours)
    once = merge_patch(base, theirs, patch).doc
    assert same(merge_patch(once, once, patch).doc, once)


@given(before=DOCS, after=DOCS)
def test_a_difference_turns_one_document_into_the_other(before: Any, after: Any) -> None:
    assert same(patched(before, changed(before, after)), patched(after, {}))


@given(base=CHILD_LISTS, theirs=CHILD_LISTS, ours=CHILD_LISTS)
def test_children_that_somebody_added_or_edited_are_still_there(
    base: Any, theirs: Any, ours: Any
) -> None:
    doc, lost = merge_patch({"s": base}, {"s": theirs}, {"s": ours}, children="s")
    kept = {child["id"]: child for child in (doc or {})["s"]} if doc and "s" in doc else {}
    assert len(kept) == len((doc or {}).get("s", []))
    losers = [child["id"] for child in (lost or {}).get("s", [])]
    for side in (theirs, ours):
        for child in side:
            if child not in base and not same(ours, base):
                assert child["id"] in kept
                assert same(kept[child["id"]], child) or child["id"] in losers or side is theirs
