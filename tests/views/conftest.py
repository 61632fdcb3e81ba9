"""What tests of pages share."""

import pytest
from flask import Flask

from dbsapp.content import Library
from tests.views.plan_site import Page, read_site


@pytest.fixture(scope="session")
def library(kept_app: Flask) -> Library:
    """Return the plan that the pages show."""
    library: Library = kept_app.extensions["library"]
    return library


@pytest.fixture(scope="session")
def site(kept_app: Flask, library: Library) -> dict[str, Page]:
    """Return every public page of the plan by its path, read once: pages never change."""
    return read_site(kept_app.test_client(), library)
