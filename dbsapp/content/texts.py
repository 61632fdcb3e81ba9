"""Describe the rules and the pages of prose: activation, stopping, safety, why."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from dbsapp.content.model import Claim, ExerciseId, Mark, Slug, Strict, Text, Texts

Pain = Annotated[int, Meta(ge=0, le=10)]


class Rule(Strict, frozen=True, kw_only=True):
    """State one rule; its file writes `{name}` for a number, which reading fills in."""

    key: Slug
    text: Text
    source: Slug
    mark: Mark


class ActivationRules(Strict, frozen=True, kw_only=True):
    """Give step 3 its rules as numbers, and the sentences that are made of them."""

    sets: Annotated[int, Meta(ge=1, le=6)]
    reps_min: Annotated[int, Meta(ge=1, le=30)]
    reps_max: Annotated[int, Meta(ge=1, le=30)]
    rest_max_s: Annotated[int, Meta(ge=0, le=60)]
    effort_max: Pain
    gap_minutes: Annotated[int, Meta(ge=0, le=60)]
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]

    @property
    def numbers(self) -> dict[str, int]:
        """Return the numbers alone, by name."""
        return {n: getattr(self, n) for n in self.__struct_fields__ if n != "rules"}

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the sentences alone."""
        return tuple(rule.text for rule in self.rules)


class StopRule(Strict, frozen=True, kw_only=True):
    """Say when to stop, for every exercise alike; pain limits are 0-10, above them is stop.

    With any of `signs` the player ends the whole routine.
    """

    pain_max: Pain
    pain_max_lateral_hip: Pain
    text: Text
    text_lateral_hip: Text
    reasons: Texts
    signs: Texts
    expected: Text
    contraindications: Texts
    source: Slug
    mark: Mark


class Rules(Struct, frozen=True, kw_only=True):
    """Hold all rules together."""

    activation: ActivationRules
    stop: StopRule


class Level(Strict, frozen=True, kw_only=True):
    """Group the warning signs that ask for the same answer."""

    key: Literal["emergency", "soon", "assess"]
    name: Text
    when: Text
    card: Text
    todo: Text
    signs: Texts


class Question(Strict, frozen=True, kw_only=True):
    """Ask one readiness question; a yes leads to `advice`."""

    key: Slug
    text: Text


class Place(Strict, frozen=True, kw_only=True):
    """Answer where it hurts: what to do, and which exercises to leave out or keep small."""

    key: Slug
    place: Text
    advice: Text
    hide: tuple[ExerciseId, ...] = ()
    limit: tuple[ExerciseId, ...] = ()
    lateral_hip: bool = False
    refer: bool = False


class Passage(Strict, frozen=True, kw_only=True):
    """Put a heading over paragraphs."""

    title: Text
    paragraphs: Texts


class AgeGate(Strict, frozen=True, kw_only=True):
    """Say for which ages the plan is meant."""

    minimum: Annotated[int, Meta(ge=0, le=99)]
    text: Text
    young: Text
    source: Slug
    mark: Mark


class Safety(Strict, frozen=True, kw_only=True):
    """Hold what /safety shows and what the app asks before a first session."""

    intro: Text
    levels: Annotated[tuple[Level, ...], Meta(min_length=3, max_length=3)]
    ask_first: Texts
    readiness_intro: Text
    readiness_advice: Text
    readiness: Annotated[tuple[Question, ...], Meta(min_length=1)]
    places_intro: Text
    places: Annotated[tuple[Place, ...], Meta(min_length=1)]
    disclaimer: Passage
    age: AgeGate
    claims: tuple[Claim, ...] = ()


class Correction(Strict, frozen=True, kw_only=True):
    """Set one statement of the article right."""

    number: Annotated[int, Meta(ge=1)]
    statement: Text
    verdict: Text
    say: Text
    explain: Text
    evidence: tuple[Claim, ...] = ()


class Scene(Strict, frozen=True, kw_only=True):
    """Tell a part of the story with a view of the hip map; `primary`, `secondary` are regions."""

    title: Text
    text: Text
    view: Slug
    tone: Literal["ember", "teal", "quiet"] = "ember"
    primary: Annotated[tuple[Slug, ...], Meta(min_length=1)]
    secondary: tuple[Slug, ...] = ()
    claims: tuple[Claim, ...] = ()


class Anatomy(Strict, frozen=True, kw_only=True):
    """Explain one body part in plain words; `muscles` are keys of muscles.toml."""

    name: Text
    muscles: tuple[Slug, ...] = ()
    text: Text


class Education(Strict, frozen=True, kw_only=True):
    """Teach lateral-hip mode: why it is there, what helps, what we know."""

    title: Text
    paragraphs: Texts
    habits: Texts
    claims: tuple[Claim, ...] = ()


class Why(Strict, frozen=True, kw_only=True):
    """Hold what /why shows."""

    title: Text
    intro: Texts
    what_it_is: Passage
    what_it_is_not: Passage
    story_title: Text
    story_intro: Text
    scenes: Annotated[tuple[Scene, ...], Meta(min_length=1)]
    claims: tuple[Claim, ...] = ()
    balance: Claim
    corrections_intro: Text
    corrections: Annotated[tuple[Correction, ...], Meta(min_length=1)]
    lateral_hip: Education
    anatomy_intro: Text
    anatomy: Annotated[tuple[Anatomy, ...], Meta(min_length=1)]
