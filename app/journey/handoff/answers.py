"""What a target answered, one answer a delivery. Whatever is unclear counts as *retry*.

Receivers deduplicate on the delivery's key, so asking again is always safe, and an outcome nobody
knows is asked again rather than guessed.
"""

from dataclasses import dataclass, field
from typing import Any

from app.core.words import Words

DELIVERED, SUPERSEDED, REFUSED, RETRY = "delivered", "superseded", "refused", "retry"

OUTCOMES = {
    "applied": DELIVERED,
    "duplicate": DELIVERED,
    "superseded": SUPERSEDED,
    "refused": REFUSED,
    "retry": RETRY,
}

# Our own words for answers that bring none.
CAUSES: dict[str, Words] = {
    "no-answer": Words("답이 없습니다.", "No answer."),
    "too-slow": Words("제때 답하지 않았습니다.", "The answer did not come in time."),
    "cut-off": Words(
        "답을 받기 전에 연결이 끊겼습니다.", "The connection ended before the answer came."
    ),
    "failed": Words("상대 시스템에서 오류가 났습니다.", "The system failed on its side."),
    "too-many": Words("잠시 뒤에 보내 달라고 합니다.", "It asks us to send later."),
    "not-let-in": Words(
        "주소나 서명을 받아들이지 않습니다. 설정을 확인하세요.",
        "It does not accept our address or signature. Check the settings.",
    ),
    "unreadable": Words("답을 읽을 수 없습니다.", "The answer cannot be read."),
    "sender-lost": Words(
        "보내던 작업이 끝나기 전에 멈췄습니다. 다시 보냅니다.",
        "The sending stopped before its end; it is sent again.",
    ),
    "left-out": Words("답에 이 건이 없습니다.", "The answer leaves this one out."),
    "not-accepted": Words("내용을 받아들이지 않았습니다.", "It did not accept the content."),
    "not-ready": Words("아직 받을 준비가 되지 않았습니다.", "It is not ready for this yet."),
}


@dataclass(frozen=True)
class Answer:
    """One delivery's answer. `items` are `{"item_id", "external_id"}`, `stock` one level."""

    outcome: str
    code: str = ""
    message: dict[str, str] | None = None
    external_id: str = ""
    url: str = ""
    items: tuple[dict[str, str], ...] = ()
    stock: dict[str, int] | None = None


@dataclass(frozen=True)
class Reply:
    """What one request came to.

    `failure` is the cause where the request failed as a whole (then every answer is the same);
    `hold` asks to leave the target in peace for so many seconds; `divide` asks to send each
    delivery alone from now on, because one of them may be what the target cannot take.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    failure: str = ""
    hold: float | None = None
    divide: bool = False

    def to(self, key: str) -> Answer:
        """The answer for one delivery's key."""
        return self.answers.get(key) or caused(RETRY, self.failure or "left-out")


def caused(outcome: str, code: str) -> Answer:
    """An answer in our own words."""
    words = CAUSES.get(code)
    return Answer(outcome, code, words.as_dict() if words else None)


def parse(body: Any) -> dict[str, Answer] | None:
    """Answers by key from a decoded answer body; None where it is not of the contract at all."""
    if not isinstance(body, dict) or not isinstance(body.get("results"), list):
        return None
    answers = (_one(raw) for raw in body["results"])
    return dict(answer for answer in answers if answer)


def _one(raw: Any) -> tuple[str, Answer] | None:
    if not isinstance(raw, dict) or not isinstance(raw.get("key"), str):
        return None
    outcome = OUTCOMES.get(str(raw.get("outcome")))
    if outcome is None:
        return raw["key"], caused(RETRY, "unreadable")
    code = _text(raw.get("code")) or {REFUSED: "not-accepted", RETRY: "not-ready"}.get(outcome, "")
    return raw["key"], Answer(
        outcome,
        code,
        _message(raw.get("message"), code),
        _text(raw.get("external_id")),
        _web_address(raw.get("url")),
        _items(raw.get("items")),
        _level(raw.get("stock")),
    )


def _text(value: Any) -> str:
    return value[:400].replace("\0", "") if isinstance(value, str) else ""


def _web_address(value: Any) -> str:
    text = _text(value)
    return text if text.startswith(("http://", "https://")) else ""


def _message(value: Any, code: str) -> dict[str, str] | None:
    if isinstance(value, dict) and (_text(value.get("ko")) or _text(value.get("en"))):
        ko, en = _text(value.get("ko")), _text(value.get("en"))
        return {"ko": ko or en, "en": en or ko}
    if _text(value):
        return {"ko": _text(value), "en": _text(value)}
    words = CAUSES.get(code)
    return words.as_dict() if words else None


def _items(value: Any) -> tuple[dict[str, str], ...]:
    rows = value if isinstance(value, list) else []
    return tuple(
        {"item_id": str(row["item_id"]), "external_id": _text(row.get("external_id"))}
        for row in rows
        if isinstance(row, dict) and str(row.get("item_id", "")).isdecimal()
    )


def _level(value: Any) -> dict[str, int] | None:
    """A stock level `{"item_id", "count", "revision"}` of whole numbers, or None."""
    try:
        level = {name: int(value[name]) for name in ("item_id", "count", "revision")}
    except (TypeError, KeyError, ValueError):
        return None
    fits = all(0 <= number < 2**31 for number in level.values())
    return level if fits else None


@dataclass(frozen=True)
class StockPage:
    """A page of a stock feed; `more` says that there is another one already."""

    levels: list[dict[str, int]]
    cursor: str
    more: bool


def stock_page(body: Any) -> StockPage | None:
    """A page from a decoded answer body; None where it is no such page."""
    if not isinstance(body, dict) or not isinstance(body.get("levels"), list):
        return None
    found = [level for raw in body["levels"] if (level := _level(raw))]
    return StockPage(found, _text(body.get("cursor"))[:100], body.get("more") is True)
