"""An easier or harder version is posed by what differs from its figure."""

from dbsapp.content.figure import Figure, Key, Variant

FIGURE = Figure(
    start="Standing tall, feet apart.",
    end="Hips back and down.",
    view=(30, 10),
    anchor=("heel_r",),
    keys=(Key(hip=3, knee=4), Key(hip=90, knee=95)),
    harder=Variant(shows="A weight at the chest.", keys=(Key(elbow=120), Key(hip=95))),
    easier=Variant(shows="Lying on the back.", base="supine", anchor=(), keys=(Key(hip=50),)),
)


def test_it_has_all_that_it_does_not_change() -> None:
    harder = FIGURE.variants["harder"]
    assert (harder.view, harder.anchor, harder.base) == ((30, 10), ("heel_r",), "standing")
    assert harder.variants == {}


def test_its_first_key_goes_on_from_that_of_the_figure() -> None:
    assert FIGURE.variants["harder"].keys == (Key(hip=3, knee=4, elbow=120), Key(hip=95))


def test_one_that_lies_otherwise_begins_afresh() -> None:
    easier = FIGURE.variants["easier"]
    assert (easier.base, easier.anchor, easier.keys) == ("supine", (), (Key(hip=50),))


def test_it_is_told_in_its_own_words() -> None:
    assert FIGURE.variants["easier"].start == "Lying on the back."
