"""Which event makes which station act. Read this first.

`within` runs in the event's own transaction, before its commit; `after` rings doorbells once it is
committed and may be lost without harm. Auditing stands last in a row: it takes the place in the
listing's chain, and whoever holds that waits for nothing more (`auditing/chain.py`).
"""

from app.accounts.events import (
    MemberInvited,
    PasswordChanged,
    PersonForgotten,
    RecoveryAsked,
    ReviewingEnded,
    SellerSignedUp,
    SellerSuspended,
    SignUpRepeated,
    SuspensionLifted,
)
from app.core.events import Reaction
from app.journey.auditing import reacting as auditing
from app.journey.drafting import standing as drafting
from app.journey.handoff import actions as handoff
from app.journey.handoff.target import ring_targets
from app.journey.imaging import actions as imaging
from app.journey.imaging import rereading
from app.journey.imaging import tasks as imaging_bells
from app.journey.imaging.arrivals import actions as arrivals
from app.journey.imaging.arrivals import tasks as arrival_bells
from app.journey.imaging.arrivals.events import ArrivalSent
from app.journey.notifying import forgetting as notices
from app.journey.notifying import reacting as notifying
from app.journey.review import actions as review
from app.journey.review import appeals
from app.journey.review import claims as review_claims
from app.journey.review import suspending as review_suspending
from app.journey.review import sweep as review_sweep
from app.journey.review.events import VerdictHeld
from app.listings.actions import suspending, teaching
from app.listings.events import (
    AppealClosed,
    AppealMade,
    CaseClaimed,
    CategoryChanged,
    DeliveryParked,
    DeliveryRefused,
    ListingRetired,
    OffersApplied,
    PictureReceived,
    PictureRefused,
    PicturesChosen,
    SaleChanged,
    StockChanged,
    VerdictDecided,
    VerdictUndone,
    VersionApproved,
    VersionReturned,
    VersionSubmitted,
    VersionWithdrawn,
)

REACTIONS: tuple[Reaction, ...] = (
    Reaction(PictureReceived, after=(imaging_bells.ring_for,)),
    Reaction(
        CategoryChanged, within=(appeals.refuse_other_category, rereading.by_another_category)
    ),
    Reaction(PicturesChosen, within=(rereading.compare_anew,)),
    Reaction(ArrivalSent, after=(arrival_bells.ring_for,)),
    Reaction(PictureRefused, within=(notifying.tell_picture_refused,)),
    Reaction(
        VersionSubmitted,
        within=(
            arrivals.refuse_submission,
            review.open_case,
            appeals.close_for_newer,
            drafting.forget,
            auditing.submitted,
        ),
    ),
    Reaction(VersionWithdrawn, within=(review.close_case, auditing.withdrawn)),
    Reaction(CaseClaimed, within=(auditing.claimed,)),
    Reaction(VerdictDecided, within=(auditing.decided,)),
    Reaction(VerdictUndone, within=(auditing.undone,)),
    Reaction(ListingRetired, within=(appeals.close_put_away,)),
    Reaction(AppealMade, within=(auditing.appealed,)),
    Reaction(AppealClosed, within=(auditing.appeal_closed,)),
    Reaction(VerdictHeld, after=(review_sweep.apply_at_once,)),
    Reaction(
        VersionApproved,
        within=(
            imaging.publish,
            handoff.open_product_deliveries,
            notifying.tell_verdict,
            teaching.teach,
            auditing.applied,
        ),
        after=(ring_targets, notifying.ring_mail),
    ),
    Reaction(
        VersionReturned,
        within=(notifying.tell_verdict, auditing.applied),
        after=(notifying.ring_mail,),
    ),
    Reaction(OffersApplied, within=(handoff.open_offer_deliveries,), after=(ring_targets,)),
    Reaction(StockChanged, within=(handoff.open_stock_deliveries,), after=(ring_targets,)),
    Reaction(SaleChanged, within=(handoff.open_sale_deliveries,), after=(ring_targets,)),
    Reaction(
        DeliveryRefused, within=(notifying.tell_delivery_refused,), after=(notifying.ring_mail,)
    ),
    Reaction(
        DeliveryParked, within=(notifying.tell_delivery_parked,), after=(notifying.ring_mail,)
    ),
    Reaction(
        SellerSuspended,
        within=(suspending.recall_suspended, review_suspending.hold_back, notifying.tell_suspended),
        after=(notifying.ring_mail,),
    ),
    Reaction(
        SuspensionLifted,
        within=(suspending.resume_suspended, review_suspending.bring_back, notifying.tell_lifted),
        after=(notifying.ring_mail,),
    ),
    Reaction(ReviewingEnded, within=(review_claims.return_claims,)),
    Reaction(PersonForgotten, within=(notices.forget_person,)),
    # Accounts: mail alone.
    Reaction(SellerSignedUp, within=(notifying.tell_signed_up,), after=(notifying.ring_mail,)),
    Reaction(
        SignUpRepeated, within=(notifying.tell_sign_up_repeated,), after=(notifying.ring_mail,)
    ),
    Reaction(RecoveryAsked, within=(notifying.tell_recovery,), after=(notifying.ring_mail,)),
    Reaction(
        PasswordChanged, within=(notifying.tell_password_changed,), after=(notifying.ring_mail,)
    ),
    Reaction(MemberInvited, within=(notifying.tell_invited,), after=(notifying.ring_mail,)),
)
