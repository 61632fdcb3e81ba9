"""Describe an exercise, a routine, a step and a source: the shapes of the content files."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from dbsapp.content import duration
from dbsapp.content.duration import Sides
from dbsapp.content.figure import Figure

Mark = Literal["V", "C", "M", "D"]
StepSlug = Literal["foam-roll", "stretch", "activate", "strengthen"]
Tag = Literal["ok", "mod", "block"]

Text = Annotated[str, Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], Meta(min_length=1)]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ExerciseId = Annotated[str, Meta(pattern=r"^((FR|ST|AC|SG)-[0-9]{2}|LH-[12])$")]
Said = Annotated[str, Meta(min_length=1, max_length=40)]
Summary = Annotated[str, Meta(min_length=40, max_length=160)]
Seconds = Annotated[int, Meta(ge=0, le=240)]
Tempo = Annotated[int, Meta(ge=0, le=10)]

MARKS: dict[Mark, str] = {
    "V": "seen in a copy of the source",
    "C": "recalled and cross-checked",
    "M": "from memory, not opened again yet",
    "D": "our default",
}


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Refuse keys that no one reads, so that a typing slip never passes for content."""


class Claim(Strict, frozen=True, kw_only=True):
    """Say one thing that a source supports, with how well we know it."""

    claim: Text
    source: Slug
    mark: Mark


class Emg(Strict, frozen=True, kw_only=True):
    """Give a muscle's mean activity in % of its best voluntary contraction."""

    muscle: Slug
    value: Annotated[int, Meta(gt=0, le=200)] | Annotated[float, Meta(gt=0, le=200)]
    sd: Annotated[int, Meta(ge=0, le=200)] | Annotated[float, Meta(ge=0, le=200)] | None = None
    detail: Text | None = None
    source: Slug
    mark: Mark


class _Dose(Strict, frozen=True, kw_only=True, tag_field="kind"):
    sets: Annotated[int, Meta(ge=1, le=6)]
    rest_s: Seconds
    note: Text | None = None
    source: Slug
    mark: Mark


class HoldDose(_Dose, frozen=True, kw_only=True, tag="hold"):
    """Hold a position for hold_s seconds in each set."""

    hold_s: Annotated[int, Meta(ge=5, le=120)]

    @property
    def kind(self) -> Literal["hold"]:
        """Name the kind as the files and the phone do."""
        return "hold"

    @property
    def work_s(self) -> int:
        """Return the seconds of one set on one side."""
        return self.hold_s


class RepsDose(_Dose, frozen=True, kw_only=True, tag="reps"):
    """Repeat at a tempo of seconds lifting, holding and lowering; the player counts `reps`."""

    reps: Annotated[int, Meta(ge=1, le=30)]
    reps_max: Annotated[int, Meta(ge=1, le=30)] | None = None
    tempo: tuple[Tempo, Tempo, Tempo]

    @property
    def kind(self) -> Literal["reps"]:
        """Name the kind as the files and the phone do."""
        return "reps"

    @property
    def work_s(self) -> int:
        """Return the seconds of one set on one side."""
        return self.reps * sum(self.tempo)


Dose = HoldDose | RepsDose


class LateralHip(Strict, frozen=True, kw_only=True):
    """Say what becomes of an exercise when the outside of the hip is sore.

    `ok` stays (`change` may add a word of care), `mod` stays with `change`, `block` goes and the
    exercises in `swap` come instead.
    """

    tag: Tag
    why: Text | None = None
    change: Text | None = None
    swap: tuple[ExerciseId, ...] = ()


class Exercise(Strict, frozen=True, kw_only=True):
    """Describe one exercise as its file does."""

    id: ExerciseId
    slug: Slug
    name: Text
    synonyms: tuple[Text, ...] = ()
    step: StepSlug
    key: bool = False
    optional: bool = False
    lateral_hip_only: bool = False
    summary: Summary
    primary: Annotated[tuple[Slug, ...], Meta(min_length=1)]
    secondary: tuple[Slug, ...] = ()
    equipment: tuple[Slug, ...]
    sides: Sides
    setup: Text
    cues: Annotated[tuple[Text, ...], Meta(min_length=4, max_length=6)]
    say: Said
    faults: Annotated[tuple[Text, ...], Meta(min_length=2, max_length=5)]
    easier: Text
    harder: Text
    stop: Texts
    dose: Dose
    lateral_hip: LateralHip
    emg: tuple[Emg, ...] = ()
    evidence: tuple[Claim, ...] = ()
    figure: Figure | None = None

    @property
    def duration_s(self) -> int:
        """Return the seconds the exercise takes, set-up included."""
        dose = self.dose
        return duration.duration_s(
            sets=dose.sets, work_s=dose.work_s, rest_s=dose.rest_s, sides=self.sides
        )

    @property
    def sides_count(self) -> int:
        """Return 2 when each side has sets of its own, else 1."""
        return duration.sides_count(self.sides)


class Item(Strict, frozen=True, kw_only=True):
    """Place an exercise in a routine; `change` is what lateral-hip mode asks of it."""

    exercise: Exercise
    group: Literal["warm-up"] | None = None
    change: str | None = None

    @property
    def dose(self) -> Dose:
        """Return the dose to be done here."""
        return self.exercise.dose

    @property
    def duration_s(self) -> int:
        """Return the seconds the item takes."""
        return self.exercise.duration_s


class Routine(Strict, frozen=True, kw_only=True):
    """List what is done in one go, in order.

    Every routine has a lateral-hip twin: `base` is the slug that a twin came from, `counterpart`
    the slug of the other one of the pair.
    """

    slug: Slug
    name: Text
    step: StepSlug
    summary: Text
    when: Text
    lateral_hip: bool = False
    base: str | None = None
    counterpart: str | None = None
    rules: tuple[str, ...] = ()
    items: tuple[Item, ...]

    @property
    def duration_s(self) -> int:
        """Return the seconds of all items together."""
        return sum(item.duration_s for item in self.items)

    @property
    def minutes(self) -> int:
        """Return the duration in whole minutes."""
        return duration.minutes(self.duration_s)


class Source(Strict, frozen=True, kw_only=True):
    """Name where a claim comes from, with no more than we know of it.

    `name` is short ("Behm 2020"), `about` says in our words what it is, `title` is the real one.
    """

    key: Slug
    name: Text
    authors: Text | None = None
    year: Annotated[int, Meta(ge=1950, le=2100)] | None = None
    title: Text | None = None
    about: Text
    journal: Text | None = None
    doi: Annotated[str, Meta(pattern=r"^10\.[0-9]{4,}/\S+$")] | None = None
    pmc: Annotated[str, Meta(pattern=r"^PMC[0-9]+$")] | None = None
    url: Annotated[str, Meta(pattern=r"^https://\S+$")] | None = None
    seen: Mark
    note: Text | None = None

    @property
    def href(self) -> str | None:
        """Return the best address to read it at, if one is known."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmc:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmc}/"
        return self.url


class WeeklyTarget(Strict, frozen=True, kw_only=True):
    """Aim at minutes per muscle and week (stretching)."""

    minutes_min: Annotated[int, Meta(ge=1, le=60)]
    minutes_max: Annotated[int, Meta(ge=1, le=60)]
    text: Text


class Programme(Strict, frozen=True, kw_only=True):
    """Introduce one of the four steps as its file does."""

    slug: StepSlug
    number: Annotated[int, Meta(ge=1, le=4)]
    name: Text
    tagline: Text
    why: Texts
    when: Text
    how_much: Text
    rules: tuple[Text, ...] = ()
    faults: tuple[Text, ...] = ()
    easier: Text | None = None
    harder: Text | None = None
    never: tuple[Text, ...] = ()
    weekly_target: WeeklyTarget | None = None
    claims: tuple[Claim, ...] = ()


class Step(Programme, frozen=True, kw_only=True):
    """Join a programme with its exercises and its routines (the base ones, each with a twin)."""

    exercises: tuple[Exercise, ...] = ()
    routines: tuple[Routine, ...] = ()
