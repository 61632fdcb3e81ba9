"""Describe how the mannequin does an exercise: the `[figure]` of its file, see docs/figures.md."""

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

Degrees = Annotated[float, Meta(ge=-360, le=360)] | Annotated[int, Meta(ge=-360, le=360)]
Centimetres = Annotated[float, Meta(ge=-300, le=300)] | Annotated[int, Meta(ge=-300, le=300)]
Angles = Degrees | tuple[Degrees, ...]
Place = tuple[Centimetres, ...]
Sentence = Annotated[str, Meta(min_length=10, max_length=140, pattern=r"\.$")]
Kind = Literal["mat", "roller", "ball", "wall", "step", "bench", "bed", "chair", "cushion",
               "pillow", "weight", "stick", "strap", "loop-band", "push"]  # fmt: skip
Base = Literal["standing", "supine", "prone", "side-l", "side-r"]
Works = Literal["both", "l", "r"]
Loop = Literal["there-and-back", "round", "roll"]


class _Brief(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Refuse keys that no one reads, and leave out of the JSON what is as usual."""


class Prop(_Brief, frozen=True, kw_only=True):
    """Place a thing: `at` [x, z, y] and sizes in cm, `turn` in degrees, `on` what holds it."""

    kind: Kind
    at: Place | None = None
    turn: Degrees | None = None
    h: Centimetres | None = None
    size: Place | None = None
    on: tuple[str, ...] | None = None
    rolls: Annotated[float, Meta(ge=0, le=1)] | None = None


class Pin(_Brief, frozen=True, kw_only=True):
    """Keep a hand or a foot on a surface, at [x, z] cm, pointing to `heading` degrees."""

    on: str = "floor"
    at: Place | None = None
    heading: Degrees | None = None


class Key(_Brief, frozen=True, kw_only=True):
    """Give joint angles in degrees; what a key leaves out is as in the key before it."""

    pelvis: Angles | None = None
    shift: Place | None = None
    spine: Angles | None = None
    lumbar: Angles | None = None
    thorax: Angles | None = None
    neck: Angles | None = None
    head: Angles | None = None
    girdle: Angles | None = None
    girdle_l: Angles | None = None
    girdle_r: Angles | None = None
    shoulder: Angles | None = None
    shoulder_l: Angles | None = None
    shoulder_r: Angles | None = None
    elbow: Angles | None = None
    elbow_l: Angles | None = None
    elbow_r: Angles | None = None
    wrist: Angles | None = None
    wrist_l: Angles | None = None
    wrist_r: Angles | None = None
    hip: Angles | None = None
    hip_l: Angles | None = None
    hip_r: Angles | None = None
    knee: Angles | None = None
    knee_l: Angles | None = None
    knee_r: Angles | None = None
    ankle: Angles | None = None
    ankle_l: Angles | None = None
    ankle_r: Angles | None = None
    toes: Angles | None = None
    toes_l: Angles | None = None
    toes_r: Angles | None = None
    heel: Angles | None = None
    heel_l: Angles | None = None
    heel_r: Angles | None = None
    move_foot_l: Place | None = None
    move_foot_r: Place | None = None
    move_hand_l: Place | None = None
    move_hand_r: Place | None = None
    free_foot_l: float | int | None = None
    free_foot_r: float | int | None = None
    free_hand_l: float | int | None = None
    free_hand_r: float | int | None = None
    push: Annotated[float, Meta(ge=-1, le=1)] | Annotated[int, Meta(ge=-1, le=1)] | None = None


Limb = Literal[
    "foot_l", "foot_r", "hand_l", "hand_r", "shank_l", "shank_r", "forearm_l", "forearm_r"
]


Keys = Annotated[tuple[Key, ...], Meta(min_length=1, max_length=8)]


class Variant(_Brief, frozen=True, kw_only=True):
    """Pose an easier or harder version: `shows` says what is seen; the rest is what differs.

    Its first key goes on from that of the figure, unless it lies otherwise (`base`).
    """

    shows: Sentence
    base: Base | None = None
    view: tuple[Degrees, Degrees] | None = None
    works: Works | None = None
    props: tuple[Prop, ...] | None = None
    anchor: Annotated[tuple[str, ...], Meta(max_length=2)] | None = None
    pins: dict[Limb, str | Pin] | None = None
    touch: tuple[str, ...] | None = None
    loop: Loop | None = None
    keys: Keys


class Figure(_Brief, frozen=True, kw_only=True):
    """Pose the mannequin: how it lies, what carries it, what it holds on to, its key poses."""

    start: Sentence
    end: Sentence
    base: Base = "standing"
    view: tuple[Degrees, Degrees] = (0, 12)
    works: Works | None = None
    props: tuple[Prop, ...] = ()
    anchor: Annotated[tuple[str, ...], Meta(max_length=2)] = ()
    pins: dict[Limb, str | Pin] = {}
    touch: tuple[str, ...] = ()
    loop: Loop = "there-and-back"
    keys: Keys
    easier: Variant | None = None
    harder: Variant | None = None
    also: Literal["easier", "harder"] | None = None

    @property
    def variants(self) -> dict[str, "Figure"]:
        """Return the whole figure of each posed version, by `easier` and `harder`."""
        given = {"easier": self.easier, "harder": self.harder}
        return {name: self._as(one) for name, one in given.items() if one}

    def _as(self, one: Variant) -> "Figure":
        changed = {name: value for name, value in asdict(one).items() if value is not None}
        shows, (first, *others) = changed.pop("shows"), one.keys
        if one.base is None:
            begun = {name: value for name, value in asdict(first).items() if value is not None}
            first = replace(self.keys[0], **begun)
        changed |= {"keys": (first, *others), "start": shows, "end": shows}
        return replace(self, **changed, easier=None, harder=None, also=None)
