"""What drafting keeps beside the papers of a listing."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, Json, db


class DraftFindings(db.Model):  # type: ignore[name-defined]
    """What the rules last had against a listing's draft: a shortcut, true only while both hold.

    `ground` names all that was judged by and beside the parts, `parts` their revisions. Findings
    are a function of the content; whoever finds another ground here computes them anew. `findings`
    is `{"beside": what stood beside the listing, in short, "found": [...]}`.
    """

    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    ground: Mapped[str]
    parts: Mapped[str]
    findings: Mapped[Json]
