"""How money, numbers and times read in each language (the words of the design's section 5)."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core.clock import now
from app.settings import Settings, settings
from app.web.language import current_language, spoken

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
JUST_NOW = timedelta(minutes=1)
RELATIVE = timedelta(hours=24)


def number(value: Any) -> str:
    """`1,234`; what a person typed and nobody could read stays as typed."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def money(value: Any) -> str:
    """Won: `12,900원` or `₩12,900`; unreadable input stays as typed."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int):
        return str(value)
    amount = f"{abs(value):,}"
    sign = "-" if value < 0 else ""
    return f"{sign}{amount}원" if current_language() == "ko" else f"{sign}₩{amount}"


def day(value: date) -> str:
    """`2026. 11. 22.` or `22 Nov 2026`, in the market's zone."""
    local = _local(value) if isinstance(value, datetime) else value
    if current_language() == "ko":
        return f"{local.year}. {local.month}. {local.day}."
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def clock(value: datetime) -> str:
    """`14:05`, in the market's zone."""
    return _local(value).strftime("%H:%M")


def moment(value: datetime) -> str:
    """`2026. 11. 22. 14:05` or `22 Nov 2026, 14:05`."""
    comma = "" if current_language() == "ko" else ","
    return f"{day(value)}{comma} {clock(value)}"


def ago(value: datetime, at: datetime | None = None) -> str:
    """`3 min ago` within a day of *at* (now unless told), then the moment itself."""
    passed = (at or now()) - value
    if passed < timedelta(0) or passed >= RELATIVE:
        return moment(value)
    if passed < JUST_NOW:
        return _("just now")
    minutes = int(passed.total_seconds() // 60)
    if minutes < 60:
        return _("%(num)s min ago", num=minutes)
    return _("%(num)s h ago", num=minutes // 60)


def when(value: datetime | None) -> Markup:
    """A `<time>` that reads as `ago`, tells the moment on hover, and is refreshed by script."""
    if value is None:
        return Markup("")
    return _time(value, ago(value), Markup("data-relative"))


def at(value: datetime | None) -> Markup:
    """A `<time>` that reads as the moment itself."""
    return Markup("") if value is None else _time(value, moment(value))


def countdown(value: datetime, done: str = "") -> Markup:
    """A `<time>` counted down by script to `08:42`; without script `until 14:05:30`.

    It carries the instant at which it is drawn: the reader's clock may be minutes off. Both to the
    millisecond, so that it is over no sooner than what it counts down to.
    """
    text = _("until %(time)s", time=_local(value).strftime("%H:%M:%S"))
    drawn = now().isoformat(timespec="milliseconds")
    running = Markup('data-countdown data-now="{}" data-done="{}"').format(drawn, done)
    return _time(value, text, running, "milliseconds")


def span(value: timedelta) -> str:
    """A length of time in its two largest words: `41 min`, `3 h`, `2 days`."""
    minutes = max(0, int(value.total_seconds() // 60))
    if minutes < 60:
        return _("%(num)s min", num=minutes)
    if minutes < 48 * 60:
        return _("%(num)s h", num=round(minutes / 60))
    return ngettext("%(num)s day", "%(num)s days", round(minutes / 1440))


def due(value: datetime) -> Markup:
    """A `<time>` that says how far off the moment is: `3 h left`, `12 min over`."""
    left = value - now()
    if left > -JUST_NOW:
        return _time(value, _("%(span)s left", span=span(left)))
    return _time(value, _("%(span)s over", span=span(-left)))


def size(value: int) -> str:
    """Bytes as people read them: `312 KB`, `4.2 MB` (1 KB is 1,000 bytes)."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000)):,} KB" if value else "0 KB"
    return f"{value / 1_000_000:.1f} MB"


def _local(value: datetime) -> datetime:
    return value.astimezone(ZoneInfo(settings().time_zone))


def _time(
    value: datetime, text: str, attributes: Markup | str = "", exact: str = "seconds"
) -> Markup:
    stamp = value.astimezone(ZoneInfo("UTC")).isoformat(timespec=exact)
    return Markup('<time datetime="{}" title="{}" {}>{}</time>').format(
        stamp, moment(value), attributes, text
    )


def host(link: str) -> str:
    """`law.go.kr` of an https address elsewhere; '' for anything else: that is no link."""
    parts = urlsplit(link)
    return (parts.hostname or "").removeprefix("www.") if parts.scheme == "https" else ""


def init(app: Flask, settings: Settings) -> None:
    """Offer the filters to templates under their own names."""
    filters = (number, money, day, clock, moment, ago, when, at, countdown, span, due, size, host)
    app.jinja_env.filters.update({each.__name__: spoken(each) for each in filters})
