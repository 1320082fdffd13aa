"""What can be done to many listings at once, one module each; they never know each other."""

from app.surfaces.seller.many.acts import applying, copying, presets, prices, retiring, stocks
from app.surfaces.seller.many.plans import Act

ACTS: dict[str, Act] = {
    act.code: act
    for act in (prices.ACT, stocks.ACT, applying.ACT, presets.ACT, copying.ACT, retiring.ACT)
}
