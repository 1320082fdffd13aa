"""Passwords: argon2id hashes, and which ones are refused.

Refused are passwords shorter than ten characters, longer than 256, and those that a guesser tries
among the first million (zxcvbn knows common passwords and keyboard runs, and is told the
person's own name).
No rule of composition: OWASP ASVS 5.0, 6.2.1, 6.2.4, 6.2.5 and 6.2.9.
"""

from functools import lru_cache

from flask_security import hash_password, verify_password
from zxcvbn import zxcvbn

from app.core.words import Words

SHORTEST = 10
LONGEST = 256
# zxcvbn's scores: 0 and 1 fall to fewer than a million guesses.
_WEAKEST_SCORE = 2
_LOOKED_AT = 64

TOO_SHORT = Words(
    "비밀번호: {count}자입니다. {least}자 이상으로 정하세요.",
    "Password: {count} characters. Use {least} or more.",
)
TOO_LONG = Words(
    "비밀번호: {count}자입니다. {most}자까지 쓸 수 있습니다.",
    "Password: {count} characters. Use at most {most}.",
)
TOO_COMMON = Words(
    "쉽게 짐작할 수 있는 비밀번호입니다. 서로 관계없는 낱말 몇 개를 이어 쓰세요.",
    "This password is easy to guess. Join a few unrelated words.",
)


def refusal(password: str, known: tuple[str, ...] = ()) -> tuple[Words, dict[str, int]] | None:
    """Why *password* may not be used, with its parameters; None if it may.

    *known* are words that a guesser would try for this person: name, email, company.
    """
    if len(password) < SHORTEST:
        return TOO_SHORT, {"count": len(password), "least": SHORTEST}
    if len(password) > LONGEST:
        return TOO_LONG, {"count": len(password), "most": LONGEST}
    guess = zxcvbn(password[:_LOOKED_AT], user_inputs=[*_pieces(known), "onshelf"])
    if guess["score"] < _WEAKEST_SCORE:
        return TOO_COMMON, {}
    return None


def hashed(password: str) -> str:
    """The argon2id hash to store."""
    return str(hash_password(password))


def fits(password: str, stored: str | None) -> bool:
    """Whether *password* is the stored one, in the same time whether or not there is one."""
    right = verify_password(password[:LONGEST], stored or _nobody())
    return bool(right) and stored is not None


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hashed("nobody has this password")


def _pieces(known: tuple[str, ...]) -> list[str]:
    words = " ".join(known).replace("@", " ").replace(".", " ").split()
    return [word for word in words if len(word) > 2]
