"""The public pages of the plan: the same bytes for everybody."""

from typing import TypeVar

from flask import Blueprint, Response, abort, current_app, render_template

from dbsapp.content import Library
from dbsapp.content.hip import found_by
from dbsapp.plan import figures, jsonld, queries, wording
from dbsapp.pwa.publish import published

bp = Blueprint("plan", __name__)
T = TypeVar("T")

for word in (*wording.FILTERS, *figures.FILTERS):
    bp.add_app_template_filter(word)


def _library() -> Library:
    library: Library = current_app.extensions["library"]
    return library


def _one(of: dict[str, T], slug: str) -> T:
    return of[slug] if slug in of else abort(404)


@bp.get("/")
@published
def home() -> str:
    """Show the plan at a glance, with one clear first step."""
    library = _library()
    first = next(iter(library.routines.values()))
    return render_template("plan/home.html", first=first, needs=queries.equipment_of(first))


@bp.get("/why")
@published
def why() -> str:
    """Say what dead butt syndrome is and is not, and set the article right."""
    return render_template("plan/why.html", why=_library().why)


@bp.get("/steps/<slug>")
@published
def step(slug: str) -> str:
    """Show one of the four steps with all its exercises."""
    one = _one(_library().steps, slug)
    rules = queries.rules_with_sources(_library(), one)
    return render_template("plan/step.html", step=one, rules=rules)


@bp.get("/exercises/")
@published
def exercises() -> str:
    """List all exercises; the page filters itself in the browser."""
    library = _library()
    words = {slug: queries.search_words(library, e) for slug, e in library.exercises.items()}
    muscles = {slug: found_by(library.hip, e) for slug, e in library.exercises.items()}
    options = queries.filter_options(library)
    return render_template("plan/exercises.html", options=options, words=words, muscles=muscles)


@bp.get("/exercises/<slug>")
@published
def exercise(slug: str) -> str:
    """Show one exercise whole."""
    library = _library()
    one = _one(library.exercises, slug)
    return render_template(
        "plan/exercise.html",
        exercise=one,
        step=library.steps[one.step],
        neighbours=queries.neighbours(library, one),
        routines=queries.routines_with(library, one),
        thing=jsonld.script_text(
            jsonld.exercise_thing(one, library.equipment, current_app.config["SITE_URL"])
        ),
    )


@bp.get("/muscles/<slug>")
@published
def muscle(slug: str) -> str:
    """Show one region of the hip map, with what trains it; the finder's answer without script."""
    library = _library()
    one = _one(library.hip.by_slug, slug)
    first, second = queries.exercises_for(library, one)
    return render_template("plan/muscle.html", region=one, first=first, second=second)


@bp.get("/routines/")
@published
def routines() -> str:
    """List all routines, step by step, each beside its gentler version."""
    return render_template("plan/routines.html")


@bp.get("/routines/<slug>")
@published
def routine(slug: str) -> str:
    """Show one routine in order, with a way to start it."""
    library = _library()
    one = _one(library.routines, slug)
    return render_template(
        "plan/routine.html",
        routine=one,
        step=library.steps[one.step],
        counterpart=library.routines[one.counterpart] if one.counterpart else None,
        needs=queries.equipment_of(one),
        thing=jsonld.script_text(jsonld.routine_thing(one, current_app.config["SITE_URL"])),
    )


@bp.get("/safety")
@published
def safety() -> str:
    """Say when to stop and whom to ask."""
    return render_template("plan/safety.html", safety=_library().safety)


@bp.get("/sources")
@published
def sources() -> str:
    """List each source once, with how well we know it and who cites it."""
    return render_template("plan/sources.html", cited_by=queries.cited_by(_library()))


@bp.get("/content.json")
@published
def content() -> Response:
    """Answer with the plan as data, which the phone keeps."""
    return Response(_library().publish(), content_type="application/json")


@bp.get("/poses.json")
@published
def poses() -> Response:
    """Answer with the poses of all figures, which the player fetches once a routine runs."""
    return Response(_library().publish_poses(), content_type="application/json")
