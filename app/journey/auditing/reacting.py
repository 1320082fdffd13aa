"""Which deeds are on record, and what is written of each; in the deed's own transaction."""

from app.core.database import db
from app.journey.auditing import evidence
from app.journey.auditing.chain import append
from app.listings.events import (
    AppealClosed,
    AppealMade,
    CaseClaimed,
    VerdictDecided,
    VerdictUndone,
    VersionApproved,
    VersionReturned,
    VersionSubmitted,
    VersionWithdrawn,
)
from app.listings.models import Version


def submitted(event: VersionSubmitted) -> None:
    """The version as it is frozen, with all it is judged by."""
    version = _version(event.version_id)
    append(event.listing_id, "submitted", version.submitted_by, "seller", evidence.frozen(version))


def withdrawn(event: VersionWithdrawn) -> None:
    """The seller took the version back."""
    body = {"version": evidence.named(_version(event.version_id))}
    append(event.listing_id, "withdrawn", event.who, "seller", body)


def claimed(event: CaseClaimed) -> None:
    """A reviewer took the case, or took it over from one whose lease had run out."""
    body = {
        "version": evidence.named(_version(event.version_id)),
        "case": event.case_id,
        "held_before_by": event.held_before_by,
    }
    taken_over = event.held_before_by not in (None, event.who)
    deed = "taken-over" if taken_over else "claimed"
    append(event.listing_id, deed, event.who, "reviewer", body)


def decided(event: VerdictDecided) -> None:
    """The verdict with its reasons and both notes, held until an instant."""
    body = {
        "version": evidence.named(_version(event.version_id)),
        "case": event.case_id,
        "verdict": event.verdict,
        "reasons": event.reasons,
        "note": event.note,
        "inside_note": event.inside_note,
        "held_until": event.held_until,
    }
    append(event.listing_id, "decided", event.who, "reviewer", body)


def undone(event: VerdictUndone) -> None:
    """The reviewer took their verdict back while it was held."""
    body = {
        "version": evidence.named(_version(event.version_id)),
        "case": event.case_id,
        "verdict": event.verdict,
    }
    append(event.listing_id, "undone", event.who, "reviewer", body)


def applied(event: VersionApproved | VersionReturned) -> None:
    """The verdict took effect: what the seller was told, and what became of each item."""
    version = _version(event.version_id)
    body = {
        "version": evidence.named(version),
        "state": version.state,
        "decided_at": version.decided_at,
        "note": version.note,
        "reasons": evidence.findings(version.id, "reviewer"),
        "items": evidence.outcome(version),
    }
    role = "system" if event.who is None else "reviewer"
    append(event.listing_id, "applied", event.who, role, body)


def appealed(event: AppealMade) -> None:
    """The seller appealed a rejection, on these grounds."""
    body = {
        "version": evidence.named(_version(event.version_id)),
        "case": event.case_id,
        "grounds": event.grounds,
        "against": {"case": event.against, "decided_by": event.decided_by},
    }
    append(event.listing_id, "appealed", event.who, "seller", body)


def appeal_closed(event: AppealClosed) -> None:
    """Something newer, or the end of the listing, made the appeal pointless."""
    body = {
        "version": evidence.named(_version(event.version_id)),
        "case": event.case_id,
        "why": event.why,
    }
    append(event.listing_id, "appeal-closed", event.who, "seller", body)


def _version(version_id: int) -> Version:
    return db.session.get_one(Version, version_id)
