"""Why an archive, an entry of one, or a web address gave no picture: one row a reason.

What is wrong with the picture itself is said by the checks, in their own words.
"""

from dataclasses import dataclass
from typing import Any

from app.core.words import Words


class Unfit(Exception):
    """Nothing comes of it. `again`: the same may well go right in a while."""

    def __init__(self, code: str, again: bool = False, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.again = again
        self.params = params

    @property
    def said(self) -> Words:
        """The fact with its value, then the remedy."""
        return sentence(self.code, **self.params)


@dataclass(frozen=True)
class Reason:
    """The fact and what to do about it; both take the same places."""

    message: Words
    remedy: Words


def sentence(code: str, **params: Any) -> Words:
    """What the seller reads of the refusal *code*."""
    reason = REASONS[code]
    return Words.joined((reason.message.filled(**params), reason.remedy.filled(**params)), " ")


_ZIP_AGAIN = Words("사진만 골라 다시 압축해 올리세요.", "Make a new ZIP of the pictures alone.")
_SAVE_FIRST = Words(
    "사진을 내려받아 파일로 올리세요.", "Download the picture, then upload the file."
)
_LATER = Words("잠시 뒤 다시 시도하세요.", "Try again in a few minutes.")

REASONS: dict[str, Reason] = {
    # The archive as a whole.
    "archive-too-large": Reason(
        Words("ZIP은 {limit}까지 올릴 수 있습니다.", "A ZIP may have up to {limit}."),
        Words("나누어 올리세요.", "Send it in parts."),
    ),
    "archive-broken": Reason(
        Words("ZIP을 열 수 없습니다.", "The ZIP cannot be opened."),
        _ZIP_AGAIN,
    ),
    "archive-entries": Reason(
        Words(
            "ZIP에 파일이 {count}개 있습니다. {limit}개까지 풉니다.",
            "The ZIP has {count} files; up to {limit} are unpacked.",
        ),
        Words("나누어 올리세요.", "Send it in parts."),
    ),
    "archive-empty": Reason(
        Words("ZIP에 파일이 없습니다.", "The ZIP has no files in it."),
        Words("사진을 넣어 다시 압축하세요.", "Put the pictures in and send it again."),
    ),
    "arrival-unprocessed": Reason(
        Words("여러 번 시도했으나 처리하지 못했습니다.", "It failed every time it was tried."),
        Words("사진을 한 장씩 올리세요.", "Upload the pictures one by one."),
    ),
    # One entry of it.
    "entry-too-large": Reason(
        Words("{size}입니다. {limit}까지 받습니다.", "{size}; up to {limit} fit."),
        Words("줄여 저장해 올리세요.", "Save it smaller and upload that."),
    ),
    "entry-total": Reason(
        Words(
            "풀면 모두 {limit}가 넘어 여기서 멈췄습니다.",
            "Unpacked, the files are more than {limit}; it stopped here.",
        ),
        Words("이 파일은 따로 올리세요.", "Upload this one by itself."),
    ),
    "entry-ratio": Reason(
        Words(
            "크기의 {limit}분의 1보다 작게 눌린 파일은 풀지 않습니다.",
            "Files squeezed to less than 1/{limit} of their size are not unpacked.",
        ),
        Words("이 파일은 따로 올리세요.", "Upload this one by itself."),
    ),
    "entry-archive": Reason(
        Words("압축 파일 안의 압축 파일입니다.", "This is an archive within the archive."),
        Words("풀어서 올리세요.", "Unpack it, then upload what is in it."),
    ),
    "entry-encrypted": Reason(
        Words("암호가 걸린 파일입니다.", "This file has a password."),
        Words("암호 없이 다시 압축하세요.", "Make the ZIP again without one."),
    ),
    "entry-method": Reason(
        Words("풀 수 없는 방식으로 압축했습니다.", "It is compressed in a way we do not open."),
        Words("보통 방식(Deflate)으로 다시 압축하세요.", "Make a ZIP in the usual way (Deflate)."),
    ),
    "entry-broken": Reason(
        Words("ZIP 안에서 깨진 파일입니다.", "The file is damaged within the ZIP."),
        Words("원본을 따로 올리세요.", "Upload the original by itself."),
    ),
    # A web address.
    "address-malformed": Reason(
        Words("웹 주소로 읽을 수 없습니다.", "This cannot be read as a web address."),
        Words("https://로 시작하는 사진 주소를 넣으세요.", "Enter one that starts with https://."),
    ),
    "address-scheme": Reason(
        Words("{value}: 열지 않는 주소입니다.", "{value}: addresses of this kind are not opened."),
        Words("http 또는 https 주소를 넣으세요.", "Enter an http or https address."),
    ),
    "address-port": Reason(
        Words("포트 {value}: 80과 443만 엽니다.", "Port {value}: only 80 and 443 are opened."),
        _SAVE_FIRST,
    ),
    "address-credentials": Reason(
        Words("주소에 아이디나 비밀번호가 있습니다.", "The address has a user name or password."),
        Words("빼고 다시 넣으세요.", "Take it out and send it again."),
    ),
    "address-unknown-host": Reason(
        Words("{host}: 찾을 수 없는 서버입니다.", "{host}: there is no such server."),
        Words("철자를 확인하세요.", "Check the spelling."),
    ),
    "address-not-public": Reason(
        Words("{host}: 인터넷에 공개된 서버가 아닙니다.", "{host} is not on the public internet."),
        _SAVE_FIRST,
    ),
    "address-unreachable": Reason(
        Words("{host}: 응답이 없습니다.", "{host} does not answer."),
        _LATER,
    ),
    "address-slow": Reason(
        Words("{host}: {seconds}초 안에 다 받지 못했습니다.", "{host} took more than {seconds} s."),
        _SAVE_FIRST,
    ),
    "address-cut-off": Reason(
        Words("{host}: 받는 중에 끊겼습니다.", "{host} broke off in the middle."),
        _LATER,
    ),
    "address-certificate": Reason(
        Words("{host}: 인증서를 믿을 수 없습니다.", "{host}: its certificate cannot be trusted."),
        _SAVE_FIRST,
    ),
    "address-status": Reason(
        Words("{host}: 사진 대신 {status} 응답이 왔습니다.", "{host} answered {status}."),
        Words(
            "로그인 없이 열리는 주소인지 확인하세요.",
            "Check that it opens without signing in.",
        ),
    ),
    "address-redirects": Reason(
        Words(
            "{limit}번 넘게 다른 주소로 넘어갑니다.",
            "It leads on to more than {limit} other addresses.",
        ),
        Words("마지막 주소를 넣으세요.", "Enter the last one."),
    ),
    "address-too-large": Reason(
        Words("{limit}보다 큰 파일입니다.", "The file is larger than {limit}."),
        Words("줄여 저장한 뒤 파일로 올리세요.", "Save it smaller, then upload the file."),
    ),
    "address-page": Reason(
        Words(
            "사진이 아니라 웹 페이지의 주소입니다.",
            "This is the address of a page, not a picture.",
        ),
        Words(
            "사진 위에서 '이미지 주소 복사'를 고른 뒤 붙이세요.",
            "Choose 'Copy image address' on the picture, then paste it here.",
        ),
    ),
    "address-archive": Reason(
        Words("압축 파일의 주소입니다.", "That is the address of an archive."),
        Words("내려받아 ZIP 파일로 올리세요.", "Download it, then upload the ZIP."),
    ),
}
