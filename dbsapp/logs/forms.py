"""The form of a session, for the phone and for the pages that work without JavaScript.

Every limit is that of `kinds.py`. Limits and sentences travel in the fields' attributes, so the
phone refuses the same things in the same words as the server does.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import UUID, AnyOf, InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from dbsapp.content import Library
from dbsapp.logs.kinds import limits
from dbsapp.logs.values import NAMES, SOMETHING_ELSE, Values, to_values
from dbsapp.sync.protocol import MAX_NUMBER

LIMITS = limits()["session"]
FIRST_DAY = dt.date.fromisoformat(LIMITS["date"]["min"])
SIDES = {"": "No side", "L": "Left", "R": "Right", "both": "Both"}
CHOOSE = "Choose one from the list."
CHOOSE_ROUTINE = "Choose a routine from the list, or “Something else”."
CHOOSE_DAY = f"Choose the day you did it: from {FIRST_DAY.year} on, tomorrow at the latest."


class WholeNumber(IntegerField):
    """An integer whose bad input is answered with the sentence of its limits."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take digits only; what was typed stays in `raw_data`, and so on the page."""
        if not valuelist:
            return
        self.data = None
        if not re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*", valuelist[0]):
            raise ValueError((self.render_kw or {})["data-error"])
        self.data = int(valuelist[0])


class Day(DateField):
    """A date whose bad input is answered with the sentence of its limits."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a real day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(CHOOSE_DAY) from None


def _number(label: str, key: str, hint: str = "", *, required: bool = False) -> WholeNumber:
    low, high = LIMITS[key]["min"], LIMITS[key]["max"]
    sentence = f"Use a whole number from {low:,} to {high:,}."
    return WholeNumber(
        label,
        [InputRequired(sentence) if required else Optional(), NumberRange(low, high, sentence)],
        description=hint,
        render_kw={"inputmode": "numeric", "data-error": sentence},
    )


def _text(kind: type[StringField], label: str, key: str, hint: str = "") -> StringField:
    """Return a text field; it has no `maxlength`, with which a browser cuts a paste in silence."""
    most: int = LIMITS[key]["max_length"]
    sentence = f"Use at most {most:,} characters."
    return kind(
        label,
        [_at_most(most, sentence)],
        filters=[_tidied],
        description=hint,
        render_kw={"data-max-length": most, "data-error": sentence},
    )


def _tidied(typed: str | None) -> str:
    """Count a line end once, and put U+FFFD for NUL, which PostgreSQL refuses in JSON."""
    return (typed or "").replace("\r\n", "\n").replace("\0", "\ufffd")


def _at_most(most: int, sentence: str) -> Callable[[FlaskForm, Field], None]:
    def check(_form: FlaskForm, field: Field) -> None:
        if len(field.data) > most:
            raise ValidationError(sentence)

    return check


def _sensible_day(_form: FlaskForm, field: Field) -> None:
    """Refuse days before 1970 and after tomorrow, wherever on earth the rider is (UTC+14)."""
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(hours=14 + 24)
    if not field.data or not FIRST_DAY <= field.data <= tomorrow.date():
        raise ValidationError(CHOOSE_DAY)


class SessionForm(FlaskForm):  # type: ignore[misc]
    """A session as a rider types it."""

    routine = SelectField("Routine", validate_choice=False)
    date = Day(
        "Date",
        [InputRequired(CHOOSE_DAY), _sensible_day],
        render_kw={"min": FIRST_DAY.isoformat(), "data-error": CHOOSE_DAY},
    )
    minutes = _number("Minutes", "minutes", required=True)
    effort = _number("Effort (0–10)", "effort", "0 is lying there, 10 is all you had.")
    pain_peak = _number("Pain during (0–10)", "pain_peak", "The worst it got. 0 is none.")
    pain_before = _number("Pain before (0–10)", "pain_before", "0 is none.")
    pain_site = _text(StringField, "Where it hurt", "pain_site", "Outer hip, low back, knee …")
    pain_side = SelectField(
        "Which side",
        [AnyOf(list(SIDES), CHOOSE)],
        choices=[SelectChoice(value, word) for value, word in SIDES.items()],
        validate_choice=False,
        default="",
        render_kw={"data-error": CHOOSE, "data-choices": " ".join(SIDES)},
    )
    felt_glutes = _number(
        "Felt your glutes (0–10)", "felt_glutes", "0 is nobody home, 10 is wide awake."
    )
    notes = _text(TextAreaField, "Notes", "notes")

    def __init__(
        self, library: Library, was: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """Offer the routines of `library`, and that of `was`, the session being edited."""
        super().__init__(data=_typed(to_values(was)) if was else None, **kwargs)
        self.names = {slug: one.name for slug, one in library.routines.items()}
        if was and was.get("routine"):
            self.names.setdefault(was["routine"], was.get("routine_name") or was["routine"])
        allowed = [*self.names, SOMETHING_ELSE]
        self.routine.validators = [InputRequired(CHOOSE_ROUTINE), AnyOf(allowed, CHOOSE_ROUTINE)]
        self.routine.choices = self._choices(library)
        self.routine.render_kw = {
            "required": True,
            "data-error": CHOOSE_ROUTINE,
            "data-choices": " ".join(allowed),
        }

    @property
    def values(self) -> Values:
        """Return what was typed, once it has been validated."""
        typed = {name: self[name].data for name in NAMES}
        return {name: "" if value is None else str(value) for name, value in typed.items()}

    def _choices(self, library: Library) -> list[SelectChoice]:
        """Group the routines by step; whatever else was chosen stays visible at the end."""
        steps = {slug: step.name for slug, step in library.steps.items()}
        choices = [SelectChoice("", "Choose a routine")]
        choices += [
            SelectChoice(one.slug, one.name, optgroup=name)
            for step, name in steps.items()
            for one in library.routines.values()
            if one.step == step
        ]
        chosen = self.routine.data or SOMETHING_ELSE
        if chosen != SOMETHING_ELSE and chosen not in library.routines:
            choices.append(SelectChoice(chosen, self.names.get(chosen, chosen), optgroup="Other"))
        return [*choices, SelectChoice(SOMETHING_ELSE, "Something else", optgroup="Other")]


class PlainSessionForm(SessionForm):
    """The form on the plain pages: it knows which revision it shows, and that it is sent once."""

    mutation_id = HiddenField(default=lambda: str(uuid.uuid4()), validators=[UUID()])
    base_rev = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(min=0, max=MAX_NUMBER)]
    )

    def __init__(
        self,
        library: Library,
        was: Mapping[str, Any] | None = None,
        base_rev: int | None = None,
        **kwargs: Any,
    ) -> None:
        """Show `was`, which the entry said at `base_rev`."""
        super().__init__(library, was, **kwargs)
        if self.base_rev.data is None:
            self.base_rev.data = base_rev


def _typed(values: Values) -> dict[str, Any]:
    """Return the values as the fields take them."""
    filled: dict[str, Any] = {name: value for name, value in values.items() if value}
    if "date" in filled:
        filled["date"] = dt.date.fromisoformat(values["date"])
    return filled
