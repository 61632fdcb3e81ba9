"""Alice with her phone and her laptop; Charlie, whom none of it concerns."""

import pytest
from flask import Flask

from tests.phones import Phone, sign_in, sign_up


@pytest.fixture
def alice(app: Flask) -> Phone:
    """Return Alice's phone."""
    return Phone(sign_up(app, "alice"))


@pytest.fixture
def laptop(app: Flask, alice: Phone) -> Phone:
    """Return Alice's laptop."""
    return Phone(sign_in(app, "alice"))


@pytest.fixture
def charlie(app: Flask) -> Phone:
    """Return Charlie's phone."""
    return Phone(sign_up(app, "charlie"))
