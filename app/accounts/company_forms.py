"""The forms of a company's facts: its own page, and an operator's acceptance of a number."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import AnyOf, Length, StopValidation

from app.accounts import business_number, mail_order
from app.accounts.forms import Form, Said, a_business_number, a_phone, an_email, clean, line
from app.core.words import Words

# What the law asks of an offer and that a company may still owe (전자상거래법 제13조).
ADVISED = {
    "representative": _l("Shoppers must be told who represents the company."),
    "address": _l("Shoppers must be told the company's address."),
    "mail_order_number": _l(
        "Shoppers must be told this number. Enter it, or choose below why there is none."
    ),
}
UNUSUAL = _l("%(value)s: most numbers look like 2024-서울강남-01234. Compare with the certificate.")


def not_both(form: FlaskForm, field: Field) -> None:
    """A validator: a report number, or the reason why there is none."""
    if field.data and form["mail_order_number"].data:
        raise StopValidation(str(_l("Enter the number or choose a reason, not both.")))


def _optional(longest: int) -> StringField:
    too_long = Length(max=longest, message=_l("Use at most %(max)d characters."))
    return StringField(filters=[clean], validators=[too_long])


class CompanyForm(Form):
    """Everything a company says of itself. The number's ten digits are in `digits`."""

    name = line(_l("Enter the company's name."), longest=100)
    business_number = line(
        _l("Enter the business registration number."), a_business_number, longest=40
    )
    representative = _optional(80)
    address = _optional(200)
    mail_order_number = _optional(60)
    mail_order_exempt = StringField(
        filters=[clean],
        validators=[
            AnyOf(("", *mail_order.EXEMPTIONS), message=_l("Choose from the list.")),
            not_both,
        ],
    )
    contact_name = line(_l("Enter a name."), longest=80)
    contact_email = line(_l("Enter an email address."), an_email, longest=254)
    contact_phone = line(_l("Enter a phone number we can reach you at."), a_phone, longest=40)
    digits = ""

    def facts(self) -> dict[str, str]:
        """What was typed, as it is kept."""
        typed = {name: str(self[name].data or "") for name in self.data if name != "csrf_token"}
        return typed | {
            "business_number": self.digits,
            "mail_order_number": mail_order.normalise(typed["mail_order_number"]),
        }

    def said(self, name: str) -> list[Said]:
        """What is wrong with one field; where nothing is, what it would do well to have."""
        wrong = super().said(name)
        advice = "" if wrong else self._advice(name)
        return [Said(advice, "advice")] if advice else wrong

    def _advice(self, name: str) -> str:
        value = str(self[name].data or "")
        if name == "mail_order_number" and value:
            number = mail_order.normalise(value)
            return "" if mail_order.is_usual(number) else str(UNUSUAL) % {"value": number}
        exempt = name == "mail_order_number" and self["mail_order_exempt"].data
        return "" if value or exempt or name not in ADVISED else str(ADVISED[name])


class AcceptanceForm(Form):
    """A registration number that fails its check, and why it passes all the same."""

    business_number = line(_l("Enter the business registration number."), longest=40)
    reason = line(_l("Write how you know that the number is right."), longest=300)
    digits = ""

    def validate_business_number(self, field: Field) -> None:
        """Ten digits, whatever their check says."""
        try:
            self.digits = business_number.normalise(field.data)
        except ValueError:
            raise StopValidation(
                str(_l("%(value)s: a registration number has ten digits, as 123-45-67890."))
                % {"value": field.data[:40]}
            ) from None


def shown(field: str, value: str) -> Words | str:
    """A fact of the company as people read it."""
    if field == "business_number" and value:
        return business_number.display(value)
    return mail_order.EXEMPTIONS.get(value, value) if field == "mail_order_exempt" else value
