"""Every model of the application, so that metadata, migrations and mappers are complete."""

from app.accounts import models as _accounts  # noqa: F401
from app.core import chores as _chores  # noqa: F401
from app.core import heartbeat as _heartbeat  # noqa: F401
from app.journey.auditing import models as _auditing  # noqa: F401
from app.journey.drafting import models as _drafting  # noqa: F401
from app.journey.handoff import models as _handoff  # noqa: F401
from app.journey.handoff.reconciling import models as _reconciling  # noqa: F401
from app.journey.imaging import models as _imaging  # noqa: F401
from app.journey.notifying import models as _notifying  # noqa: F401
from app.journey.review import models as _review  # noqa: F401
from app.listings import models as _listings  # noqa: F401
from app.surfaces.seller.many import models as _many  # noqa: F401
from app.taxonomy import models as _taxonomy  # noqa: F401
