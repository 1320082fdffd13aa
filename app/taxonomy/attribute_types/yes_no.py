"""Yes or no."""

from typing import Any

from app.core.words import Words
from app.taxonomy.attribute_types._type import Problem, shorten
from app.taxonomy.definitions import Attribute

YES, NO = Words("예", "Yes"), Words("아니요", "No")
_READ = {
    "yes": "yes", "y": "yes", "true": "yes", "1": "yes", "예": "yes", "네": "yes", "있음": "yes",
    "no": "no", "n": "no", "false": "no", "0": "no", "아니요": "no", "아니오": "no", "없음": "no",
}  # fmt: skip
_NEITHER = Words("{value}: 예 또는 아니요가 아닙니다.", "{value} is neither yes nor no.")
_CHOOSE = Words("둘 중 하나를 고르세요.", "Choose one of the two.")


class YesNo:
    """Kept as `yes` or `no`."""

    code = "yes-no"
    label = Words("예/아니요", "Yes or no")
    passes = (Attribute("microwave", Words("전자레인지", "Microwave"), "yes-no"), "있음")
    fails = (Attribute("microwave", Words("전자레인지", "Microwave"), "yes-no"), "아마")

    def read(self, raw: Any, attribute: Attribute) -> str:
        text = str(raw if raw is not None else "").strip()
        return _READ.get(text.lower(), text)

    def problems(self, value: Any, attribute: Attribute) -> list[Problem]:
        value = self.read(value, attribute)
        if value in ("yes", "no"):
            return []
        return [Problem("neither", _NEITHER, _CHOOSE, {"value": shorten(value)})]

    def show(self, value: Any, attribute: Attribute) -> Words:
        return {"yes": YES, "no": NO}.get(str(value), Words(str(value), str(value)))

    def schema(self, attribute: Attribute) -> dict[str, Any]:
        return {"enum": ["", "yes", "no"]}


TYPE = YesNo()
