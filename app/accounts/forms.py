"""The forms of accounts. An error stands beside its field; what was typed stays."""

from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import Length, StopValidation

from app.accounts import business_number, passwords, queries
from app.settings import settings
from app.web.language import current_language


@dataclass(frozen=True)
class Said:
    """An error in the shape that the field macros draw."""

    text: str
    severity: str = "blocks"

    def message(self, language: str) -> str:
        """The sentence, already in the reader's language."""
        return self.text

    def remedy(self, language: str) -> str:
        """Part of the sentence."""
        return ""


class Form(FlaskForm):
    """A form whose errors templates can draw: `form.said("email")`, `form.entries()`."""

    def said(self, name: str) -> list[Said]:
        """What is wrong with one field."""
        return [Said(str(error)) for error in self[name].errors]

    def entries(self) -> list[tuple[str, str]]:
        """(field, sentence) of everything wrong, for the summary."""
        return [(field.name, str(error)) for field in self for error in field.errors]

    def refuse(self, name: str, sentence: str) -> None:
        """Put *sentence* beside the field."""
        self[name].errors = [*self[name].errors, sentence]


def needed(message: Any) -> Any:
    """A validator: something must be there, else *message* and nothing more is said."""

    def check(form: FlaskForm, field: Field) -> None:
        if not field.data:
            raise StopValidation(str(message))

    return check


def an_email(form: FlaskForm, field: Field) -> None:
    """A validator: an address that mail could go to; not whether it does."""
    try:
        validate_email(field.data, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise StopValidation(
            str(_l("%(value)s: not an email address. Write it as name@company.com."))
            % {"value": field.data[:80]}
        ) from None


def a_business_number(form: FlaskForm, field: Field) -> None:
    """A validator: ten digits whose check fits or that staff accepted; `digits` has them."""
    try:
        digits = business_number.normalise(field.data)
    except ValueError:
        raise StopValidation(
            str(_l("%(value)s: a registration number has ten digits, as 123-45-67890."))
            % {"value": field.data[:40]}
        ) from None
    if not business_number.is_valid(digits) and queries.acceptance_of(digits) is None:
        sentence = _l(
            "%(value)s: the last digit does not fit. Compare with the certificate. If it says the"
            " same, write to %(address)s: Onshelf can accept the number."
        )
        params = {"value": business_number.display(digits), "address": settings().support_email}
        raise StopValidation(str(sentence) % params)
    form.digits = digits


def a_phone(form: FlaskForm, field: Field) -> None:
    """A validator: seven to fifteen digits (ITU-T E.164), however they are set apart."""
    digits = [c for c in field.data if c.isdigit()]
    others = {c for c in field.data if not c.isdigit()} - set("+-–() .")
    if others or not 7 <= len(digits) <= 15:
        raise StopValidation(
            str(_l("%(value)s: not a phone number. Write it as 02-1234-5678."))
            % {"value": field.data[:40]}
        )


def a_new_password(*known: str) -> Any:
    """A validator: a password that may be chosen; *known* fields give words a guesser would try."""

    def check(form: FlaskForm, field: Field) -> None:
        words = tuple(str(form[name].data or "") for name in known)
        refused = passwords.refusal(field.data, words + tuple(getattr(form, "known", ())))
        if refused:
            raise StopValidation(refused[0].text(current_language(), **refused[1]))

    return check


def clean(value: str | None) -> str:
    """A filter: one line, without blanks around it and characters that no column takes."""
    return " ".join((value or "").replace("\x00", "").split())


def _without_nul(value: str | None) -> str:
    return (value or "").replace("\x00", "")


def line(message: Any, *more: Any, longest: int) -> StringField:
    """A field of one line that must be there, at most *longest* characters."""
    too_long = Length(max=longest, message=_l("Use at most %(max)d characters."))
    return StringField(filters=[clean], validators=[needed(message), too_long, *more])


def _secret(message: Any, *more: Any) -> PasswordField:
    return PasswordField(filters=[_without_nul], validators=[needed(message), *more])


class SignInForm(Form):
    """Address and password."""

    email = line(_l("Enter your email address."), longest=254)
    password = _secret(_l("Enter your password."))


class SignUpForm(Form):
    """Person and company on one page."""

    name = line(_l("Enter your name."), longest=80)
    email = line(_l("Enter your email address."), an_email, longest=254)
    password = _secret(_l("Choose a password."), a_new_password("name", "email", "company"))
    company = line(_l("Enter the company's name."), longest=100)
    business_number = line(
        _l("Enter the business registration number."), a_business_number, longest=40
    )
    phone = line(_l("Enter a phone number we can reach you at."), a_phone, longest=40)
    digits = ""


class RecoveryForm(Form):
    """The address to mail a link to."""

    email = line(_l("Enter your email address."), an_email, longest=254)


class NewPasswordForm(Form):
    """A new password by a mailed link."""

    password = _secret(_l("Choose a password."), a_new_password())
    known: tuple[str, ...] = ()


class ChangePasswordForm(Form):
    """The present password and a new one."""

    present = _secret(_l("Enter your current password."))
    password = _secret(_l("Choose a password."), a_new_password())
    known: tuple[str, ...] = ()


class InvitationForm(Form):
    """Whom to ask to join."""

    email = line(_l("Enter an email address."), an_email, longest=254)


class JoinForm(Form):
    """An invited person without an account."""

    name = line(_l("Enter your name."), longest=80)
    password = _secret(_l("Choose a password."), a_new_password("name"))
    known: tuple[str, ...] = ()
