"""What the station does about the events of others: rows of `journey/reactions.py`."""

from typing import Any, Protocol

from app.accounts import queries as people
from app.accounts.events import (
    MemberInvited,
    PasswordChanged,
    RecoveryAsked,
    SellerSignedUp,
    SellerSuspended,
    SignUpRepeated,
    SuspensionLifted,
)
from app.accounts.models import Invitation, Suspension
from app.accounts.suspension_reasons import REASONS
from app.core.celery import ring
from app.core.database import db
from app.core.words import Words
from app.journey.notifying.actions import add_to_waiting, notify, write_to
from app.journey.notifying.texts import TARGETS
from app.listings.events import PictureRefused, VersionApproved, VersionReturned
from app.listings.models import Listing, Picture, Version
from app.listings.queries import name_of, newest_version

# Pictures are dropped several at a time: one mail tells of all that are refused within this time.
PICTURES_TOGETHER_SECONDS = 60
NAMELESS = {"ko": "이름 없는 상품", "en": "unnamed product"}
VERDICTS = {
    "approved": "version-approved",
    "partly_approved": "version-approved-in-part",
    "rejected": "version-rejected",
    "changes_requested": "version-changes-requested",
}
ON_APPEAL = {
    "approved": "appeal-granted",
    "partly_approved": "appeal-granted-in-part",
    "rejected": "appeal-upheld",
    "changes_requested": "appeal-eased",
}


class DeliveryTrouble(Protocol):
    """A delivery that was refused or parked."""

    listing_id: int
    delivery_id: int
    target: str


def tell_verdict(event: VersionApproved | VersionReturned) -> None:
    """The seller's people hear of the verdict, or of how their appeal ended."""
    version = db.session.get_one(Version, event.version_id)
    code = (ON_APPEAL if event.appeal else VERDICTS)[version.state]
    params = _named(version) | {"reviewer_note": version.note}
    notify(_sellers_people(event.listing_id), code, params, _page(event.listing_id))


def tell_picture_refused(event: PictureRefused) -> None:
    """Whoever uploaded it hears of it; else the seller's people."""
    picture = db.session.get_one(Picture, event.picture_id)
    told = [picture.created_by] if picture.created_by else _sellers_people(event.listing_id)
    url = _page(event.listing_id)
    told_already = add_to_waiting(told, "picture-refused", url, "files", picture.file_name)
    params = _named(newest_version(event.listing_id)) | {"files": picture.file_name}
    rest = set(told) - told_already
    notify(rest, "picture-refused", params, url, wait_seconds=PICTURES_TOGETHER_SECONDS)


def tell_delivery_refused(event: DeliveryTrouble) -> None:
    """The seller's people and the operators hear that a target refused it."""
    _tell_trouble(event, "delivery-refused")


def tell_delivery_parked(event: DeliveryTrouble) -> None:
    """The seller's people and the operators hear that it stopped."""
    _tell_trouble(event, "delivery-parked")


def tell_signed_up(event: SellerSignedUp) -> None:
    """A word of welcome, so that a wrong address is noticed."""
    seller = people.seller(event.seller_id)
    notify([event.person_id], "welcome", {"company": seller.name if seller else ""}, "/")


def tell_suspended(event: SellerSuspended) -> None:
    """Everybody of the company hears what stopped, why, and what to do."""
    _tell_suspension(event, "company-suspended")


def tell_lifted(event: SuspensionLifted) -> None:
    """They hear that they sell again."""
    _tell_suspension(event, "suspension-lifted")


def _tell_suspension(event: SellerSuspended | SuspensionLifted, code: str) -> None:
    row = db.session.get_one(Suspension, event.suspension_id)
    reason = REASONS[row.reason]
    seller = people.seller_of(event.seller_id)
    params = {
        "company": seller.name,
        "reason": reason.label.as_dict(),
        "remedy": reason.remedy.as_dict(),
        # A sentence of its own after the others, or nothing.
        "note": f" {said}" if (said := row.lift_note if row.lifted_at else row.note) else "",
        "count": str(row.items_restored if row.lifted_at else row.items_recalled),
    }
    notify(people.ids_of_seller(event.seller_id), code, params, "/company")


def tell_sign_up_repeated(event: SignUpRepeated) -> None:
    """The person of the address hears of the attempt; who made it does not."""
    notify([event.person_id], "sign-up-repeated", {}, "/sign-in")


def tell_recovery(event: RecoveryAsked) -> None:
    """The link goes out; its token is made when the mail is sent."""
    notify([event.person_id], "recovery", {})


def tell_password_changed(event: PasswordChanged) -> None:
    """The person hears of it, in case it was somebody else."""
    notify([event.person_id], "password-changed", {}, "/recovery")


def tell_invited(event: MemberInvited) -> None:
    """The invitation goes out; its token is made when the mail is sent."""
    invitation = db.session.get_one(Invitation, event.invitation_id)
    seller = people.seller(invitation.seller_id)
    params = {"company": seller.name if seller else "", "invitation": str(invitation.id)}
    write_to(invitation.email, "invitation", params)


def ring_mail(event: Any) -> None:
    """Mail goes out now rather than at the next sweep."""
    ring("notifying.send")


def _tell_trouble(event: DeliveryTrouble, code: str) -> None:
    target = TARGETS.get(event.target)
    params = _named(newest_version(event.listing_id)) | {
        "target": target.as_dict() if target else event.target,
        "delivery": str(event.delivery_id),
    }
    notify(_sellers_people(event.listing_id), code, params, _page(event.listing_id))
    operators = people.ids_with_role("operator")
    notify(operators, f"{code}-operator", params, f"/operator/deliveries/{event.delivery_id}")


def _sellers_people(listing_id: int) -> list[int]:
    listing = db.session.get_one(Listing, listing_id)
    return people.ids_of_seller(listing.seller_id)


def _named(version: Version) -> dict[str, Any]:
    name = Words.of(name_of(version))
    return {"name": name.as_dict() if name.ko else NAMELESS}


def _page(listing_id: int) -> str:
    return f"/listings/{listing_id}"
