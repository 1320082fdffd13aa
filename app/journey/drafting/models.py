"""What drafting keeps beside the papers of a listing."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, Json, db


class DraftFindings(db.Model):  # type: ignore[name-defined]
    """What the rules last had against a listing's draft: a shortcut, true only while both hold.

    `ground` names all that was judged by and beside the parts, `parts` their revisions. Findings
    are a function of the content; whoever finds another ground here computes them anew. `findings`
    is `{"beside": what stood beside the listing, in short, "found": [...]}`.
    """

    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"))
    ground: Mapped[str]
    parts: Mapped[str]
    findings: Mapped[Json]
    # What lists say of them, who need not read them all: see `standing.Standing`.
    blocking: Mapped[int]
    advising: Mapped[int]
    score: Mapped[int]
    first: Mapped[str]

    __table_args__ = (
        # A seller's drafts by what is missing.
        Index("ix_draft_findings_standing", "seller_id", "blocking", "listing_id"),
    )
