"""What a verb says when it will not do what it was asked.

Each refusal has an HTTP status, a machine code and a sentence in both languages; `web/errors.py`
turns it into a page, a fragment or JSON. Nothing else raised by a verb is meant for people.
"""

from typing import Any

from app.core.words import Words


class Refusal(Exception):
    """The request was understood and will not be done."""

    status = 400

    def __init__(self, code: str, words: Words, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.words = words
        self.params = params

    @property
    def said(self) -> Words:
        """The sentence for people."""
        return self.words.filled(**self.params)

    def text(self, language: str) -> str:
        """The sentence for people, in *language*."""
        return self.said.text(language)


class NotFound(Refusal):
    """Absent, or not this person's to know of."""

    status = 404

    def __init__(
        self,
        code: str = "not-found",
        words: Words = Words(  # noqa: B008 - frozen
            "찾는 것이 없거나 볼 수 없는 것입니다.", "There is nothing here for you."
        ),
        **params: Any,
    ) -> None:
        super().__init__(code, words, **params)


class Forbidden(Refusal):
    """Known, seen, not allowed."""

    status = 403


class Conflict(Refusal):
    """Somebody else was first; the sentence says who and when."""

    status = 409


class Invalid(Refusal):
    """The input does not fit; `path` names the field that caused it."""

    status = 422

    def __init__(self, code: str, words: Words, path: str = "", **params: Any) -> None:
        super().__init__(code, words, **params)
        self.path = path
