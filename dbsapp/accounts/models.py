"""Riders: who may sign in."""

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from dbsapp.extensions import Model


class SignedIn:
    """What Flask-Login asks of a user, and their name on the wire."""

    id: Any
    session_token: Any
    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @property
    def public_id(self) -> str:
        """Return the id that the phone knows: `u_` and 32 hexadecimal digits."""
        return f"u_{self.id.hex}"

    def get_id(self) -> str:
        """Return what the session cookie holds: who it is, and which sign-ins still count."""
        return f"{self.id.hex}.{self.session_token}"


@dataclass
class KnownRider(SignedIn):
    """A rider of whom no more is known than a cookie says: all that the sync needs."""

    id: uuid.UUID
    session_token: str


class Rider(SignedIn, Model):
    """A person with an account.

    `session_token` is part of every cookie of theirs: a new one signs all their devices out.
    """

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    password_hash: Mapped[str] = mapped_column(sa.String(255))
    session_token: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))

    def sign_out_everywhere(self) -> None:
        """Make every cookie worthless that was given out so far."""
        self.session_token = secrets.token_urlsafe(32)


class DeletedRider(Model):
    """The bare id of an account that was deleted, so that its other devices can be told."""

    rider_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
