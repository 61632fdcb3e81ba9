"""The forms of an account. What was typed comes back after an error, except for passwords."""

from typing import Any

from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, PasswordField
from wtforms.validators import DataRequired, Email, Length, ValidationError

from dbsapp.accounts import passwords, service

EMAIL_NEEDED = DataRequired("Type your email address.")
EMAIL_FORM = Email("Type an email address such as alice@example.com.")
EMAIL_SHORT = Length(max=254, message="Use an address of at most 254 characters.")
PASSWORD_NEEDED = DataRequired("Type your password.")
CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password", "minlength": passwords.LEAST, "maxlength": passwords.MOST}
HINT = f"At least {passwords.LEAST} characters. A few words in a row do nicely."


def _email(autocomplete: str) -> EmailField:
    keys = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    checks = [EMAIL_NEEDED, EMAIL_FORM, EMAIL_SHORT]
    return EmailField("Email", checks, filters=[_stripped], render_kw=keys)


def _stripped(text: str | None) -> str | None:
    return text.strip() if text else text


class RegisterForm(FlaskForm):  # type: ignore[misc]
    """A new account."""

    email = _email("email")
    password = PasswordField(
        "Password",
        [DataRequired("Choose a password.")],
        description=HINT,
        render_kw=NEW,
    )

    def validate_password(self, field: Field) -> None:
        """Refuse a password that is too short or too common."""
        if fault := passwords.fault_of(field.data, self.email.data or ""):
            raise ValidationError(fault)


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Signing in."""

    email = _email("username")
    password = PasswordField("Password", [PASSWORD_NEEDED], render_kw=CURRENT)


class _OwnPasswordForm(FlaskForm):  # type: ignore[misc]
    """A form that asks a signed-in rider for the password once more."""

    password = PasswordField("Password", [PASSWORD_NEEDED], render_kw=CURRENT)

    def validate_password(self, field: Field) -> None:
        """Check that it is them."""
        if not service.check_password(current_user, field.data):
            raise ValidationError("That is not your password.")


class ChangePasswordForm(_OwnPasswordForm):
    """A new password in place of the current one."""

    new_password = PasswordField(
        "New password",
        [DataRequired("Choose a new password.")],
        description=HINT,
        render_kw=NEW,
    )

    def validate_new_password(self, field: Field) -> None:
        """Refuse a password that is too short or too common."""
        if fault := passwords.fault_of(field.data, current_user.email):
            raise ValidationError(fault)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.label.text = "Current password"


class DeleteAccountForm(_OwnPasswordForm):
    """The end of an account."""


class SignOutForm(FlaskForm):  # type: ignore[misc]
    """A button with its token."""
