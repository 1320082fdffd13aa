"""What happens to accounts, as facts that mail follows."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class SellerSignedUp(Event):
    seller_id: int
    person_id: int


@dataclass(frozen=True)
class SignUpRepeated(Event):
    """Somebody signed up with the address of a person who has an account."""

    person_id: int


@dataclass(frozen=True)
class RecoveryAsked(Event):
    """The person, or somebody who knows the address, asked for a new password."""

    person_id: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    person_id: int


@dataclass(frozen=True)
class MemberInvited(Event):
    invitation_id: int


@dataclass(frozen=True)
class SellerSuspended(Event):
    """The company may not sell until that is lifted."""

    seller_id: int
    suspension_id: int


@dataclass(frozen=True)
class SuspensionLifted(Event):
    """The company may sell again."""

    seller_id: int
    suspension_id: int


@dataclass(frozen=True)
class ReviewingEnded(Event):
    """The person takes no cases of these queues: disabled, not a reviewer of them, away, gone."""

    person_id: int
    queues: tuple[str, ...]


@dataclass(frozen=True)
class PersonForgotten(Event):
    """Disabled long ago: the name and the address are gone."""

    person_id: int
