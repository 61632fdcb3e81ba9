"""Describe exercises and routines to search engines, in the words of schema.org."""

import json
from typing import Any

from markupsafe import Markup

from dbsapp.content.model import Exercise, Item, Routine

Thing = dict[str, Any]


def exercise_thing(exercise: Exercise, equipment: dict[str, str], site_url: str) -> Thing:
    """Return an exercise as a HowTo; `site_url` is empty where the site's address is unknown."""
    steps = [exercise.setup, *exercise.cues]
    return {
        "@context": "https://schema.org",
        "@type": "HowTo",
        "name": exercise.name,
        "description": exercise.summary,
        "totalTime": f"PT{exercise.duration_s}S",
        "tool": [{"@type": "HowToTool", "name": equipment[key]} for key in exercise.equipment],
        "step": [{"@type": "HowToStep", "text": text} for text in steps],
        **_address(site_url, f"/exercises/{exercise.slug}"),
    }


def routine_thing(routine: Routine, site_url: str) -> Thing:
    """Return a routine as an ExercisePlan with its exercises in order."""
    return {
        "@context": "https://schema.org",
        "@type": "ExercisePlan",
        "name": routine.name,
        "description": routine.summary,
        "exerciseType": routine.step.replace("-", " "),
        "activityDuration": f"PT{routine.duration_s}S",
        "hasPart": [_part(item, site_url) for item in routine.items],
        **_address(site_url, f"/routines/{routine.slug}"),
    }


def script_text(thing: Thing) -> Markup:
    """Return JSON that is safe inside a script element: no `<` can end it early."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704


def _part(item: Item, site_url: str) -> Thing:
    exercise = item.exercise
    address = _address(site_url, f"/exercises/{exercise.slug}")
    return {
        "@type": "HowTo",
        "name": exercise.name,
        "totalTime": f"PT{item.duration_s}S",
        **address,
    }


def _address(site_url: str, path: str) -> Thing:
    return {"url": site_url + path} if site_url else {}
