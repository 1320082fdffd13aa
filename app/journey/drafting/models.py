"""What drafting keeps beside the papers of a listing."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, Json, db


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
    # What lists say of them, who need not read them all: see `keeping.Standing`.
    blocking: Mapped[int]
    advising: Mapped[int]
    score: Mapped[int]
    first: Mapped[str]

    __table_args__ = (
        # A seller's drafts by what is missing.
        Index("ix_draft_findings_standing", "seller_id", "blocking", "listing_id"),
    )


class Preset(db.Model):  # type: ignore[name-defined]
    """Saved parts of a listing, shared by the whole company: what `presets.KINDS` names.

    `content` is `{path: value}`. A deleted one is kept for a while, to be taken back.
    """

    id: Mapped[BigIntPK]
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"))
    kind: Mapped[str]
    name: Mapped[str]
    # Of the listing it came from.
    category_code: Mapped[str]
    content: Mapped[Json]
    created_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[CreatedAt]
    deleted_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("kind IN ('shipping','notice','listing')", name="kind"),
        Index(
            "uq_preset_seller_id_kind_name",
            "seller_id",
            "kind",
            "name",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )
